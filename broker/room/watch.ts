import type { RuleKnowledge } from "../../shared/alarm.ts";
import type { Rule } from "../../shared/alarm-rule.ts";
import type { StateWord } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { createDetector, type DetectorState } from "../alarms/detect/detector.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Onlooker } from "../alarms/detect/sightings.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import { inTurn } from "./in-turn.ts";

export interface WatchParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  rulesOf(service: Service, kind: string): readonly Rule[];
  /** What the parts of the room want to see, too. */
  readonly onlooker: Omit<Onlooker, "seen">;
}
export type WatchState = Readonly<Record<Timeline, DetectorState>>;

/** Who watches the readings: a detector for each timeline, so that neighbours never judge across them. */
export interface Watch {
  observe(timeline: Timeline, observed: Observed): void;
  /** It may speak for devices of either timeline. */
  gatewaySaid(gateway: string, word: StateWord): void;
  /** What was seen and what was found up to the mark, in the order of event time. */
  judge(timeline: Timeline, mark: number): Iterable<Observed | Finding>;
  deviceChanged(id: string): void;
  learned(device: string): readonly RuleKnowledge[];
  state(): WatchState;
  restore(state: WatchState, only?: Timeline): void;
  forget(timeline: Timeline, start: number): void;
}

export const timelines: readonly Timeline[] = ["city", "field"];

export function createWatch({ devices, device, rulesOf, onlooker }: WatchParts): Watch {
  let seen: Observed[] = [];
  const detectorOf = (timeline: Timeline) =>
    createDetector({
      *devices() {
        for (const one of devices()) if (one.timeline === timeline) yield one;
      },
      device,
      rulesOf,
      ...onlooker,
      seen(observed) {
        // what was refused is no word of the device
        if (observed.m !== undefined || observed.e !== undefined) seen.push(observed);
      },
    });
  const detectors = { city: detectorOf("city"), field: detectorOf("field") };
  return {
    observe: (timeline, observed) => detectors[timeline].take(observed),
    gatewaySaid(gateway, word) {
      for (const timeline of timelines) detectors[timeline].gatewaySaid(gateway, word);
    },
    judge(timeline, mark) {
      const found = detectors[timeline].advance(mark);
      const taken = seen;
      seen = [];
      return found.length === 0 ? taken : inTurn(taken, found);
    },
    deviceChanged(id) {
      const where = device(id);
      // who has gone may have been of either
      for (const timeline of timelines) if (where === undefined || where.timeline === timeline) detectors[timeline].changed(id);
    },
    learned: (id) => detectors[device(id)?.timeline ?? "city"].learned(id),
    state: () => ({ city: detectors.city.state(), field: detectors.field.state() }),
    restore(state, only) {
      for (const timeline of timelines) if (only === undefined || only === timeline) detectors[timeline].restore(state[timeline]);
    },
    forget: (timeline, start) => detectors[timeline].forget(start),
  };
}
