import type { CityName } from "../../simulator/city/ground.ts";
import type { Profile } from "../../simulator/devices/outage.ts";
import { fixedStart } from "../digest.ts";
import { instantOf } from "../instant.ts";
import { advisedDay } from "./adviser.ts";
import type { LabOptions } from "./city-lab.ts";
import { createProgress } from "./progress.ts";
import { quietWeek } from "./quiet.ts";
import { seedsOf } from "./seeds.ts";
import { stormNight } from "./storm.ts";

export interface LabRequest {
  readonly city: CityName;
  readonly scale: number;
  /** As `seedsOf` reads it. */
  readonly seeds: string;
  readonly profile: Profile;
  readonly days: number;
  /** ISO 8601; absent: the lab's own season. */
  readonly from?: string;
  /** Storm only: gates by forecast, or by their float switches alone. */
  readonly responses: "auto" | "manual";
}
type Tell = (line: object) => void;

const optionsFor = ({ city, scale, profile, from }: LabRequest, seed: number, stepSeconds: number, season = fixedStart): LabOptions => ({
  city,
  scale,
  seed,
  start: from === undefined ? season : instantOf(from),
  profile,
  stepSeconds,
});

/** Each tells one line a seed. Returns whether what it measures is as it should be. */
export const labs = {
  /** A week of ordinary life: at most one operations alarm in ten minutes for one operator (ISA-18.2, "very likely acceptable"). */
  async quiet(request: LabRequest, tell: Tell): Promise<boolean> {
    let fine = true;
    for (const seed of seedsOf(request.seeds)) {
      const progress = createProgress(`quiet, seed ${seed}, hours`, request.days * 24);
      const week = await quietWeek(optionsFor(request, seed, 60), request.days, progress);
      tell(week);
      fine &&= week.perTenMinutes.mean <= 1 && week.flooded < 0.01;
    }
    return fine;
  },
  /** A storm that floods paths: at least nine gates of ten are closed before the water is there. */
  async storm(request: LabRequest, tell: Tell): Promise<boolean> {
    const sum = { flooded: 0, closed: 0, byResponse: 0 };
    for (const seed of seedsOf(request.seeds)) {
      // from noon, local time, of an August day
      const start = Date.UTC(2026, 7, 11, 3);
      const night = await stormNight(
        optionsFor(request, seed, 10, start),
        request.responses === "auto",
        createProgress(`storm, seed ${seed}, hours`, 15),
      );
      tell(night);
      sum.flooded += night.flooded;
      sum.closed += night.closedInTime;
      sum.byResponse += night.closedByResponse;
    }
    tell({
      flooded: sum.flooded,
      closedInTime: sum.closed,
      closedByResponse: sum.byResponse,
      share: sum.flooded === 0 ? null : sum.closed / sum.flooded,
    });
    return sum.flooded > 0 && sum.closed >= 0.9 * sum.flooded;
  },
  /** A day with fixed plans and the same day with the adviser. */
  async adviser(request: LabRequest, tell: Tell): Promise<boolean> {
    let fine = true;
    for (const seed of seedsOf(request.seeds)) {
      const hours = Math.round(request.days * 24);
      const day = await advisedDay(optionsFor(request, seed, 60), hours, createProgress(`adviser, seed ${seed}, hours`, 2 * hours));
      tell(day);
      fine &&= day.advised < day.fixed;
    }
    return fine;
  },
} as const;
export type LabName = keyof typeof labs;
