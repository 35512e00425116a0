import type { Span } from "../../../../../../shared/city-port.ts";

/** A bay and its charger carry the same number at the end of their ids. */
export const numberOfId = (id: string): string => id.slice(id.lastIndexOf("-") + 2);

/** What names of one place have in common: the words up to where they differ. */
export function commonName(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split(" "));
  const differs = first.findIndex((word, index) => others.some((other) => other[index] !== word));
  return (differs < 0 ? first : first.slice(0, differs)).join(" ").replace(/,$/, "");
}

/** Since when the vehicle that stands in the bay now has stood there; undefined = not known. */
export function takenSince(spans: readonly Span[] | undefined): number | undefined {
  const last = spans?.at(-1);
  return last?.value === true ? last.from : undefined;
}
