import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readScenario } from "../../director/language/read-scenario.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import type { Mistake } from "../../shared/scenario/scenario-port.ts";
import { libraryFolder } from "../chain.ts";
import { Complaint } from "../talk.ts";
import { createStages } from "./stages.ts";

/** A scenario as it stands in a file. `name` is what one writes to mean it again. */
export interface ScenarioFile {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly scenario: Scenario | undefined;
  readonly mistakes: readonly Mistake[];
}

const ending = ".yaml";
const stages = createStages();
const isPath = (name: string): boolean => name.includes("/") || name.includes("\\") || name.endsWith(ending);

const yamlIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [] as string[]))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();

/** Names of the product's scenarios, and of those that people keep in the city's folder. */
export async function scenarioNames(dataDir: string): Promise<{ readonly library: readonly string[]; readonly own: readonly string[] }> {
  return { library: await yamlIn(libraryFolder), own: await yamlIn(join(dataDir, "scenarios")) };
}

/** A path to a file, or the name of a scenario of the city's folder or of the library. @throws Complaint when there is none. */
export async function scenarioFile(name: string, dataDir: string): Promise<ScenarioFile> {
  const places = isPath(name) ? [name] : [join(dataDir, "scenarios", name + ending), join(libraryFolder, name + ending)];
  for (const path of places) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const read = readScenario(text, stages, basename(path, ending));
    return { name, path, text, scenario: read.ok ? read.value : undefined, mistakes: read.ok ? [] : read.reason };
  }
  if (isPath(name)) throw new Complaint(`there is no file ${name}`, 2);
  const { library, own } = await scenarioNames(dataDir);
  throw new Complaint(
    `there is no scenario "${name}"; known: ${[...own, ...library].join(", ")}; a file is written with its ending, e.g. ./${name}.yaml`,
    2,
  );
}

/** `file:line:column: message`, as editors and terminals can open it. */
export const mistakeLines = ({ path, mistakes }: ScenarioFile): readonly string[] =>
  mistakes.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);

/** @throws Complaint with every mistake of every file. */
export function sound(files: readonly ScenarioFile[]): readonly (ScenarioFile & { readonly scenario: Scenario })[] {
  const lines = files.flatMap(mistakeLines);
  if (lines.length > 0) throw new Complaint(lines.join("\n"), 2);
  return files.flatMap((file) => (file.scenario === undefined ? [] : { ...file, scenario: file.scenario }));
}
