import type { Credentialed } from "./children/chain.ts";

/**
 * The device that the loads speak for: a signal controller of the traffic service, registered as a real one (its own gateway, on the field timeline), as a
 * connection each. Its `cycle` carries the stamp. Every reading has a time of its own, a whole millisecond later than the one before at least: one of the
 * same instant would be stored and not judged.
 */
export const benchDevice = { service: "traffic", kind: "signal", stamped: "cycle" } as const;

/**
 * What the time of a reading is. `live`: the instant at which it is said, as a real device does; it then waits two seconds for the mark before it is judged.
 * `memory`: one that says more than a thousand readings a second has not measured them now: it empties what it has kept, and all of it comes behind the mark.
 */
export type Tense = "live" | "memory";

/** So far back: within the silence limit (half an hour), and with room for a millisecond a reading. */
const keptMs = 1_500_000;

export interface Voice {
  /** The next message: a reading, or `pack` successive readings of the device in one array. */
  next(pack: number, stamp: number): string;
}

export function createVoice({ username }: Credentialed, tense: Tense): Voice {
  let newest = Date.now() - keptMs;
  let seq = 0;
  const reading = (stamp: number, t: number): string => {
    const n = seq++;
    newest = tense === "live" ? Math.max(newest + 1, t) : newest + 1;
    return `{"v":1,"d":"${username}","t":${newest},"b":1,"seq":${n},"i":60,"m":{"plan":"day","cycle":${stamp},"green_main":${40 + (n % 400) / 10},"green_cross":${20 + (n % 300) / 10}}}`;
  };
  return {
    next(pack, stamp) {
      const now = Date.now();
      if (pack === 1) return reading(stamp, now);
      let text = `[${reading(stamp, now - pack + 1)}`;
      for (let n = 1; n < pack; n++) text += `,${reading(stamp, now - pack + 1 + n)}`;
      return `${text}]`;
    },
  };
}
