import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { endChildren } from "./child.ts";
import { type Figure, jsonOf, machine, tableOf } from "./figures.ts";
import { alarmsPart } from "./parts/alarms.ts";
import { chainPart } from "./parts/chain.ts";
import { cityPart } from "./parts/city.ts";
import { connectionsPart } from "./parts/connections.ts";
import { detectPart } from "./parts/detect.ts";
import { fanoutPart } from "./parts/fanout.ts";
import { generatePart } from "./parts/generate.ts";
import { latencyPart } from "./parts/latency.ts";
import type { Part } from "./parts/part.ts";
import { peersPart } from "./parts/peers.ts";
import { storePart } from "./parts/store.ts";
import { viewPart } from "./parts/view.ts";

const parts: Readonly<Record<string, Part>> = {
  chain: chainPart,
  latency: latencyPart,
  connections: connectionsPart,
  alarms: alarmsPart,
  detect: detectPart,
  store: storePart,
  fanout: fanoutPart,
  view: viewPart,
  generate: generatePart,
  city: cityPart,
  peers: peersPart,
};
/** A run that takes longer, even on a machine that has other things to do, is broken. */
const deadlineMs = 45 * 60_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const program = new Command("npm run bench --")
  .description(
    "Measures the chain on loopback, each process apart: readings per second beside a bare socket, latency, connections, alarms by the thousand, unusual series, stores, browsers by the hundred, the first view, tables, the city's speed, memory.\n" +
      "Progress goes to standard error, one table to standard output. Figures are medians of three interleaved rounds; read the ratios, not the absolutes.\n" +
      "Exit 0 unless something was lost or the ledger does not add up; a goal that is not met is shown, and does not fail.",
  )
  .option("--json", 'one line per figure: {"goal","value","unit","met"}; met is null where nothing is promised')
  .option("--quick", "short windows, one round, two hours of the city")
  .option("--peers", "also beside mosquitto with Node-RED, which have to be installed (npx fetches Node-RED)")
  .addOption(new Option("--only <part>", "one part alone").choices(Object.keys(parts)))
  .addHelpText("after", "\nExamples:\n  $ npm run bench\n  $ npm run bench -- --quick --only chain --json");

async function run(options: { json?: boolean; quick?: boolean; only?: string; peers?: boolean }): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), "gwanje-bench-"));
  let folders = 0;
  const before = machine();
  const began = Date.now();
  const clear = async (): Promise<void> => {
    await endChildren();
    await rm(root, { recursive: true, force: true });
  };
  const giveUp = (why: string): void => {
    say(why);
    void clear().finally(() => process.exit(1));
  };
  const deadline = setTimeout(() => giveUp("the benchmark takes too long: given up"), deadlineMs);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => giveUp("ended"));
  const setting = { quick: options.quick === true, folder: () => mkdtemp(join(root, `${++folders}-`)), say };
  // what has to be installed runs only for those who ask for it
  const asked = (name: string): boolean => (options.only === undefined ? name !== "peers" || options.peers === true : options.only === name);
  const figures: Figure[] = [];
  try {
    for (const [name, part] of Object.entries(parts)) if (asked(name)) figures.push(...(await part(setting)));
  } finally {
    clearTimeout(deadline);
    await clear();
  }
  say(`${before}; at the end: ${machine()}; took ${Math.round((Date.now() - began) / 1000)} s`);
  process.stdout.write(`${options.json ? jsonOf(figures) : tableOf(figures)}\n`);
  const lost = figures.filter(({ conserves, met }) => conserves === true && met !== true);
  for (const { what, value, unit } of lost) say(`lost: ${what}: ${value} ${unit}`);
  return lost.length > 0 ? 1 : 0;
}

program.action(async () => {
  process.exitCode = await run(program.opts());
});
// used wrongly: commander has said why
program.exitOverride(({ code }) => process.exit(code === "commander.helpDisplayed" ? 0 : 2));
await program.parseAsync();
