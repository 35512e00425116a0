import type { ServiceId } from "../../../shared/services/index.ts";
import { services } from "../../../shared/services/index.ts";
import { dayNumber } from "../../../simulator/environment/calendar.ts";
import type { Topic } from "./bands.ts";
import { createChargingMeasurer } from "./charging.ts";
import { createGapListener } from "./gaps.ts";
import { cityOf, hearService, type Part } from "./hear-service.ts";
import { createHomesMeasurer } from "./homes.ts";
import { dayMs, hourMs, type Measured, type Measurer, type Span } from "./measured.ts";
import { createTrafficMeasurer } from "./traffic.ts";
import { createWasteMeasurer } from "./waste.ts";
import { createWaterMeasurer } from "./water.ts";

/** What one process generates and measures. */
export interface Run {
  readonly topic: RunTopic;
  readonly seed: number;
  readonly weeks: number;
  readonly scale: number;
}
export type RunTopic = Exclude<Topic, "missing">;

interface RunPlan {
  readonly service: ServiceId;
  readonly createMeasurer: (span: Span) => Measurer;
  /** So many times the weeks: rain is too rare for four, and months and feasts are asked for. */
  readonly longer: number;
  /** Of the city's scale. */
  readonly share: number;
  readonly lives?: Part["lives"];
  /** Processor seconds of a day at scale 1, measured on the two cores of our machine: for what is said before. */
  readonly secondsPerDay: number;
}
const runPlans: Readonly<Record<RunTopic, RunPlan>> = {
  traffic: { service: "traffic", createMeasurer: createTrafficMeasurer, longer: 1, share: 1, secondsPerDay: 12 },
  // gates say nothing of the water
  water: { service: "stream", createMeasurer: createWaterMeasurer, longer: 13, share: 1, lives: ({ kind }) => kind === "gauge", secondsPerDay: 0.2 },
  charging: { service: "evzone", createMeasurer: createChargingMeasurer, longer: 1, share: 1, secondsPerDay: 1.3 },
  homes: { service: "ucare", createMeasurer: createHomesMeasurer, longer: 1, share: 1, secondsPerDay: 4 },
  // a quarter of the units: some 1,600 deposits a day, in the middle of the real municipalities
  waste: { service: "foodwaste", createMeasurer: createWasteMeasurer, longer: 13, share: 0.25, secondsPerDay: 1.4 },
};
const leastScale = 0.1;
export const runTopics = Object.keys(runPlans) as readonly RunTopic[];
export const processorSeconds = ({ topic, weeks, scale }: Run): number => {
  const { longer, share, secondsPerDay } = runPlans[topic];
  return weeks * 7 * longer * share * (topic === "water" ? 1 : scale) * secondsPerDay;
};

/** The seed chooses the season, too: a Monday of 2026, midnight in the city. */
export const spanOf = ({ topic, seed, weeks }: Run): Span => ({
  start: (dayNumber(2026, 1, 5) + 7 * (seed % 52)) * dayMs - 9 * hourMs,
  days: weeks * 7 * runPlans[topic].longer,
});

export function measure(run: Run, onDay: (days: number) => void): Measured {
  const { service, createMeasurer, share, lives } = runPlans[run.topic];
  const span = spanOf(run);
  const measurer = createMeasurer(span);
  const gaps = createGapListener(span.start);
  const kinds = services.find(({ id }) => id === service)?.kinds ?? {};
  // a smaller city has no places for some of them
  const part = { service, scale: Math.max(leastScale, run.scale * share), ...(lives === undefined ? {} : { lives }) };
  hearService(cityOf(part), span, run.seed, {
    said(said) {
      measurer.hear(said);
      const every = said.device.meta.every ?? kinds[said.device.kind]?.every;
      if (said.m !== undefined && every !== undefined) gaps.hear(said.device.id, every * 1000, said.t);
    },
    day: onDay,
  });
  return { ...measurer.measured(), gaps: gaps.gaps(span.start + span.days * dayMs) };
}
