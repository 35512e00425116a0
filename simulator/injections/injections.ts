import { type Result, refuse } from "../../shared/result.ts";
import type { Injection, InjectionState } from "../../shared/scenario/injection.ts";
import { injectionKindOf } from "../../shared/scenario/kinds.ts";
import { recordingKinds } from "../../shared/scenario/recording-kinds.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { type BentLines, createBentLines, type LineAct } from "../devices/bent-lines.ts";
import { type BentSensors, createBentSensors } from "../devices/bent-sensors.ts";
import { sensorFaults } from "../devices/faults/index.ts";
import type { GatewayUnit } from "../devices/fleet.ts";
import { lineFaults } from "../devices/line-faults/index.ts";
import type { LineFault, Passed } from "../devices/line-faults/line-fault.ts";
import { createRecordings, type Recordings } from "../devices/recording.ts";
import { createStrangers } from "../devices/strangers.ts";
import { bends } from "../environment/bends/index.ts";
import { type BentEnvironment, createBentEnvironment } from "../environment/bent-environment.ts";
import type { InjectionInput } from "../inputs.ts";
import type { ActiveInjection } from "./active-injection.ts";
import { type CityParts, checkInjection } from "./check-injection.ts";
import type { IncidentPlayer } from "./incident-player.ts";
import { createIncidents } from "./incidents.ts";
import { nameIn } from "./name-in.ts";
import { createPast } from "./past-injections.ts";
import { struckBy } from "./struck-devices.ts";

/** Plain data. */
export interface InjectionsState {
  readonly active: readonly ActiveInjection[];
  /** The newest of those that are over or were refused. */
  readonly past: readonly InjectionState[];
  /** They wait as inputs, and never come. */
  readonly cancelled: readonly string[];
}
export interface InjectionsParts extends CityParts {
  readonly seed: number;
  /** Its id in topics. */
  readonly city: string;
  readonly catchments: number;
  readonly incidents: IncidentPlayer;
  tell(truth: Truth): void;
  act(act: LineAct): void;
  /** Messages that were held back go on. */
  forward(unit: GatewayUnit, passed: readonly Passed[]): void;
}
/** What is injected into the city: begins, ends, and knows what of it is true. */
export interface Injections {
  readonly environment: Pick<BentEnvironment, "over">;
  readonly sensors: Pick<BentSensors, "of">;
  readonly recordings: Pick<Recordings, "over">;
  readonly lines: Pick<BentLines, "of" | "acts">;
  /** Held against its kind, the city, and what there is already. */
  check(injection: Injection, waiting: readonly InjectionInput[]): Result<Injection>;
  begin(input: InjectionInput): void;
  clear(ids: readonly string[], waiting: readonly InjectionInput[], t: number): void;
  /** Once a second: what is due ends, what is held back goes on. True when something has ended. */
  pass(t: number): boolean;
  /** Once a second, behind what begins in it: strangers say what they have to say. */
  speak(t: number): void;
  /** Once a minute: what has come to an end by itself. */
  look(t: number): void;
  /** A device has said something of time t. */
  spoke(device: string, t: number): void;
  /** An incident plays at this device. */
  struck(device: string): boolean;
  list(waiting: readonly InjectionInput[]): readonly InjectionState[];
  snapshot(): InjectionsState;
}

/** Devices under injections at a time: a tester who needs more strikes gateways or districts. */
const targetLimit = 60_000;
const countLimit = 5000;

