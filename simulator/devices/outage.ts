import { createRng, exponential, lognormal, type Rng, uniform } from "../random.ts";

/** `calm`: nothing fails by itself. `field`: gateways fall silent as they do outside. */
export const profiles = ["calm", "field"] as const;
export type Profile = (typeof profiles)[number];

/** A gateway's line, plain data: `down` until `turn`, then up until the next. */
export interface Line {
  readonly rng: Rng;
  down: boolean;
  turn: number;
}

const hourMs = 3_600_000;
/** 20 gaps a year with the lengths below (mean 22 h) are 5 % of the time. */
const upMeanMs = (365 * 24 * hourMs) / 20;

export function createLine(seed: number, gateway: string, start: number): Line {
  const rng = createRng(seed, `line:${gateway}`);
  return { rng, down: false, turn: start + exponential(rng, upMeanMs) };
}

/** Advances to t. Lengths after five years of traffic detectors (PeMS, ten links): a third one slot, almost half a day and more. */
export function isDown(line: Line, t: number): boolean {
  while (t >= line.turn) {
    line.down = !line.down;
    line.turn += line.down ? gapMs(line.rng) : exponential(line.rng, upMeanMs);
  }
  return line.down;
}

function gapMs(rng: Rng): number {
  const kind = uniform(rng);
  if (kind < 0.35) return (5 + 10 * uniform(rng)) * 60_000;
  if (kind < 0.55) return lognormal(rng, 2 * hourMs, 0.8);
  return lognormal(rng, 36 * hourMs, 0.6);
}

/** What a gateway keeps while its line is down; when full, the oldest go. */
export const spoolLimit = 120;
