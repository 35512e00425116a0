import type { Environment } from "../../environment/environment.ts";
import type { Device, Happening } from "../../model.ts";
import { createRng, exponential, lognormal, type Rng, uniform } from "../../random.ts";
import { dayMs, minuteMs, secondMs, wholeSecond } from "../day-clock.ts";
import { readFloat } from "./float-switch.ts";
import { advanceGate, type Gate, isPassable } from "./gate.ts";
import { gates as gateFacts } from "./parameters.ts";
import { comes, inGap, leaving, nextCandidate, passers } from "./path.ts";
import { wantedOf } from "./room-order.ts";
import { type Barrier, type StreamState, waterAt } from "./state.ts";

/** Gates and people live in seconds. */
export const stepSeconds = 5;

/** Open, on its float switch, with nobody on the path. */
export function createBarrier({ id, meta }: Device<"stream">, places: readonly number[], seed: number, start: number): Barrier {
  const { chainage = 0, sill = 0 } = meta.constants ?? {};
  const rng = createRng(seed, `stream ${id}`);
  const below = places.findIndex((place) => place >= chainage);
  const reach = Math.max(1, below < 0 ? places.length - 1 : below);
  const [upper = 0, lower = upper + 1] = places.slice(reach - 1, reach + 1);
  const [quick, slow] = gateFacts.travelSeconds;
  const gate: Gate = { word: "open", since: start, wanted: "open", moved: 0, travel: Math.round(quick + (slow - quick) * uniform(rng)), mended: 0 };
  return {
    id,
    rng,
    reach,
    share: Math.min(1, Math.max(0, (chainage - upper) / (lower - upper))),
    sill,
    reads: stepSeconds * Math.floor((uniform(rng) * 60) / stepSeconds),
    gate,
    float: { wanted: "open", low: 0 },
    order: "auto",
    display: "off",
    personUntil: start,
    candidate: start + nextCandidate(rng),
    faultAt: nextFault(rng, start),
    jammed: false,
    lingerer: null,
    inside: 0,
  };
}
const nextFault = (rng: Rng, t: number): number => wholeSecond(t + exponential(rng, (365 * dayMs) / gateFacts.faultsPerYear));

/** Some seconds at a gate: who passes, what the float says, what the gate does. */
export function live(state: StreamState, barrier: Barrier, env: Environment, t: number, out: Happening<"stream">[]): void {
  if ((t / secondMs) % 60 === barrier.reads) {
    barrier.float = readFloat(barrier.float, waterAt(state, barrier), barrier.sill, t);
    want(barrier);
  }
  if (barrier.gate.word !== barrier.gate.wanted || barrier.faultAt <= t) move(barrier, t, out);
  if (barrier.candidate > t) return;
  const rain = state.gauges[barrier.reach]?.rain ?? env.rainMean;
  const dry = waterAt(state, barrier) < barrier.sill;
  if (dry && comes(barrier.rng, passers(env, t, { rain, gate: barrier.gate.word, display: barrier.display }))) goIn(barrier, t + inGap(barrier.rng));
  barrier.candidate = Math.max(t, barrier.personUntil) + nextCandidate(barrier.rng);
}

/** One of them may be slower than who comes behind. */
function goIn(barrier: Barrier, until: number): void {
  barrier.personUntil = Math.max(barrier.personUntil, until);
  barrier.inside += 1;
}

export function want(barrier: Barrier): void {
  const wanted = wantedOf(barrier.order, barrier.float);
  if (wanted !== barrier.gate.wanted) barrier.gate = { ...barrier.gate, wanted };
}

function move(barrier: Barrier, t: number, out: Happening<"stream">[]): void {
  if (barrier.jammed) return;
  const before = barrier.gate;
  const blocked = barrier.personUntil > t - stepSeconds * secondMs;
  barrier.gate = advanceGate(before, { t, seconds: stepSeconds, blocked, breaks: breaks(barrier, t) });
  const { word, since, travel } = barrier.gate;
  if (word === before.word) return;
  if (word === "closing" && barrier.lingerer?.until === 0) {
    barrier.lingerer.until = t + barrier.lingerer.ms;
    barrier.personUntil = Math.max(barrier.personUntil, barrier.lingerer.until);
  }
  out.push({ t: since, device: barrier.id, event: "gate", x: { to: word }, report: [barrier.id] });
  const jams = (word === "closing" || word === "opening") && uniform(barrier.rng) < gateFacts.faultPerMove;
  if (jams) barrier.faultAt = t + Math.floor(travel * uniform(barrier.rng)) * secondMs;
}

/** When the fault that strikes now will be mended; 0 = none strikes. */
function breaks(barrier: Barrier, t: number): number {
  if (barrier.faultAt > t) return 0;
  const minutes = lognormal(barrier.rng, gateFacts.repairMedianMinutes, gateFacts.repairSigma);
  const mended = wholeSecond(t + minutes * minuteMs);
  barrier.faultAt = nextFault(barrier.rng, mended);
  return mended;
}

/** A minute of those on the paths: they leave, the sooner when the display tells them to or the water is there. */
export function walkOn(state: StreamState): void {
  for (const barrier of state.barriers) {
    const wet = waterAt(state, barrier) >= barrier.sill;
    if (wet) {
      state.onFloodedPath += barrier.inside;
      if (isPassable(barrier.gate)) state.openUnderWater += 1;
    }
    barrier.inside -= barrier.inside * leaving(barrier.display, wet);
  }
}
