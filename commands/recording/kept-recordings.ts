import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type LineFault, readRecordedSeries } from "../../shared/scenario/recorded-series.ts";
import { recordingFilePattern } from "../../shared/scenario/recording-kinds.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import type { Metric } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";
import { recordingsFolder } from "../../simulator/recordings-folder.ts";
import { Complaint } from "../talk.ts";

const folderIn = (dataDir: string): string => recordingsFolder(join(dataDir, "simulator"));
/** What fits an argument beside the mark of its content and the ending. */
const nameLength = 40;

/**
 * Puts a recorded series into the city's folder, under a name that tells its content: what a run was told of it stays true. Answers that name, which is also taken as
 * it is. @param metric of which it is to be; not given: the kind's main one, which the city checks. @throws Complaint with every line that is wrong.
 */
export async function keepRecording(dataDir: string, file: string, metric: string | undefined): Promise<string> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT" && recordingFilePattern.test(file)) return undefined;
    throw new Complaint(cause.code === "ENOENT" ? `there is no file ${file}` : `${file} cannot be read: ${cause.message}`, 2);
  });
  // one of those that are kept already
  if (bytes === undefined) return file;
  const faults = faultsOf(bytes.toString("utf8"), metric);
  if (faults.length > 0) throw new Complaint(faultLines(file, faults).join("\n"), 2);
  const stem = basename(file)
    .replace(/\.csv$/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, nameLength);
  const name = `${stem === "" ? "recording" : stem}-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}.csv`;
  await mkdir(folderIn(dataDir), { recursive: true });
  await writeFile(join(folderIn(dataDir), name), bytes);
  return name;
}

/** So many lines are told of. */
const shown = 20;
const faultLines = (file: string, faults: readonly LineFault[]): readonly string[] => [
  ...faults.slice(0, shown).map(({ line, message }) => `${file}:${line}: ${message}`),
  ...(faults.length > shown ? [`and ${faults.length - shown} more lines`] : []),
];

/** Several services may have a metric of the name: it is good when it fits one of them. */
function faultsOf(text: string, metric: string | undefined) {
  if (metric === undefined) return [];
  const named = services.flatMap(({ metrics }) => Object.entries(metrics).flatMap(([name, one]): Metric[] => (name === metric ? [one] : [])));
  const read = named.map((one) => readRecordedSeries(text, one));
  const [first] = read;
  return read.some(({ ok }) => ok) || first === undefined || first.ok ? [] : first.reason;
}

const filesIn = ({ timeline }: Pick<Scenario, "timeline">): readonly string[] =>
  timeline.flatMap((step) => (step.inject === "recording" && typeof step.with?.file === "string" ? [step.with.file] : []));

/** Recordings that lie beside a scenario's file, into the folder of the city in which it is played. @throws Complaint when one is missing. */
export async function layRecordings(dataDir: string, scenario: Scenario, folder: string): Promise<void> {
  for (const name of new Set(filesIn(scenario))) {
    await mkdir(folderIn(dataDir), { recursive: true });
    await copyFile(join(folder, name), join(folderIn(dataDir), name)).catch((cause: NodeJS.ErrnoException) => {
      throw new Complaint(`${scenario.scenario}: the recording ${join(folder, name)} cannot be read: ${cause.code ?? cause.message}`, 2);
    });
  }
}

/** The other way round: recordings that a saved scenario speaks of, beside its file. */
export async function takeRecordings(dataDir: string, scenario: Pick<Scenario, "timeline">, folder: string): Promise<void> {
  for (const name of new Set(filesIn(scenario))) await copyFile(join(folderIn(dataDir), name), join(folder, name));
}
