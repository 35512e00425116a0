import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ok, type Result, refuse } from "../shared/result.ts";
import { secondsOf } from "../shared/scenario/duration.ts";
import type { Scenario } from "../shared/scenario/scenario.ts";
import type { Mistake, ScenarioRow } from "../shared/scenario/scenario-port.ts";
import { text } from "../shared/text.ts";
import { readScenario } from "./language/read-scenario.ts";
import type { Stage } from "./stage.ts";

/** Scenario files: those of the product, and those that people keep in the city's own folder, which go before. */
export interface Library {
  /** `city`: the one that runs, in which they would be played. */
  rows(city: string): Promise<readonly ScenarioRow[]>;
  source(id: string): Promise<string | undefined>;
  /** `city`: where it is to be played, when that is not the city that it was written for. */
  read(id: string, city?: string): Promise<Result<{ readonly scenario: Scenario; readonly row: ScenarioRow }>>;
  check(source: string, id?: string): readonly Mistake[];
  save(id: string, source: string): Promise<Result<ScenarioRow, readonly Mistake[] | string>>;
}

const ending = ".yaml";
const idShape = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export function createLibrary(folders: { readonly library: string; readonly own: string }, stageOf: (city: string) => Stage): Library {
  async function find(id: string): Promise<{ readonly source: string; readonly from: ScenarioRow["from"] } | undefined> {
    if (!idShape.test(id)) return undefined;
    for (const from of ["own", "library"] as const) {
      const source = await readFile(join(folders[from], id + ending), "utf8").catch(() => undefined);
      if (source !== undefined) return { source, from };
    }
    return undefined;
  }
  async function names(): Promise<readonly string[]> {
    const all = await Promise.all([folders.own, folders.library].map((folder) => readdir(folder).catch(() => [])));
    return [...new Set(all.flat().flatMap((name) => (name.endsWith(ending) ? name.slice(0, -ending.length) : [])))]
      .filter((id) => idShape.test(id))
      .sort();
  }
  function rowOf(id: string, source: string, from: ScenarioRow["from"], city: string): ScenarioRow {
    const read = readScenario(source, stageOf, id);
    if (!read.ok) return { ...blank(id), from, mistakes: read.reason };
    const here = read.value.city === city ? read : readScenario(source, () => stageOf(city), id);
    return { ...soundRow(read.value, from), lacks: here.ok ? [] : [...new Set(here.reason.map(({ message }) => message))] };
  }
  return {
    rows: async (city) => {
      const found = await Promise.all((await names()).map(async (id) => ({ id, file: await find(id) })));
      return found.flatMap(({ id, file }) => (file === undefined ? [] : rowOf(id, file.source, file.from, city)));
    },
    source: async (id) => (await find(id))?.source,
    async read(id, city) {
      const file = await find(id);
      if (file === undefined) return refuse(`there is no scenario "${id}"; known: ${(await names()).join(", ")}`);
      const read = readScenario(file.source, (own) => stageOf(city ?? own), id);
      if (!read.ok)
        return refuse(
          `"${id}" cannot be played${city === undefined ? "" : ` in the city "${city}"`}: ${read.reason.map(({ line, message }) => `line ${line}: ${message}`).join("; ")}`,
        );
      return ok({ scenario: read.value, row: soundRow(read.value, file.from) });
    },
    check(source, id) {
      const read = readScenario(source, stageOf, id);
      return read.ok ? [] : read.reason;
    },
    async save(id, source) {
      if (!idShape.test(id)) return refuse("a name is of a-z, 0-9 and -");
      const read = readScenario(source, stageOf, id);
      if (!read.ok) return refuse(read.reason);
      const trouble = await write(folders.own, id + ending, source);
      return trouble === undefined ? ok(soundRow(read.value, "own")) : refuse(`the file could not be kept: ${trouble}`);
    },
  };
}

/** A whole file or none, whoever else keeps one of this name at the same time. Answers why it could not be written, e.g. on a full disk. */
async function write(folder: string, name: string, source: string): Promise<string | undefined> {
  const part = join(folder, `${name}.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(part, source);
    await rename(part, join(folder, name));
    return undefined;
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    return cause instanceof Error && "code" in cause && cause.code === "ENOSPC" ? "the disk is full" : String(cause);
  }
}

const blank = (id: string): Omit<ScenarioRow, "from" | "mistakes"> => ({
  lacks: [],
  id,
  title: text(id, id),
  story: text("", ""),
  city: "small",
  lasts: 0,
  rate: 1,
  tags: [],
});

export function soundRow({ scenario: id, title, story, city, lasts, rate, tags }: Scenario, from: ScenarioRow["from"]): ScenarioRow {
  return { id, title, story, city, lasts: secondsOf(lasts), rate, tags, from, mistakes: [], lacks: [] };
}
