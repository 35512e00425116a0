import type { CityPort, RefusalCode } from "../../shared/city-port.ts";
import type { RefusalSeen } from "./evidence.ts";

/** What the room has refused since it was looked at first. */
export interface SeenRefusals {
  look(mark: number): void;
  list(): readonly RefusalSeen[];
}

/** The quarantine keeps the newest alone, and counts the rest: of those that it has let go between two looks their number by reason is known, and not whose they were. */
export function createSeenRefusals({ quarantine }: Pick<CityPort, "quarantine">): SeenRefusals {
  const refusals: RefusalSeen[] = [];
  let counted = totals();

  function totals() {
    const { total, byCode } = quarantine({ limit: 1 });
    return { total, byCode: new Map(Object.entries(byCode) as [RefusalCode, number][]) };
  }
  return {
    look(mark) {
      const now = totals();
      if (now.total <= counted.total) return;
      const fresh = quarantine({ limit: now.total - counted.total }).items.filter(({ n }) => n > counted.total && n <= now.total);
      const known = new Map<RefusalCode, number>();
      for (const { code, device } of [...fresh].reverse()) {
        known.set(code, (known.get(code) ?? 0) + 1);
        refusals.push({ t: mark, code, device: device ?? null, times: 1 });
      }
      for (const [code, count] of now.byCode) {
        const gone = count - (counted.byCode.get(code) ?? 0) - (known.get(code) ?? 0);
        if (gone > 0) refusals.push({ t: mark, code, device: null, times: gone });
      }
      counted = now;
    },
    list: () => refusals,
  };
}
