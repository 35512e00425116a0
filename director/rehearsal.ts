import type { CityPort } from "../shared/city-port.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Run } from "./run.ts";
import type { SimLine } from "./sim-line.ts";

/** Seconds of a step: as long as a response may come late by it. */
const stepSeconds = 10;
/** A command that its device cannot hear now (its gateway is down) is not waited for. */
const patienceMs = 5000;
const person = { name: "scenario", role: "admin" } as const;

/**
 * A run as a test: the city stands still and goes step by step, and the room is heard out between two steps. So what it decides takes effect at the same
 * second every time, whatever the machine. The city is paused, at the instant at which the run begins.
 */
export async function rehearse(run: Run, port: CityPort, sim: Pick<SimLine, "ask">, onMark: (mark: number) => void): Promise<Result<true>> {
  const asked = new Set<string>();
  const begun = await run.begin();
  if (!begun.ok) return begun;
  await run.turn(run.parts.from);
  await heardOut(port, sim, asked);
  for (let mark = run.parts.from; mark < run.to && run.running(); ) {
    const stepped = await port.act({ step: Math.min(stepSeconds, Math.round((run.to - mark) / 1000)) }, person);
    if (!stepped.ok) {
      await run.end("failed", stepped.reason);
      return refuse(stepped.reason);
    }
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
