/** A part of a service's page, to be in front; `asking` says for what, so that another one asks again. */
export const addressOfPart = (service: string, part: string, asking: string): string =>
  `#/service/${encodeURIComponent(service)}?${new URLSearchParams({ part, for: asking })}`;

export function partIn(address: string): { readonly part: string; readonly asking: string } | undefined {
  const query = new URLSearchParams(address.split("?")[1] ?? "");
  const part = query.get("part");
  return part === null ? undefined : { part, asking: query.get("for") ?? "" };
}
