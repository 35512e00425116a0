import { writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Command } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import type { Config } from "../../shared/runtime/config.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import { durationGiven, instantGiven } from "../given-times.ts";
import { takeRecordings } from "../recording/kept-recordings.ts";
import { Complaint, get, getText } from "../talk.ts";

interface SaveWords {
  config(): Config;
  out(line: string): void;
  examples(...lines: string[]): string;
}
interface SaveOptions {
  readonly out: string;
  readonly from?: number;
  readonly to?: number;
  readonly last?: number;
}

/** `gwanje scenario save`: what just happened in the running city, as a file that is checked and run like any other. */
export function addSaveCommand(scenario: Command, { config, out, examples }: SaveWords): void {
  scenario
    .command("save")
    .description("what happened in the city that runs here, as a scenario: injections, what people did, and what the room made of it")
    .requiredOption("--out <file>", "where; its name without .yaml is the scenario's")
    .option("--last <duration>", "up to now, e.g. 30m of city time", durationGiven)
    .option("--from <iso>", "city time", instantGiven)
    .option("--to <iso>", "city time; default: now", instantGiven)
    .addHelpText(
      "after",
      examples(
        "npx gwanje scenario save --last 1h --out ./last-hour.yaml",
        "npx gwanje scenario save --from 2026-07-14T18:00+09:00 --to 2026-07-14T21:00+09:00 --out ./the-night.yaml",
      ),
    )
    .action(async (options: SaveOptions) => {
      const file = resolve(options.out);
      const id = basename(file, ".yaml");
      if (!file.endsWith(".yaml") || !/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(id))
        throw new Complaint("--out: write it as ./a-name.yaml; a name is of a-z, 0-9 and -", 2);
      const { from, to } = await spanOf(config().GWANJE_DATA_DIR, options);
      const text = await getText(config().GWANJE_DATA_DIR, `/api/v1/scenarios/from-span?from=${from}&to=${to}&id=${id}`);
      await writeFile(file, text, { flag: "wx" }).catch((cause: unknown) => {
        throw (cause as NodeJS.ErrnoException).code === "EEXIST" ? new Complaint(`${file} is there already`, 2) : cause;
      });
      await takeRecordings(config().GWANJE_DATA_DIR, timelineIn(text), dirname(file));
      out(`${options.out} is written.\n  npx gwanje scenario check ${options.out}\n  npx gwanje scenario run ${options.out}`);
    });
}

/** Of a file that was just made: its steps are as the schema has them. */
const timelineIn = (text: string): Pick<Scenario, "timeline"> => parse(text) as Pick<Scenario, "timeline">;

async function spanOf(dataDir: string, { from, to, last }: SaveOptions): Promise<{ from: number; to: number }> {
  if ((from === undefined) === (last === undefined)) throw new Complaint("give --last, or --from (and --to)", 2);
  const { mark } = z.object({ mark: z.number() }).parse(await get(dataDir, "/api/v1/city"));
  const end = to ?? mark;
  return { from: from ?? end - (last ?? 0) * 1000, to: end };
}
