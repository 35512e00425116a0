import { z } from "zod";
import type { CityPort } from "../../shared/city-port.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import type { SimLine } from "../sim-line.ts";
import type { Run } from "./run.ts";

/** Whole seconds of a step: as long as a response may come late by it. A story that is told in days takes minutes. */
const step = { least: 10, most: 60 } as const;
const stepAt = ({ rate }: Pick<Scenario, "rate">): number => Math.min(step.most, Math.max(step.least, Math.floor(rate / 60)));
/** Wall time for a command to reach its device; who cannot hear now is not waited for at all. */
const patienceMs = 5000;
const missingSchema = z.object({ missing: z.array(z.string()) });

export interface Stepping {
  readonly port: CityPort;
  readonly sim: Pick<SimLine, "ask">;
  readonly by: Actor;
  readonly onMark: (mark: number) => void;
  /** Asked after each step: true = there is something to be seen, and it goes no further. Absent: never. */
  readonly stops?: () => boolean;
}

/**
 * A run in a city that stands still: it goes step by step, and the room is heard out between two steps. So what the room decides takes effect at the
 * same second every time, whatever the machine: at the highest rate of a running city a command would come minutes late. Ends at `to`, with the
 * run, where it is to stop, or where somebody lets the city run: then with the reason. False: it was stopped on the way.
 */
export async function stepOn(run: Run, from: number, to: number, { port, sim, by, onMark, stops }: Stepping): Promise<Result<boolean>> {
  const missing = new Set<string>();
  const seconds = stepAt(run.parts.scenario);
  await run.turn(from);
  await heardOut(port, sim, from, missing);
  for (let mark = from; mark < to && run.running(); ) {
    const stepped = await port.act({ step: Math.min(seconds, Math.max(1, Math.round((to - mark) / 1000))) }, by);
    if (!stepped.ok) return stepped;
    mark = stepped.value.mark;
    await run.turn(mark);
    await heardOut(port, sim, mark, missing);
    onMark(mark);
    if (mark < to && stops?.() === true) return ok(false);
  }
  return ok(true);
}

/**
 * Commands that the room has given up to now are inputs of the city before it goes on. Those that a struck gateway kept from their devices are looked at
 * after each step: when it is back the room says them again, as long as they are not over.
 */
async function heardOut({ room }: CityPort, sim: Pick<SimLine, "ask">, mark: number, missing: Set<string>): Promise<void> {
  const waiting = room
    .commands({ limit: 20_000 })
    .filter(({ id, state, heardAt, expires }) => state === "pending" && heardAt === null && expires >= mark && !missing.has(id));
  if (waiting.length === 0) return;
  const answer = await sim.ask({ heard: waiting.map(({ id, device }) => ({ id, d: device })), patience: patienceMs });
  const left = answer.ok ? missingSchema.safeParse(answer.value) : undefined;
  // once is enough: whatever keeps it away, the run is not to stand still at every step
  for (const id of left?.data?.missing ?? []) missing.add(id);
}
