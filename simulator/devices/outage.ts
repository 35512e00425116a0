import { createRng, exponential, lognormal, type Rng, uniform } from "../random.ts";

/** `calm`: nothing fails by itself. `field`: gateways fall silent as they do outside. */
export const profiles = ["calm", "field"] as const;
export type Profile = (typeof profiles)[number];

/** A gateway and its line, plain data: `down` until `turn`, then up until the next. */
export interface Line {
  readonly rng: Rng;
  /** Some sites are worse than others: ms between two silences. */
  readonly upMean: number;
  down: boolean;
  /** The gateway itself is out: nothing is measured. Otherwise only its line is, and it keeps what it can. */
  hung: boolean;
  turn: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const yearMs = 365 * 24 * hourMs;

/**
 * After five years of traffic detectors (PeMS, ten links): 28 holes a year, 10 to 43 by link; 35 % of one slot, 45 % of a day and more; p50 2 h, p75 and p90 24 h,
 * p99 72 h. An archive has no holes where the gateway kept what it could not send: such holes come from gateways that are out, and lines fail beside them [A].
 */
const silences = {
  hungPerYear: 28,
  linePerYear: 8,
  siteSigma: 0.3,
  /** A watchdog starts it again. */
  restart: { share: 0.4, minutes: [2, 5] },
  /** Somebody starts it from afar. */
  remote: { share: 0.2, medianHours: 2, sigma: 0.8 },
  /** Somebody goes there, the day after; or parts have to come first. */
  visit: { share: 0.35, hours: [24, 27] },
  parts: { medianHours: 56, sigma: 0.5 },
  line: { medianMinutes: 20, sigma: 1.2 },
} as const;

export function createLine(seed: number, gateway: string, start: number): Line {
  const rng = createRng(seed, `line:${gateway}`);
  const { hungPerYear, linePerYear, siteSigma } = silences;
  const upMean = lognormal(rng, (yearMs / (hungPerYear + linePerYear)) * Math.exp((-siteSigma * siteSigma) / 2), siteSigma);
  return { rng, upMean, down: false, hung: false, turn: start + exponential(rng, upMean) };
}

/** Advances to t. */
export function isDown(line: Line, t: number): boolean {
  while (t >= line.turn) {
    line.down = !line.down;
    line.hung = line.down && uniform(line.rng) * (silences.hungPerYear + silences.linePerYear) < silences.hungPerYear;
    line.turn += line.down ? silenceMs(line) : exponential(line.rng, line.upMean);
  }
  return line.down;
}
/** The gateway itself is out at t. */
export const isHung = (line: Line, t: number): boolean => isDown(line, t) && line.hung;

function silenceMs({ rng, hung }: Line): number {
  const { restart, remote, visit, parts, line } = silences;
  if (!hung) return lognormal(rng, line.medianMinutes * minuteMs, line.sigma);
  const between = ([least, most]: readonly [number, number]): number => least + (most - least) * uniform(rng);
  const kind = uniform(rng);
  if (kind < restart.share) return between(restart.minutes) * minuteMs;
  if (kind < restart.share + remote.share) return lognormal(rng, remote.medianHours * hourMs, remote.sigma);
  if (kind < restart.share + remote.share + visit.share) return between(visit.hours) * hourMs;
  return lognormal(rng, parts.medianHours * hourMs, parts.sigma);
}

/** What a gateway keeps while its line is down; when full, the oldest go. */
export const spoolLimit = 120;
