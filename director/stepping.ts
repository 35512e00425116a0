import type { CityPort } from "../shared/city-port.ts";
import { ok, type Result } from "../shared/result.ts";
import type { Actor } from "../shared/roles.ts";
import type { Run } from "./run.ts";
import type { SimLine } from "./sim-line.ts";

/** Seconds of a step: as long as a response may come late by it. */
const stepSeconds = 10;
/** A command that its device cannot hear now (its gateway is down) is not waited for. */
const patienceMs = 5000;

export interface Stepping {
  readonly port: CityPort;
  readonly sim: Pick<SimLine, "ask">;
  readonly by: Actor;
  readonly onMark: (mark: number) => void;
}

/**
 * A run in a city that stands still: it goes step by step, and the room is heard out between two steps. So what the room decides takes effect at the
 * same second every time, whatever the machine: at the highest rate of a running city a command would come minutes late. Ends at `to`, with the
 * run, or where somebody lets the city run: then with the reason.
 */
export async function stepOn(run: Run, from: number, to: number, { port, sim, by, onMark }: Stepping): Promise<Result<true>> {
  const asked = new Set<string>();
  await run.turn(from);
  await heardOut(port, sim, asked);
  for (let mark = from; mark < to && run.running(); ) {
    const stepped = await port.act({ step: Math.min(stepSeconds, Math.max(1, Math.round((to - mark) / 1000))) }, by);
    if (!stepped.ok) return stepped;
    mark = stepped.value.mark;
    await run.turn(mark);
    await heardOut(port, sim, asked);
    onMark(mark);
  }
  return ok(true);
}

/** Commands that the room has given up to now are inputs of the city before it goes on. Each is waited for once. */
async function heardOut({ room }: CityPort, sim: Pick<SimLine, "ask">, asked: Set<string>): Promise<void> {
  const ids = room
    .commands({ limit: 20_000 })
    .flatMap(({ id, state, heardAt }) => (state === "pending" && heardAt === null && !asked.has(id) ? id : []));
  if (ids.length === 0) return;
  for (const id of ids) asked.add(id);
  await sim.ask({ heard: ids, patience: patienceMs });
}
