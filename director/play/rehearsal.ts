import type { CityPort } from "../../shared/city-port.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { SimLine } from "../sim-line.ts";
import type { Run } from "./run.ts";
import { stageManager } from "./scripted-actor.ts";
import { stepOn } from "./stepping.ts";

/** A run as a test, from its first second to its last. The city is paused, at the instant at which the run begins. */
export async function rehearse(run: Run, port: CityPort, sim: Pick<SimLine, "ask">, onMark: (mark: number) => void): Promise<Result<true>> {
  const begun = await run.begin();
  if (!begun.ok) return begun;
  const played = await stepOn(run, run.parts.from, run.to, { port, sim, by: stageManager, onMark });
  if (played.ok) return ok(true);
  await run.end("failed", played.reason);
  return refuse(played.reason);
}
