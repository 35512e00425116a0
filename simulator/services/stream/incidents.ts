import type { incidents } from "../../../shared/services/stream/incidents.ts";
import { secondMs } from "../day-clock.ts";
import { amountOf, begun, type Play, type Played, refused, type Stage } from "../incidents.ts";
import { hasGone, stepDisturbance, undisturbed } from "./disturbance.ts";
import { isPassable } from "./gate.ts";
import { people } from "./parameters.ts";
import { level } from "./rating.ts";
import { type Barrier, type Gauge, type StreamState, waterAt } from "./state.ts";

type StreamStage = Stage<"stream", StreamState>;
type StreamPlay = Play<"stream", StreamState>;

const minuteMs = 60 * secondMs;
/** After so many times to the peak the wave of `hydrograph` is below a hundredth of it. */
const spent = 8;
/** Minutes to open a pond's sluice. */
const slowly = 20;
/** Noise and small waves hide less than two millimetres. */
const seen = 0.002;
/** Beyond any run: Infinity would not survive a snapshot. */
const never = 8e15;

/** Gamma-shaped wave, 1 at its peak: x e^(1 - x). */
const hydrograph = (x: number): number => (x <= 0 || x >= spent ? 0 : x * Math.exp(1 - x));

/** Share of its opening of a sluice that is opened and shut slowly, so that nobody downstream is taken by surprise. */
const sluice = (age: number, minutes: number): number => Math.max(0, Math.min(1, age / slowly, (minutes - age) / slowly));

/** m3/s that an incident brings in above its gauge. */
function inflowOf(played: Played, { design }: Gauge, t: number): number {
  const age = (t - played.since) / minuteMs;
  if (played.kind === "flash-rise") return (amountOf(played, "peak") / 100) * design * hydrograph(age / amountOf(played, "rise"));
  return played.kind === "release" ? amountOf(played, "flow") * sluice(age, amountOf(played, "minutes")) : 0;
}

/** One minute of what incidents do to the water; nothing as long as there is none and the last of them has run off. */
export function disturb(state: StreamState, natural: readonly number[], t: number): void {
  const inflow = state.gauges.map(() => 0);
  const blocked = state.gauges.map(() => 0);
  for (const played of state.incidents) {
    const k = state.gaugeOf[played.device];
    const gauge = state.gauges[k ?? -1];
    if (k === undefined || gauge === undefined) continue;
    inflow[k] = (inflow[k] ?? 0) + inflowOf(played, gauge, t);
    if (played.kind === "debris") blocked[k] = amountOf(played, "blocked") / 100;
  }
  const acts = inflow.some((flow) => flow > 0) || blocked.some((share) => share > 0);
  if (!acts && state.disturbance === null) return;
  state.disturbance ??= undisturbed(state.catchments);
  stepDisturbance(state.disturbance, state.gauges, { natural, inflow, blocked });
  if (!acts && hasGone(state.disturbance)) state.disturbance = null;
}

/** The gauge would stand elsewhere without it. */
function isDisturbed({ state, device }: StreamStage): boolean {
  const k = state.gaugeOf[device.id] ?? -1;
  const gauge = state.gauges[k];
  if (gauge === undefined || state.disturbance === null) return false;
  const natural = gauge.flow - (state.disturbance.flows[k] ?? 0);
  return Math.abs(gauge.level - level(gauge.rating, natural)) >= seen;
}
const atGauge = (over?: StreamPlay["over"]): StreamPlay => ({
  begin: ({ state, device }) => (state.gaugeOf[device.id] === undefined ? refused(`${device.id} is no gauge`) : begun()),
  end: () => [],
  felt: isDisturbed,
  ...(over === undefined ? {} : { over }),
});

const barrierAt = ({ state, device }: StreamStage): Barrier | undefined => state.barriers[state.barrierOf[device.id] ?? -1];
interface AtGate {
  begin(stage: StreamStage, barrier: Barrier): ReturnType<StreamPlay["begin"]>;
  end?(stage: StreamStage, barrier: Barrier): void;
  felt(stage: StreamStage, barrier: Barrier): boolean;
  over?(stage: StreamStage, barrier: Barrier): boolean;
}
function atGate({ begin, end, felt, over }: AtGate): StreamPlay {
  const has = (stage: StreamStage, is: (stage: StreamStage, barrier: Barrier) => boolean): boolean => {
    const barrier = barrierAt(stage);
    return barrier !== undefined && is(stage, barrier);
  };
  return {
    begin(stage) {
      const barrier = barrierAt(stage);
      if (barrier === undefined) return refused(`${stage.device.id} is no gate`);
      return barrier.gate.word === "fault" ? refused("the gate is out of order") : begin(stage, barrier);
    },
    end(stage) {
      const barrier = barrierAt(stage);
      if (barrier !== undefined) end?.(stage, barrier);
      return [];
    },
    felt: (stage) => has(stage, felt),
    ...(over === undefined ? {} : { over: (stage) => has(stage, over) }),
  };
}

export const streamPlays: Readonly<Record<keyof typeof incidents, StreamPlay>> = {
  "flash-rise": atGauge(({ played, t }) => t - played.since >= spent * amountOf(played, "rise") * minuteMs),
  debris: atGauge(),
  release: atGauge(({ played, t }) => t - played.since >= amountOf(played, "minutes") * minuteMs),
  "gate-jam": atGate({
    begin(_stage, barrier) {
      barrier.jammed = true;
      return begun();
    },
    end(_stage, barrier) {
      barrier.jammed = false;
    },
    felt: (_stage, { gate }) => gate.word !== gate.wanted,
  }),
  "gate-fault": atGate({
    begin({ t }, barrier) {
      barrier.gate = { ...barrier.gate, word: "fault", since: t, mended: never };
      return { ok: true, happenings: [{ t, device: barrier.id, event: "gate", x: { to: "fault" } }], report: [barrier.id] };
    },
    // it finds its way, and says so, with its next step
    end({ t }, barrier) {
      barrier.gate = { ...barrier.gate, mended: t };
    },
    felt: () => true,
  }),
  "stays-in-gap": atGate({
    begin({ played }, barrier) {
      barrier.lingerer = { ms: amountOf(played, "minutes") * minuteMs, until: 0 };
      return begun();
    },
    end({ t }, barrier) {
      if ((barrier.lingerer?.until ?? 0) > t) barrier.personUntil = t;
      barrier.lingerer = null;
    },
    felt: ({ t }, { lingerer }) => (lingerer?.until ?? 0) > t,
    over: ({ t }, { lingerer }) => lingerer !== null && lingerer.until > 0 && lingerer.until <= t,
  }),
  "school-outing": atGate({
    begin({ state, played, t }, barrier) {
      if (!isPassable(barrier.gate) || barrier.gate.word === "closing") return refused(`the gate is ${barrier.gate.word}`);
      if (waterAt(state, barrier) >= barrier.sill) return refused("the path is under water");
      const count = amountOf(played, "people");
      barrier.inside += count;
      played.marks.until = t + count * people.classSeconds * secondMs;
      barrier.personUntil = Math.max(barrier.personUntil, played.marks.until);
      return begun();
    },
    felt: ({ played, t }) => t < (played.marks.until ?? 0),
    over: ({ played, t }) => t >= (played.marks.until ?? 0),
  }),
};
