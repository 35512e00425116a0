import type { CityPort } from "../shared/city-port.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Run } from "./run.ts";
import type { SimLine } from "./sim-line.ts";
import { stepOn } from "./stepping.ts";

const person = { name: "scenario", role: "admin" } as const;

/** A run as a test, from its first second to its last. The city is paused, at the instant at which the run begins. */
export async function rehearse(run: Run, port: CityPort, sim: Pick<SimLine, "ask">, onMark: (mark: number) => void): Promise<Result<true>> {
  const begun = await run.begin();
  if (!begun.ok) return begun;
  const played = await stepOn(run, run.parts.from, run.to, { port, sim, by: person, onMark });
  if (played.ok) return ok(true);
  await run.end("failed", played.reason);
  return refuse(played.reason);
}
