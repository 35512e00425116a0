import { Command, InvalidArgumentError, Option } from "commander";
import { accessAll, accessDevice, accessScreen } from "./commands/access.ts";
import { detect } from "./commands/detect.ts";
import { digest } from "./commands/digest.ts";
import { describeExplained, explain } from "./commands/explain.ts";
import { writeGenerated } from "./commands/generate.ts";
import { type GivenRate, perSecond, rateGiven } from "./commands/given-times.ts";
import { addInjectCommand } from "./commands/inject.ts";
import { type LabName, type LabRequest, labs } from "./commands/lab/lab.ts";
import { recordingCommands } from "./commands/recording/command-line.ts";
import { describeRules, ruleRows } from "./commands/rules.ts";
import { addScenarioCommands } from "./commands/scenario/scenario-commands.ts";
import { catalogueOf, describeServices } from "./commands/services.ts";
import { Complaint } from "./commands/talk.ts";
import { up } from "./commands/up.ts";
import { roles } from "./shared/roles.ts";
import { type Config, readConfig } from "./shared/runtime/config.ts";
import { services } from "./shared/services/index.ts";
import { cityNames } from "./simulator/city/ground.ts";
import { profiles } from "./simulator/devices/outage.ts";
import { resumes } from "./simulator/simulator-options.ts";

/** The command line: reads words, calls one function each, prints what it answers. */
// who reads may stop when it has seen enough (| head): that ends no city
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const print = (json: boolean, value: unknown, text: () => string): void => out(json ? JSON.stringify(value) : text());

/** Settings from the environment, with the command's own options on top. @throws Complaint naming every wrong setting. */
function config(over: Record<string, string | undefined> = {}): Config {
  // biome-ignore lint/style/noProcessEnv: the one place where the environment is read
  const read = readConfig({ ...process.env, ...over });
  if (!read.ok) throw new Complaint(read.reason, 2);
  return read.value;
}
const dataDir = (): string => config().GWANJE_DATA_DIR;

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError("give a number above 0");
  return value;
}
function seed(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffff_ffff) throw new InvalidArgumentError("give a whole number from 0 to 4294967295");
  return Number(text);
}
/** `reference=8`, gathered over several options. */
function constant(text: string, before: Record<string, number>): Record<string, number> {
  const [name = "", value = ""] = text.split("=");
  if (!/^\w+$/.test(name) || value === "" || !Number.isFinite(Number(value))) throw new InvalidArgumentError("write it as name=number");
  return { ...before, [name]: Number(value) };
}
const reach = (link: string): string =>
  `works once, within 24 hours${/\/\/(127\.|localhost|\[::1)/.test(link) ? ", on this computer only: GWANJE_HOST=0.0.0.0 opens the city to others" : ""}`;

const program = new Command("gwanje")
  .description("A simulated city and its control room")
  .showHelpAfterError("(--help shows how)")
  .configureOutput({ outputError: (text, write) => write(text) })
  .exitOverride();
const examples = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;

program
  .command("up")
  .description("run everything in this process: city, broker, store, room")
  .addOption(new Option("--city <name>", "city definition").choices([...cityNames]))
  .option("--seed <n>", "moves weather and people, not streets")
  .option("--rate <r>", "city seconds per second, 0.1 to 3600")
  .option("--scale <k>", "multiplier of devices")
  .option("--backfill <hours>", "history generated first")
  .addOption(new Option("--resume <how>", "what a second start does about the time between").choices([...resumes]))
  .addHelpText("after", examples("npm start", "npx gwanje up --rate 60 --seed 7", "GWANJE_HOST=0.0.0.0 npx gwanje up --resume gap"))
  .action(async (options: Record<string, string | undefined>) => {
    const given = {
      GWANJE_CITY: options.city,
      GWANJE_SEED: options.seed,
      GWANJE_RATE: options.rate,
      GWANJE_SCALE: options.scale,
      GWANJE_BACKFILL_HOURS: options.backfill,
      GWANJE_RESUME: options.resume,
    };
    process.exitCode = await up(config(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))), out);
  });

const access = program
  .command("access")
  .description("addresses and credentials of the city that runs here")
  .option("--json", "as one JSON object")
  .addHelpText("after", examples("npx gwanje access", "npx gwanje access --json"))
  .action(async (options: { json?: boolean }) => {
    const all = await accessAll(dataDir());
    print(options.json === true, all, () => JSON.stringify(all, null, 2));
  });
