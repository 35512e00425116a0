import type { incidents } from "../../../shared/services/foodwaste/incidents.ts";
import type { Obeyed } from "../../model.ts";
import { poisson, uniform } from "../../random.ts";
import { hourMs, minuteMs, wholeSecond } from "../day-clock.ts";
import { amountOf, begun, type Play, type Played, refused, type Stage } from "../incidents.ts";
import { deposits, warmth } from "./parameters.ts";
import { load, type Unit, type WasteState } from "./state.ts";

type WasteStage = Stage<"foodwaste", WasteState>;
type WastePlay = Play<"foodwaste", WasteState>;

const unitAt = ({ state, device }: WasteStage): Unit | undefined => state.units[state.indexOf[device.id] ?? -1];

interface AtUnit {
  begin(stage: WasteStage, unit: Unit): Obeyed<"foodwaste">;
  end(stage: WasteStage, unit: Unit): void;
  felt?(stage: WasteStage, unit: Unit): boolean;
  over?(stage: WasteStage, unit: Unit): boolean;
}
/** Felt at once, unless it says more. */
function atUnit({ begin, end, felt, over }: AtUnit): WastePlay {
  const has = (stage: WasteStage, is: (stage: WasteStage, unit: Unit) => boolean): boolean => {
    const unit = unitAt(stage);
    return unit !== undefined && is(stage, unit);
  };
  return {
    begin(stage) {
      const unit = unitAt(stage);
      return unit === undefined ? refused(`no unit ${stage.device.id}`) : begin(stage, unit);
    },
    end(stage) {
      const unit = unitAt(stage);
      if (unit !== undefined) end(stage, unit);
      return [];
    },
    felt: (stage) => felt === undefined || has(stage, felt),
    ...(over === undefined ? {} : { over: (stage) => has(stage, over) }),
  };
}

/** So many people come within `ms`, at any second of it. */
function crowd(stage: WasteStage, unit: Unit, count: number, ms: number): Obeyed<"foodwaste"> {
  const { state, device, played, t } = stage;
  if (unit.crowd.length > 0) return refused("more people than usual are coming already");
  const times = Array.from({ length: count }, () => wholeSecond(t + 1000 + (ms - 1000) * uniform(played.rng)));
  unit.crowd = times.sort((a, b) => a - b);
  played.marks.first = unit.crowd[0] ?? t + ms;
  played.marks.until = t + ms;
  const i = state.indexOf[device.id] ?? -1;
  // who is at the lid finishes first
  if (unit.dropping === 0) state.nextVisit[i] = Math.min(state.nextVisit[i] ?? t, played.marks.first);
  return begun();
}
const ofCrowd = {
  end(_stage: WasteStage, unit: Unit): void {
    unit.crowd = [];
  },
  felt: ({ played, t }: WasteStage): boolean => t > (played.marks.first ?? t),
  over: ({ played, t }: WasteStage, unit: Unit): boolean => unit.crowd.length === 0 && t >= (played.marks.until ?? t),
};
/** People beyond the usual of so many hours. */
const waveOf = (played: Played, { households }: Unit): number =>
  poisson(played.rng, (amountOf(played, "more") / 100) * deposits.perHouseholdDay * households * (amountOf(played, "hours") / 24));

export const wastePlays: Readonly<Record<keyof typeof incidents, WastePlay>> = {
  overfilled: atUnit({
    begin: (stage, unit) => crowd(stage, unit, amountOf(stage.played, "people"), amountOf(stage.played, "minutes") * minuteMs),
    ...ofCrowd,
  }),
  "kimchi-wave": atUnit({
    begin: (stage, unit) => crowd(stage, unit, waveOf(stage.played, unit), amountOf(stage.played, "hours") * hourMs),
    ...ofCrowd,
  }),
  dumping: atUnit({
    begin({ played, t }, unit) {
      if (unit.locked) return refused("the lid is locked");
      if (unit.dropping > 0) return refused("somebody is at the lid");
      played.marks.emptied = unit.emptiedAt;
      load(unit, unit.net + 1000 * amountOf(played, "kg"), t);
      return begun();
    },
    // the truck may have taken it
    end({ played, t }, unit) {
      if (unit.emptiedAt === played.marks.emptied) load(unit, Math.max(0, unit.net - 1000 * amountOf(played, "kg")), t);
    },
    over: ({ played }, unit) => unit.emptiedAt !== played.marks.emptied,
  }),
  "lid-left-open": atUnit({
    begin(_stage, unit) {
      if (unit.locked) return refused("the lid is locked");
      if (unit.ajar) return refused("the lid stands open already");
      unit.ajar = true;
      return begun();
    },
    end(_stage, unit) {
      unit.ajar = false;
    },
  }),
  "many-bags": atUnit({
    begin({ played, t }, unit) {
      if (unit.locked) return refused("the lid is locked");
      if (unit.ajar) return refused("the lid stands open already");
      unit.ajar = true;
      played.marks.until = t + amountOf(played, "minutes") * minuteMs;
      return begun();
    },
    end(_stage, unit) {
      unit.ajar = false;
    },
    over: ({ played, t }) => t >= (played.marks.until ?? t),
  }),
  "bin-fire": atUnit({
    begin({ played }, unit) {
      if (unit.net < 1000 * warmth.fuel) return refused("there is next to nothing in it that could burn");
      played.marks.temp = unit.temp;
      unit.burns = amountOf(played, "heat");
      return begun();
    },
    end(_stage, unit) {
      unit.burns = 0;
    },
    felt: ({ played }, unit) => unit.temp - (played.marks.temp ?? unit.temp) > 1,
  }),
  "lock-jam": atUnit({
    begin({ t }, unit) {
      if (unit.jammed) return refused("the lock is jammed already");
      unit.locked = true;
      unit.jammed = true;
      return { ok: true, happenings: [{ t, device: unit.id, event: "fault", x: { code: "lock" } }], report: [unit.id] };
    },
    end(_stage, unit) {
      unit.jammed = false;
      unit.locked = false;
    },
  }),
};
