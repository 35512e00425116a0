import type { DeviceRow } from "../../shared/city-port.ts";

/** A figure over fewer devices than this could be one home's own. */
const fewest = 5;

/** Whether the district's figure may be told: its devices are shown anyhow, or are enough to hide each other. */
export function isCrowd(devices: readonly DeviceRow[], service: string, district: string, shown: ReadonlySet<string>): boolean {
  const own = devices.filter((row) => row.service === service && row.district === district);
  return own.length >= fewest || own.every(({ id }) => shown.has(id));
}