access
  .command("device <service> <device>")
  .description("register a real device; prints its credential, topics and a ready mosquitto_pub line")
  .option("--kind <kind>", "kind of device; default: the service's first")
  .option("--district <id>", "where it stands")
  .option("--name <text>", "what people call it")
  .option("--lat <degrees>", "place", Number)
  .option("--lon <degrees>", "place", Number)
  .option("--constant <name=value>", "a number of its kind, e.g. reference=8 of a gauge; may be given several times", constant, {})
  .option("--json", "as one JSON object")
  .addHelpText("after", examples("npx gwanje access device stream ws-real-1 --constant reference=8", "npx gwanje access device ucare home-1 --json"))
  .action(
    async (
      service: string,
      device: string,
      options: { kind?: string; district?: string; name?: string; lat?: number; lon?: number; constant: Record<string, number>; json?: boolean },
    ) => {
      const { json, name, constant: constants, ...place } = options;
      const named = name === undefined ? {} : { name: { ko: name, en: name } };
      const made = await accessDevice(dataDir(), {
        service,
        device,
        ...place,
        ...named,
        ...(Object.keys(constants).length > 0 ? { constants } : {}),
      });
      const lines = Object.entries(made.topics).map(([channel, topic]) => `${channel.padEnd(9)} ${topic}`);
      print(json === true || access.opts().json === true, made, () =>
        [`username  ${made.username}`, `password  ${made.password}`, `client id ${made.clientId}`, ...lines, "", made.example].join("\n"),
      );
    },
  );
access
  .command("screen <role>")
  .description(`a sign-in link and QR code for another screen (${roles.join(", ")})`)
  .option("--json", "as one JSON object")
  .addHelpText("after", examples("npx gwanje access screen viewer", "npx gwanje access screen care --json"))
  .action(async (role: string, options: { json?: boolean }) => {
    if (!roles.some((known) => known === role)) throw new Complaint(`there is no role "${role}"; known: ${roles.join(", ")}`, 2);
    const { link, qr } = await accessScreen(dataDir(), role);
    print(options.json === true || access.opts().json === true, { link }, () => `${link}\n${qr}\n${reach(link)}`);
  });

program
  .command("services")
  .description("the catalogue: services, kinds, metrics with units and ranges, events; or their rules, as scenarios name them")
  .option("--rules", "every rule: kinds of device that it judges, outcome, class, priority (1 = highest), title")
  .option("--json", "as one JSON array")
  .addHelpText("after", examples("npx gwanje services", "npx gwanje services --json", "npx gwanje services --rules"))
  .action((options: { rules?: boolean; json?: boolean }) =>
    options.rules === true
      ? print(options.json === true, ruleRows(services), () => describeRules(services))
      : print(options.json === true, catalogueOf(services), () => describeServices(services)),
  );

program
  .command("explain <alarm>")
  .description("the exact inputs, rule with version, baseline, neighbours and verdict behind an alarm of the city that runs here")
  .option("--json", "as one JSON object")
  .addHelpText("after", examples("npx gwanje explain stream-level-ws-01", "npx gwanje explain stream-level-ws-01 --json"))
  .action(async (alarm: string, options: { json?: boolean }) => {
    const explained = await explain(dataDir(), alarm);
    print(options.json === true, explained, () => describeExplained(explained));
  });

program
  .command("generate")
  .description("readings of the simulated city without a broker, as fast as the machine can")
  .requiredOption("--hours <h>", "how long", positive)
  .option("--service <id>", "this service alone")
  .addOption(new Option("--city <name>", "city definition").choices([...cityNames]).default("default"))
  .option("--scale <k>", "multiplier of devices", positive, 1)
  .option("--seed <n>", "moves weather and people, not streets", seed, 1)
  .option("--from <iso>", "first instant", "2026-06-08T21:00:00Z")
  .addOption(new Option("--format <format>", "csv or ndjson").choices(["csv", "ndjson"]).default("csv"))
  .addOption(new Option("--profile <profile>", "with or without silent gateways").choices([...profiles]).default("calm"))
  .option("--out <path>", "file, or folder with one file a service; default: standard output")
  .option("--truth <file>", "also write what was true meanwhile, an object a line")
  .addHelpText("after", examples("npx gwanje generate --hours 24 --service stream", "npx gwanje generate --hours 168 --seed 7 --out week"))
  .action(writeGenerated);

