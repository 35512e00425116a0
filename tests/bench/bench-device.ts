import type { Credentialed } from "./children/chain.ts";

/**
 * The device that the loads speak for: a signal controller of the traffic service, registered as a real one (its own gateway, on the field timeline), as a
 * connection each. Its `cycle` carries the stamp. It is silent only after half an hour of its own time, so a reading per millisecond does no harm.
 */
export const benchDevice = { service: "traffic", kind: "signal", stamped: "cycle" } as const;

/** Device time begins so far back: within the silence limit, and with room to run ahead of the wall clock. */
const headStartMs = 1_500_000;

export interface Voice {
  /** The next message: a reading, or `pack` successive readings of the device in one array. */
  next(pack: number, stamp: number): string;
}

export function createVoice({ username }: Credentialed): Voice {
  const began = Date.now() - headStartMs;
  let seq = 0;
  const reading = (stamp: number): string => {
    const n = seq++;
    return `{"v":1,"d":"${username}","t":${began + n},"b":1,"seq":${n},"i":60,"m":{"plan":"day","cycle":${stamp},"green_main":${40 + (n % 400) / 10},"green_cross":${20 + (n % 300) / 10}}}`;
  };
  return {
    next(pack, stamp) {
      if (pack === 1) return reading(stamp);
      let text = `[${reading(stamp)}`;
      for (let n = 1; n < pack; n++) text += `,${reading(stamp)}`;
      return `${text}]`;
    },
  };
}
