import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Config } from "../../shared/runtime/config.ts";
import { type GivenRate, perSecond, rateGiven } from "../given-times.ts";
import { Complaint } from "../talk.ts";
import { mistakeLines, scenarioFile, scenarioNames } from "./files.ts";
import { playedJson, playedLines } from "./played-words.ts";
import { type Played, type RunRequest, runScenarios, writeReports } from "./run-scenarios.ts";
import { addSaveCommand } from "./save-command.ts";
import { template } from "./template.ts";

/** What the command line lends to a group of its commands. */
export interface Words {
  config(): Config;
  out(line: string): void;
  examples(...lines: string[]): string;
  positive(text: string): number;
  seed(text: string): number;
}

/** Progress goes to standard error: what is asked for stands on standard output alone. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `gwanje scenario …`: exit code 0 = all held, 1 = something did not, 2 = wrongly used. */
export function addScenarioCommands(program: Command, words: Words): void {
  const { config, out, examples } = words;
  const scenario = program.command("scenario").description("play, check and write scenarios: one file is demonstration, drill and test");

  scenario
    .command("run [files...]")
    .description("play scenarios in a city of their own, as fast as the chain goes, and say what held")
    .option("--all", "every scenario of the library")
    .option("--rate <r>", "city seconds per second, or max", rateGiven, "max")
    .option("--seed <n>", "another seed than the file's", words.seed)
    .option("--junit <file>", "write JUnit XML")
    .option("--report <file>", "write one HTML page with plots")
    .option("--json", "one JSON object a scenario")
    .addHelpText("after", examples("npx gwanje scenario run calm-day", "npx gwanje scenario run --all --junit junit.xml --report report.html"))
    .action(async (files: string[], options: { all?: boolean; rate: GivenRate; seed?: number; junit?: string; report?: string; json?: boolean }) => {
      const played: Played[] = [];
      const request: RunRequest = { files, all: options.all === true, rate: perSecond(options.rate), seed: options.seed };
      const held = await runScenarios(config(), request, say, (one) => {
        played.push(one);
        if (options.json === true) out(JSON.stringify(playedJson(one)));
        else for (const line of playedLines(one)) out(line);
      });
      await writeReports(played, options);
      if (!held) process.exitCode = 1;
    });

  scenario
    .command("verify <file>")
    .description("play it twice in two cities, and compare what all gateways said and what the room made of it")
    .option("--seed <n>", "another seed than the file's", words.seed)
    .option("--json", "as one JSON object")
    .addHelpText("after", examples("npx gwanje scenario verify calm-day", "npx gwanje scenario verify ./mine.yaml --seed 7"))
    .action(async (file: string, options: { seed?: number; json?: boolean }) => {
      const digests: Played["digest"][] = [];
      for (let time = 0; time < 2; time++)
        await runScenarios(config(), { files: [file], all: false, rate: null, seed: options.seed }, say, ({ digest }) => void digests.push(digest));
      const [first, second] = digests;
      const same = JSON.stringify(first) === JSON.stringify(second);
      if (options.json === true) out(JSON.stringify({ same, digests }));
      else {
        out(same ? `the same twice: ${first?.sha256} ${first?.messages}` : "the two runs differ:");
        if (!same) for (const one of digests) out(`  ${one?.sha256} ${one?.messages}, room ${one?.room}`);
      }
      if (!same) process.exitCode = 1;
    });
  addFileCommands(scenario, words);
  addSaveCommand(scenario, words);
}

function addFileCommands(scenario: Command, { config, out, examples }: Words): void {
  scenario
    .command("check <files...>")
    .description("all mistakes at once, each with its line and what was probably meant; nothing is played")
    .option("--json", "as one JSON object")
    .addHelpText("after", examples("npx gwanje scenario check ./mine.yaml", "npx gwanje scenario check calm-day --json"))
    .action(async (names: string[], options: { json?: boolean }) => {
      const files = await Promise.all(names.map((name) => scenarioFile(name, config().GWANJE_DATA_DIR)));
      if (options.json === true) out(JSON.stringify(files.map(({ path, mistakes }) => ({ path, mistakes }))));
      else for (const file of files) for (const line of file.mistakes.length === 0 ? [`${file.path}: no mistake`] : mistakeLines(file)) out(line);
      if (files.some(({ mistakes }) => mistakes.length > 0)) process.exitCode = 1;
    });

  scenario
    .command("list")
    .description("what can be played: the library, and what lies in the city's own folder")
    .option("--json", "as one JSON array")
    .addHelpText("after", examples("npx gwanje scenario list", "npx gwanje scenario list --json"))
    .action(async (options: { json?: boolean }) => {
      const { library, own } = await scenarioNames(config().GWANJE_DATA_DIR);
      const files = await Promise.all([...new Set([...own, ...library])].map((name) => scenarioFile(name, config().GWANJE_DATA_DIR)));
      const rows = files.map(({ name, path, scenario: one, mistakes }) => ({
        name,
        path,
        title: one?.title,
        city: one?.city,
        lasts: one?.lasts,
        tags: one?.tags,
        mistakes,
      }));
      if (options.json === true) {
        out(JSON.stringify(rows));
        return;
      }
      for (const { name, title, city, lasts, tags, mistakes } of rows)
        out(
          `${name.padEnd(24)} ${(lasts ?? "").padEnd(6)} ${(city ?? "").padEnd(8)} ${title?.en ?? `${mistakes.length} mistakes`}${tags?.length ? `  [${tags.join(", ")}]` : ""}`,
        );
    });

  scenario
    .command("new <name>")
    .description("write a scenario with comments that runs as it is, to be changed")
    .option("--out <file>", "where; default: <name>.yaml here")
    .addHelpText("after", examples("npx gwanje scenario new my-night", "npx gwanje scenario new my-night --out tests/my-night.yaml"))
    .action(async (name: string, options: { out?: string }) => {
      if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(name)) throw new InvalidArgumentError("a name is of a-z, 0-9 and -");
      const file = resolve(options.out ?? `${name}.yaml`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, template(name, dirname(file)), { flag: "wx" }).catch((cause: unknown) => {
        throw (cause as NodeJS.ErrnoException).code === "EEXIST" ? new Complaint(`${file} is there already`, 2) : cause;
      });
      const shown = options.out ?? `./${name}.yaml`;
      out(`${shown} is written.\n  npx gwanje scenario check ${shown}\n  npx gwanje scenario run ${shown}`);
    });
}