program
  .command("detect <file>")
  .description("a recorded series (timestamp,value) through the alarm path: one NDJSON line a row, with a score and the alarms")
  .requiredOption("--as <service/metric>", "what it is taken for")
  .option("--every <seconds>", "between two values, for the contract's own rules", positive, 300)
  .option("--range", "the contract's own limits and ranges judge it as well")
  .option("--json", "NDJSON, as without it")
  .addHelpText(
    "after",
    examples("npx gwanje detect flow.csv --as traffic/volume --every 300", "npx gwanje detect level.csv --as stream/level --every 60 --range"),
  )
  .action(async (file: string, options: { as: string; every: number; range?: boolean }) => {
    for await (const row of detect({ file, as: options.as, every: options.every, range: options.range === true })) out(JSON.stringify(row));
  });

program
  .command("lab <what>")
  .description(
    "weeks of the city without sockets, and what the room makes of them: quiet (alarms of ordinary life), storm (gates before the water), adviser (signals against fixed plans)",
  )
  .addOption(new Option("--city <name>", "city definition").choices([...cityNames]).default("default"))
  .option("--scale <k>", "multiplier of devices", positive, 1)
  .option("--seeds <n>", "how many seeds that nobody has chosen, or a list (7,12)", "3")
  .option("--days <d>", "how long", positive, 7)
  .option("--from <iso>", "first instant (default: June; the storm's is in August)")
  .addOption(new Option("--profile <profile>", "with or without silent gateways").choices([...profiles]).default("calm"))
  .addOption(
    new Option("--responses <how>", "storm: gates by forecast, or by their float switches alone").choices(["auto", "manual"]).default("auto"),
  )
  .addHelpText(
    "after",
    examples(
      "npx gwanje lab quiet --days 7",
      "npx gwanje lab quiet --days 7 --from 2026-07-19T21:00:00Z",
      "npx gwanje lab storm --seeds 10",
      "npx gwanje lab adviser --days 1 --seeds 1",
    ),
  )
  .action(async (what: string, options: LabRequest) => {
    if (!Object.hasOwn(labs, what)) throw new Complaint(`there is no lab "${what}"; known: ${Object.keys(labs).join(", ")}`, 2);
    const held = await labs[what as LabName](options, (line) => out(JSON.stringify(line)));
    if (!held) process.exitCode = 1;
  });

program
  .command("digest")
  .description("run the chain over real MQTT and print the transcript's digest: sha256 messages")
  .requiredOption("--hours <h>", "city hours", positive)
  .option("--seed <n>", "moves weather and people, not streets", "1")
  .addOption(new Option("--city <name>", "city definition").choices([...cityNames]).default("default"))
  .option("--rate <r>", "city seconds per second, or max", rateGiven, "max")
  .option("--json", "as one JSON object")
  .addHelpText("after", examples("npx gwanje digest --hours 1 --city small", "npx gwanje digest --hours 0.02 --rate 1"))
  .action(async (options: { hours: number; seed: string; city: string; rate: GivenRate; json?: boolean }) => {
    const made = await digest(config({ GWANJE_SEED: options.seed, GWANJE_CITY: options.city }), { ...options, rate: perSecond(options.rate) });
    print(options.json === true, made, () => `${made.sha256} ${made.messages}`);
  });

recordingCommands(program, { config: () => config(), out, examples });

const words = { config: () => config(), out, examples, positive, seed: (text: string) => Number(seed(text)) };
addScenarioCommands(program, words);
addInjectCommand(program, words);

try {
  await program.parseAsync();
} catch (cause) {
  const code = (cause as { code?: unknown }).code;
  if (cause instanceof Complaint) process.stderr.write(`${cause.message}\n`);
  else if (typeof code !== "string" || !code.startsWith("commander."))
    process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  process.exitCode =
    cause instanceof Complaint
      ? cause.code
      : code === "commander.help" || code === "commander.helpDisplayed"
        ? 0
        : typeof code === "string" && code.startsWith("commander.")
          ? 2
          : 1;
}
