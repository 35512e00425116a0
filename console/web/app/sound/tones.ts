import type { Priority } from "../../../../shared/alarm-rule.ts";

/** One beat of a tone: Hz, begin and length in seconds from the tone's begin. */
export interface Beat {
  readonly hertz: number;
  readonly at: number;
  readonly long: number;
}
/**
 * A tone per priority, told apart by rhythm as well as by pitch (IEC 60601-1-8 gives urgency by the number of beats and their speed): five fast and
 * high, three, two, and one low.
 */
export const tones: Readonly<Record<Priority, readonly Beat[]>> = {
  1: [0, 0.16, 0.32, 0.62, 0.78].map((at) => ({ hertz: 988, at, long: 0.11 })),
  2: [0, 0.24, 0.48].map((at) => ({ hertz: 740, at, long: 0.17 })),
  3: [0, 0.32].map((at) => ({ hertz: 554, at, long: 0.22 })),
  4: [{ hertz: 392, at: 0, long: 0.3 }],
};
