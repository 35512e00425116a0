import type { Logger } from "pino";
import type { CityClock } from "../shared/clock.ts";
import { prefixIn } from "../shared/scenario/injection.ts";
import { askInParts } from "./play/in-parts.ts";
import { statesIn } from "./play/performer.ts";
import type { SimLine } from "./sim-line.ts";

interface Parts {
  readonly sim: Pick<SimLine, "ask">;
  /** Prefixes of the runs that are known here. */
  readonly mine: () => ReadonlySet<string>;
  readonly log: Logger;
}

/**
 * Injections of runs that nobody plays any more: whoever played them was killed, and the simulator keeps its inputs. They end when the clock is heard for the
 * first time: before that nobody knows whether a simulator is there. What a person has injected by hand goes on: it was never bound to a run.
 */
export function createOrphans({ sim, mine, log }: Parts): (clock: CityClock | undefined) => void {
  let state: "to-do" | "asked" | "done" = "to-do";
  async function clear(): Promise<boolean> {
    const known = await sim.ask({ list: "injections" });
    if (!known.ok) return false;
    const orphans = statesIn(known.value).filter(({ id, state: now }) => {
      const prefix = prefixIn(id);
      return (now === "waits" || now === "active") && prefix !== undefined && !mine().has(prefix);
    });
    if (orphans.length === 0) return true;
    const ids = orphans.map(({ id }) => id);
    log.warn({ ids: ids.slice(0, 20), count: ids.length }, "a run was cut off by a restart: its injections end");
    return (await askInParts(sim, ids, (part) => ({ clear: part }))).ok;
  }
  return (clock) => {
    if (state !== "to-do" || clock === undefined || clock.phase === "gone") return;
    state = "asked";
    clear().then(
      (done) => {
        state = done ? "done" : "to-do";
      },
      (cause: unknown) => {
        state = "to-do";
        log.error({ err: cause }, "injections of a run that was cut off");
      },
    );
  };
}
