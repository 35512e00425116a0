import { computed } from "@preact/signals";
import { route } from "../app/router.ts";

/** A command that an address asks for, behind a device's page: `#/device/gate-1?op=close&alarm=…`. It stands ready there, and is armed by a person. */
export interface Asked {
  readonly op: string | undefined;
  readonly alarm: string | undefined;
}

export function askedIn(address: string): Asked {
  const query = new URLSearchParams(address.split("?")[1] ?? "");
  return { op: query.get("op") ?? undefined, alarm: query.get("alarm") ?? undefined };
}
export const asked = computed<Asked>(() => {
  // The route is a new one whenever the address changes, also behind its question mark.
  void route.value;
  return askedIn(location.hash);
});

export function addressOfCommand(device: string, { op, alarm }: { readonly op?: string | undefined; readonly alarm?: string | undefined }): string {
  const query = new URLSearchParams({ ...(op === undefined ? {} : { op }), ...(alarm === undefined ? {} : { alarm }) }).toString();
  return `#/device/${encodeURIComponent(device)}${query === "" ? "" : `?${query}`}`;
}
