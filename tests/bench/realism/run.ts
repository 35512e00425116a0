import { randomInt } from "node:crypto";
import { Command, InvalidArgumentError, Option } from "commander";
import { statistics, type Topic } from "./bands.ts";
import { gapValues, together } from "./gaps.ts";
import { type Finding, judge, verdict } from "./judge.ts";
import { type Judged, writePage } from "./page.ts";
import { type RunReport, runAll } from "./run-all.ts";
import { processorSeconds, type RunTopic, runTopics } from "./runs.ts";
import { tableOf } from "./table.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("a number above 0");
  return value;
};
const seedList = (text: string): number[] => {
  const seeds = text.split(",").map(Number);
  if (!seeds.every(Number.isSafeInteger)) throw new InvalidArgumentError("whole numbers with commas between them");
  return seeds;
};

interface Options {
  readonly seeds?: readonly number[];
  readonly weeks: number;
  readonly scale: number;
  readonly jobs: number;
  readonly service?: RunTopic;
  readonly json?: boolean;
  readonly write?: boolean;
}
const program = new Command("npm run realism --")
  .description(
    "Generates weeks of the city in the field (gateways fall silent) and holds statistics of what its sensors say against those of real streams.\n" +
      "A value is the median over the sensors, then over the seeds. Progress goes to standard error, tables to standard output.\n" +
      "Exit 1 where a pass mark fails: nine of ten statistics of a service inside their bands, none outside by more than its band is wide, every mark met.",
  )
  .option("--seeds <list>", "seeds to repeat, e.g. 7,8,9; default: three that nobody has chosen", seedList)
  .option("--weeks <n>", "weeks of the city; water and waste thirteen times as many", positive, 4)
  .option("--scale <n>", "multiplier of devices", positive, 1)
  .option("--jobs <n>", "processes side by side", positive, 2)
  .addOption(new Option("--service <service>", "one alone").choices(runTopics))
  .option("--json", "one line for each statistic")
  .option("--write", "figures and pictures of docs/realism.md")
  .addHelpText("after", "\nExamples:\n  $ npm run realism\n  $ npm run realism -- --service traffic --scale 0.2 --seeds 7,8,9");

function findingsOf(topic: Topic, values: readonly Readonly<Record<string, number>>[]): readonly Finding[] {
  return statistics[topic].map((statistic) =>
    judge(
      statistic,
      values.map((one) => one[statistic.id] ?? Number.NaN),
    ),
  );
}
/** By service, and missing data of all of them, one set of values for each seed. */
function valuesOf(topic: Topic, reports: readonly RunReport[], seeds: readonly number[]): readonly Readonly<Record<string, number>>[] {
  return seeds.map((seed) => {
    const own = reports.filter(({ run }) => run.seed === seed);
    if (topic === "missing") return gapValues(together(own.map(({ measured }) => measured.gaps)));
    return own.find(({ run }) => run.topic === topic)?.measured.values ?? {};
  });
}

async function run({ seeds = [1, 2, 3].map(() => randomInt(1, 2 ** 31)), weeks, scale, jobs, service, json, write }: Options): Promise<number> {
  const chosen = runTopics.filter((topic) => service === undefined || topic === service);
  const runs = seeds.flatMap((seed) => chosen.map((topic) => ({ topic, seed, weeks, scale })));
  const minutes = runs.reduce((sum, one) => sum + processorSeconds(one), 0) / 60 / jobs;
  say(`seeds ${seeds.join(",")}; ${weeks} weeks, scale ${scale}: about ${Math.ceil(minutes)} min on ${jobs} idle cores`);
  const began = Date.now();
  let told = began;
  const reports = await runAll(runs, jobs, (share) => {
    if (Date.now() - told < 10_000) return;
    told = Date.now();
    say(`${Math.round(100 * share)} %, ${Math.round((told - began) / 1000)} s`);
  });
  const page: Judged[] = [];
  for (const topic of [...chosen, "missing"] as const) {
    const findings = findingsOf(topic, valuesOf(topic, reports, seeds));
    const judged = verdict(findings);
    page.push({ topic, findings, verdict: judged });
    const lines = json
      ? findings.map(({ id, value, inside, by, bySeed }) => JSON.stringify({ topic, id, value, inside, by, bySeed })).join("\n")
      : `${tableOf(topic, findings, judged)}${judged.failures.map((failure) => `\n  - ${failure}`).join("")}\n`;
    process.stdout.write(`${lines}\n`);
  }
  if (write)
    await writePage(page, reports, `Seeds ${seeds.join(", ")}; ${weeks} weeks, water and waste ${13 * weeks}; scale ${scale}; medians of the seeds.`);
  say(`seeds ${seeds.join(",")}; took ${Math.round((Date.now() - began) / 1000)} s`);
  return page.every((one) => one.verdict.passes) ? 0 : 1;
}

program.action(async () => {
  process.exitCode = await run(program.opts<Options>());
});
// used wrongly: commander has said why
program.exitOverride(({ code }) => process.exit(code === "commander.helpDisplayed" ? 0 : 2));
await program.parseAsync();
