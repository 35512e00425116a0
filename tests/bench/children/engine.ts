import type { Outgoing } from "../../../simulator/engine.ts";
import { answerParent } from "../child.ts";
import { loadEngine } from "../product.ts";

/** The simulator alone: the engine without sockets. What it emits is what the chain must have taken in. */
export interface EngineRun {
  readonly runMs: number;
  readonly messages: number;
  readonly readings: number;
  /** Readings of one device at one instant are one row. */
  readonly rows: number;
  readonly events: number;
  readonly sha256: string;
}
const { fixedStart, buildCity, createEngine, environment, models, catchments } = await loadEngine();

function createCounts() {
  const newest = new Map<string, number>();
  const counts = { readings: 0, rows: 0, events: 0 };
  return {
    counts,
    add({ topic, payload, retain }: Outgoing): void {
      if (retain) return;
      if (topic.endsWith("/event")) {
        counts.events += 1;
        return;
      }
      const said: Said | Said[] = JSON.parse(payload);
      for (const { d, t } of Array.isArray(said) ? said : [said]) {
        counts.readings += 1;
        if (newest.get(d) !== t) counts.rows += 1;
        newest.set(d, t);
      }
    },
  };
}
interface Said {
  readonly d: string;
  readonly t: number;
}

/** A minute of the city at a time; what it said is counted between the minutes, outside the measured time. */
function run({ hours }: { hours: number }): EngineRun {
  const city = buildCity("default", 1, models);
  const engine = createEngine({ city, models, environment, catchments, seed: 1, start: fixedStart, profile: "calm" });
  const end = fixedStart + hours * 3_600_000;
  const { counts, add } = createCounts();
  let runMs = 0;
  while (engine.now() < end) {
    const said: Outgoing[] = [];
    const began = performance.now();
    engine.advance(engine.now() + 60_000, (message) => void said.push(message));
    runMs += performance.now() - began;
    for (const message of said) add(message);
  }
  return { runMs, ...counts, ...engine.digest() };
}

const answers = { run };
export type EngineProcess = typeof answers;
answerParent(answers);
