import { spawnThread } from "../shared/runtime/spawn-thread.ts";
import type { Outcome } from "../shared/scenario/outcome.ts";
import type { CityName } from "./city/ground.ts";
import type { Profile } from "./devices/outage.ts";
import type { EngineState } from "./engine.ts";

export interface ForkOrder {
  readonly name: CityName;
  readonly scale: number;
  readonly profile: Profile;
  readonly seed: number;
  readonly start: number;
  /** With the inputs that it is to live with. */
  readonly state: EngineState;
  readonly to: number;
}

/** In a thread of its own, so that the living city goes on. @throws Error when the thread fails. */
export function startFork(order: ForkOrder): Promise<Outcome> {
  const worker = spawnThread(new URL("./fork-thread.ts", import.meta.url), order);
  return new Promise<Outcome>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the fork's thread ended with ${code}`)));
  }).finally(() => void worker.terminate());
}
