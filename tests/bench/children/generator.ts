import { answerParent } from "../child.ts";
import { loadGenerator } from "../product.ts";

/** `gwanje generate` in one process: readings made and written as rows of CSV, which go nowhere. */
export interface Generation {
  readonly hours: number;
  readonly scale: number;
  readonly service: string;
}
export interface GeneratedRun {
  /** From nothing to the last row. */
  readonly runMs: number;
  readonly cpuMs: number;
  readonly readings: number;
  readonly bytes: number;
}
const { fixedStart, generate, createRowWriter, services } = await loadGenerator();

function run({ hours, scale, service }: Generation): GeneratedRun {
  const began = performance.now();
  const cpuFrom = process.cpuUsage();
  const rows = createRowWriter(
    services.filter(({ id }) => id === service),
    "csv",
  );
  let readings = 0;
  let bytes = 0;
  for (const batch of generate({ city: "default", scale, seed: 1, from: fixedStart, hours, service, profile: "calm" })) {
    readings += batch.length;
    bytes += rows.rows(batch).length;
  }
  const { user, system } = process.cpuUsage(cpuFrom);
  return { runMs: performance.now() - began, cpuMs: (user + system) / 1000, readings, bytes };
}

const answers = { run };
export type GeneratorProcess = typeof answers;
answerParent(answers);
