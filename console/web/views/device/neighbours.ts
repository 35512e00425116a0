import type { DeviceRow } from "../../../../shared/city-port.ts";

/** The place that several devices share: ids of one site begin alike. */
export const siteOf = (id: string): string => (id.includes("-") ? id.slice(0, id.lastIndexOf("-")) : id);

/** Nearest ones of the kind, where nothing else stands beside it. */
const near = 14;

/** Devices of the same site; where there are none, those of the same gateway; where there are none of these either, those of the same kind nearby. */
export function neighbours(
  row: DeviceRow,
  rows: readonly DeviceRow[],
): { readonly how: "site" | "gateway" | "district"; readonly list: readonly DeviceRow[] } {
  const own = rows.filter((other) => other.id !== row.id && other.service === row.service);
  const site = siteOf(row.id);
  // Ids like `ws-03` have no site: what stands before the last hyphen names the whole service there.
  const isSite = site.includes("-");
  const here = isSite ? own.filter((other) => siteOf(other.id) === site || other.id === site) : [];
  if (here.length > 0) return { how: "site", list: here };
  const hung = own.filter((other) => other.gateway === row.gateway);
  if (hung.length > 0) return { how: "gateway", list: hung };
  const far = (other: DeviceRow) => Math.hypot((other.lat - row.lat) / Math.cos((row.lat * Math.PI) / 180), other.lon - row.lon);
  const around = own.filter((other) => other.kind === row.kind).sort((a, b) => far(a) - far(b));
  return { how: "district", list: around.slice(0, near) };
}
