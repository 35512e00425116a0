import { stood } from "../../broker/commands/life.ts";
import type { JournalLine } from "../../shared/alarm.ts";
import type { Injection } from "../../shared/scenario/injection.ts";
import { drawStorm, type Storm } from "../../simulator/environment/storm.ts";
import { type GateTruth, gateTruth } from "../../simulator/ground-truth.ts";
import { createRng } from "../../simulator/random.ts";
import { catchments } from "../../simulator/services/stream/parameters.ts";
import { type LabOptions, openLab } from "./city-lab.ts";

export interface StormNight {
  readonly seed: number;
  /** Mean depth over the basin, mm, and hours of rain. */
  readonly depth: number;
  readonly hours: number;
  /** Gates beside which the path went under water, and how many of them nobody could walk through by then. */
  readonly flooded: number;
  readonly closedInTime: number;
  /** Of these, closed by the automatic response: its command was confirmed before the water, and the float switch had not closed it already. */
  readonly closedByResponse: number;
  /** Minutes before the water at which they were closed, median. */
  readonly lead: number | null;
  /** Gates that were closed although their path stayed dry. */
  readonly closedInVain: number;
  /** Gate minutes under water with an open way. */
  readonly openUnderWater: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Local hour 14 of the fixed Tuesday: people are on the path. */
const beforeHours = 2;
const afterHours = 7;

/** A storm that floods paths: as the model draws them for July, the first one of the seed that brings 60 to 160 mm within 2 to 6 h. */
function floodStorm(seed: number, start: number): Storm {
  const rng = createRng(seed, "lab storm");
  for (;;) {
    const storm = drawStorm(rng, start, 7, catchments);
    const depth = meanDepth(storm);
    const hours = storm.duration / hourMs;
    if (depth >= 60 && depth <= 160 && hours >= 2 && hours <= 6) return storm;
  }
}
/** A storm of its depth, length and peak, to the steps in which they can be asked for. */
function asInjection(storm: Storm): Injection {
  const peak = (storm.profile.indexOf(Math.max(...storm.profile)) + 0.5) / storm.profile.length;
  return {
    ...{ id: "storm", kind: "storm", targets: [], t: storm.start, lasts: Math.round(storm.duration / 1000) },
    args: { depth: Math.round(meanDepth(storm)), peak: Math.min(95, Math.max(5, Math.round(peak * 100))) },
  };
}
const meanDepth = ({ depths }: Storm): number => depths.reduce((sum, mm) => sum + mm, 0) / depths.length;

/** One storm over the city, with automatic responses or without; truth against what the room did. */
export async function stormNight(options: LabOptions, auto: boolean, progress: (hour: number) => void): Promise<StormNight> {
  const { start, seed } = options;
  const storm = floodStorm(seed, start + beforeHours * hourMs);
  const lab = await openLab({ ...options, inputs: [{ t: storm.start, inject: asInjection(storm) }] });
  const watch = createGateWatch();
  try {
    lab.runTo(start + hourMs);
    lab.open();
    if (!auto)
      for (const { id } of lab.room.responses())
        lab.room.act({ do: "response-mode", response: id, mode: "manual" }, { name: "lab", role: "admin" }, start);
    const end = start + (beforeHours + afterHours) * hourMs + storm.duration;
    for (let t = start + hourMs + minuteMs; t <= end; t += minuteMs) {
      lab.runTo(t);
      watch.look(gateTruth(lab.engine), t);
      if ((t - start) % hourMs === 0) progress((t - start) / hourMs);
    }
    const lines = lab.room.journal({ limit: Number.MAX_SAFE_INTEGER });
    return summary(seed, storm, watch.nights(), lines);
  } finally {
    await lab.close();
  }
}

/** What one gate lived through. */
interface GateNight {
  readonly device: string;
  /** First minute with the path under water; 0 = it stayed dry. */
  wet: number;
  /** Since when nobody can walk in; 0 = people can. */
  shut: number;
  /** `shut`, at the first minute under water. */
  shutBefore: number;
  /** Minutes for which nobody could walk in by then; null = people could. */
  lead: number | null;
  everShut: boolean;
  openWet: number;
}
function createGateWatch() {
  const gates = new Map<string, GateNight>();
  function see(gate: GateNight, { water, sill, passable }: GateTruth, t: number): void {
    if (passable) gate.shut = 0;
    else {
      gate.everShut = true;
      if (gate.shut === 0) gate.shut = t;
    }
    if (water < sill) return;
    if (passable) gate.openWet += 1;
    if (gate.wet > 0) return;
    gate.wet = t;
    gate.shutBefore = gate.shut;
    gate.lead = passable ? null : (t - gate.shut) / minuteMs;
  }
  return {
    look(truths: readonly GateTruth[], t: number): void {
      for (const truth of truths) {
        const gate = gates.get(truth.device) ?? { device: truth.device, wet: 0, shut: 0, shutBefore: 0, lead: null, everShut: false, openWet: 0 };
        gates.set(truth.device, gate);
        see(gate, truth, t);
      }
    },
    nights: (): readonly GateNight[] => [...gates.values()],
  };
}
const closing = "stream-close-gate";
/** @param shut first minute in which it was seen shut: the command of another closing came before the minute that ended then. */
export function shutByResponse(
  lines: readonly JournalLine[],
  { device, shut, wet }: { readonly device: string; readonly shut: number; readonly wet: number },
): boolean {
  return lines.some(
    (line) =>
      line.what === "command" &&
      line.after === "confirmed" &&
      line.device === device &&
      line.x?.response === closing &&
      line.reason !== stood &&
      line.t > shut - minuteMs &&
      line.t <= wet,
  );
}
function summary(seed: number, storm: Storm, gates: readonly GateNight[], lines: readonly JournalLine[]): StormNight {
  const flooded = gates.filter(({ wet }) => wet > 0);
  const inTime = flooded.filter(({ lead }) => lead !== null);
  const leads = flooded.flatMap(({ lead }) => (lead === null ? [] : [lead])).sort((a, b) => a - b);
  return {
    seed,
    depth: Math.round(meanDepth(storm)),
    hours: Math.round((storm.duration / hourMs) * 10) / 10,
    flooded: flooded.length,
    closedInTime: leads.length,
    closedByResponse: inTime.filter(({ device, shutBefore, wet }) => shutByResponse(lines, { device, shut: shutBefore, wet })).length,
    lead: leads[Math.floor(leads.length / 2)] ?? null,
    closedInVain: gates.filter(({ wet, everShut }) => wet === 0 && everShut).length,
    openUnderWater: gates.reduce((sum, { openWet }) => sum + openWet, 0),
  };
}
