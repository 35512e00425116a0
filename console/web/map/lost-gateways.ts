import type { DeviceRow } from "../../../shared/city-port.ts";

/** A gateway whose devices have all gone at once; one device alone is only a silent device. */
export interface LostGateway {
  readonly gateway: string;
  readonly rows: readonly DeviceRow[];
}

export function lostGateways(rows: readonly DeviceRow[]): readonly LostGateway[] {
  const behind = new Map<string, DeviceRow[]>();
  for (const row of rows) {
    const known = behind.get(row.gateway);
    if (known) known.push(row);
    else behind.set(row.gateway, [row]);
  }
  return [...behind]
    .filter(([, all]) => all.length > 1 && all.every((row) => row.state === "lost"))
    .map(([gateway, all]) => ({ gateway, rows: all }));
}
