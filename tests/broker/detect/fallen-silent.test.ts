import { describe, expect, it } from "vitest";
import { areaOf, fallenSilent } from "../../../broker/alarms/detect/kinds/fallen-silent.ts";
import type { Watched } from "../../../broker/alarms/observed.ts";

const minute = 60_000;
const hour = 60 * minute;
/** Gateways with two devices each that speak every minute, heard last at these instants. */
function silentSince(heard: readonly number[], t: number) {
  const newest = new Map<string, number>();
  const devices = heard.flatMap((at, n) =>
    ["a", "b"].map((side) => {
      newest.set(`${n}${side}`, at);
      return { id: `${n}${side}`, every: 60, stale: 180, district: "north", kind: "approach", meta: { gateway: `gw-${n}` }, contract: { kinds: {} } };
    }),
  );
  const world = { newest: (id: string) => newest.get(id) ?? 0 };
  return fallenSilent(areaOf(devices as unknown as readonly Watched[]), { world, t } as unknown as Parameters<typeof fallenSilent>[1]);
}

describe("gateways that fell silent together", () => {
  it("are those of the instant at which most of them can have gone", () => {
    const found = silentSince([hour, 2 * hour, 2 * hour + 1000, 2 * hour + 2000, 3 * hour], 4 * hour);
    expect(found?.since).toBe(2 * hour + 2000);
    expect(found?.silent.map(({ gateway }) => gateway)).toEqual(["gw-1", "gw-2", "gw-3"]);
  });

  it("are the last that can have gone, of equally many", () => {
    expect(silentSince([hour, hour, 2 * hour, 2 * hour], 4 * hour)?.since).toBe(2 * hour);
  });

  it("are nobody as long as nobody has missed a turn", () => {
    expect(silentSince([hour, hour], hour + 1000)).toBeUndefined();
  });

  it("does not count who had gone long before as lost, nor who has spoken since", () => {
    const found = silentSince([hour, 2 * hour, 2 * hour, 2 * hour + 10_000_000], 2 * hour + 10_000_000);
    expect(found).toMatchObject({ since: 2 * hour, alive: 1, of: 3 });
  });
});