export function createInjections(parts: InjectionsParts, saved?: InjectionsState): Injections {
  const { seed, fleet, catchments, tell } = parts;
  const active = new Map<string, ActiveInjection>();
  const past = createPast(saved?.past);
  const cancelled = new Set(saved?.cancelled);
  let next = Number.POSITIVE_INFINITY;

  const observed = (one: ActiveInjection, t: number): void => {
    if (one.truth.observable !== null) return;
    one.truth = { ...one.truth, observable: t };
    // what it does in its very first moment is told with its onset
    if (active.has(one.injection.id)) tell(one.truth);
  };
  const environment = createBentEnvironment({ seed, catchments, observed });
  const sensors = createBentSensors({ seed, fleet, observed });
  const recordings = createRecordings((id) => fleet.unitOf.get(id)?.[1].device, parts.readRecording, observed);
  const lines = createBentLines({ seed, fleet, observed, act: parts.act });
  const strangers = createStrangers({ city: parts.city, fleet, observed, act: parts.act });
  const incidents = createIncidents({ seed, fleet, player: parts.incidents, observed });
  const plan = (): void => {
    next = Math.min(Number.POSITIVE_INFINITY, ...[...active.values()].map(({ ends }) => ends ?? Number.POSITIVE_INFINITY));
  };
  const enterLine = (one: ActiveInjection, fault: LineFault): void => (fault.on === "beside" ? strangers.begin(one) : lines.begin(one, fault));
  /** In the layer that plays it. Why it cannot be there. */
  const enter = (one: ActiveInjection, kind: InjectionKindRow, again: boolean): string | undefined => {
    if (nameIn(bends, kind.id)) environment.begin(one, bends[kind.id]);
    else if (nameIn(sensorFaults, kind.id)) sensors.begin(one, sensorFaults[kind.id]);
    else if (nameIn(recordingKinds, kind.id)) recordings.begin(one);
    else if (nameIn(lineFaults, kind.id)) enterLine(one, lineFaults[kind.id]);
    else return again ? incidents.resume(one) : incidents.begin(one);
    return undefined;
  };
  const end = (one: ActiveInjection, t: number, reason: string | null): void => {
    const { id } = one.injection;
    active.delete(id);
    environment.end(id);
    sensors.end(id);
    recordings.end(id);
    strangers.end(id);
    incidents.end(one, t);
    for (const [unit, passed] of lines.end(id)) parts.forward(unit, passed);
    one.truth = { ...one.truth, end: t };
    tell(one.truth);
    past.add({ ...one.injection, state: "over", reason });
  };
  for (const one of saved?.active ?? []) {
    const kind = injectionKindOf(one.injection.kind);
    if (kind === undefined) continue;
    active.set(one.injection.id, one);
    enter(one, kind, true);
  }
  plan();

  return {
    environment,
    sensors,
    recordings,
    lines,
    check(injection, waiting) {
      const { id } = injection;
      if (active.has(id) || past.has(id) || waiting.some(({ inject }) => inject.id === id)) return refuse(`there was an injection "${id}" already`);
      const targets = [...active.values()].reduce((sum, one) => sum + one.injection.targets.length, 0);
      const coming = waiting.reduce((sum, { inject }) => sum + inject.targets.length, 0);
      if (targets + coming + injection.targets.length > targetLimit || active.size + waiting.length >= countLimit)
        return refuse("too much is injected already; clear some of it first");
      return checkInjection(parts, injection);
    },
    begin({ t, inject }) {
      const asked = { ...inject, t };
      if (cancelled.delete(inject.id)) return past.add({ ...asked, state: "over", reason: "cleared before it began" });
      const checked = checkInjection(parts, inject);
      const kind = injectionKindOf(inject.kind);
      if (!checked.ok || kind === undefined) return past.add({ ...asked, state: "refused", reason: checked.ok ? "unknown" : checked.reason });
      const injection = { ...checked.value, t };
      const truth: Truth = {
        ...{ v: 1, id: injection.id, by: "injection", kind: kind.id, class: kind.truth },
        ...{ ...struckBy(fleet, injection, kind), onset: t, observable: null, end: null },
      };
      const one: ActiveInjection = { injection, ends: injection.lasts === null ? null : t + injection.lasts * 1000, truth, sensors: {}, lines: {} };
      const wrong = enter(one, kind, false);
      if (wrong !== undefined) return past.add({ ...injection, state: "refused", reason: wrong });
      active.set(injection.id, one);
      // true is what was struck, not what was asked for
      one.truth = { ...one.truth, ...struckBy(fleet, one.injection, kind) };
      tell(one.truth);
      plan();
    },
    clear(ids, waiting, t) {
      for (const id of ids) {
        const one = active.get(id);
        if (one !== undefined) end(one, t, "cleared");
        else if (waiting.some(({ inject }) => inject.id === id)) cancelled.add(id);
      }
      plan();
    },
    pass(t) {
      const ends = t >= next;
      if (ends) {
        for (const one of [...active.values()]) if (one.ends !== null && one.ends <= t) end(one, t, null);
        plan();
      }
      for (const [unit, passed] of lines.release(t)) parts.forward(unit, passed);
      return ends;
    },
    speak: strangers.speak,
    look(t) {
      const over = incidents.over(t);
      for (const one of over) end(one, t, null);
      if (over.length > 0) plan();
    },
    spoke: incidents.spoke,
    struck: incidents.struck,
    list: (waiting) => [
      ...past.list(),
      ...[...active.values()].map((one): InjectionState => ({ ...one.injection, state: "active", reason: null })),
      ...waiting.map(({ t, inject }): InjectionState => ({ ...inject, t, state: cancelled.has(inject.id) ? "over" : "waits", reason: null })),
    ],
    snapshot: () => ({ active: [...active.values()], past: past.list(), cancelled: [...cancelled] }),
  };
}
