import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { startChild } from "../child.ts";
import type { BrowserProcess } from "../children/browser.ts";
import type { ChainProcess, CityRun } from "../children/chain.ts";
import type { EngineProcess, EngineRun } from "../children/engine.ts";
import { conserved, type Figure, figure, median } from "../figures.ts";
import { megabytes, type Part, type Setting } from "./part.ts";

/** A run of the whole chain, and what it left behind. */
interface Backfill extends CityRun {
  readonly speed: number;
  readonly rss: number;
  readonly rows: number;
}

/** History of the default city through the whole chain, as `gwanje up` makes it, and the simulator alone. */
export const cityPart: Part = async (setting) => {
  const hours = setting.quick ? 2 : 24;
  const engine = await engineAlone(setting, hours);
  const whole = await backfill(setting, hours);
  const figures = [...speedOf(hours, engine, whole), ...conservation(hours, engine, whole)];
  const pairs: number[] = [];
  const pairHours = setting.quick ? 2 : 4;
  let watched: Backfill | undefined;
  for (let round = 0; round < (setting.quick ? 1 : 3); round++) {
    const alone = await backfill(setting, pairHours);
    watched = await backfill(setting, pairHours, { withConsole: true });
    pairs.push(watched.speed / alone.speed);
  }
  figures.push(figure(`city ${pairHours} h: with one browser over without a console`, median(pairs), "x"));
  if (watched) figures.push(figure(`city ${pairHours} h with one browser`, watched.speed, "city s/s"));
  figures.push(await alarmsOfCity(setting));
  figures.push(figure(`memory of the chain's process after ${hours} h of the city`, megabytes(whole.rss), "MB"));
  if (watched) figures.push(figure(`memory of the chain's process after ${pairHours} h with one browser`, megabytes(watched.rss), "MB"));
  return figures;
};

/** What judging costs where everybody speaks: an hour of the city, with alarms and without, one after the other. */
async function alarmsOfCity(setting: Setting): Promise<Figure> {
  const shares: number[] = [];
  for (let round = 0; round < (setting.quick ? 1 : 3); round++) {
    const judged = await backfill(setting, 1);
    const unjudged = await backfill(setting, 1, { judge: false });
    shares.push(1 - judged.speed / unjudged.speed);
  }
  return figure("city 1 h: alarms, share of the chain's speed without them", median(shares), "", { atMost: 0.15 });
}

async function engineAlone(setting: Setting, hours: number): Promise<EngineRun> {
  const child = await startChild<EngineProcess>("engine");
  const made = await child.ask("run", { hours });
  await child.end();
  setting.say(`city: simulator alone, ${hours} h in ${(made.runMs / 1000).toFixed(1)} s`);
  return made;
}

async function backfill(setting: Setting, hours: number, { withConsole = false, judge = true } = {}): Promise<Backfill> {
  const dataDir = await setting.folder();
  const chain = await startChild<ChainProcess>("chain");
  const addresses = await chain.ask("city", { dataDir, hours, withConsole, judge });
  const browser = withConsole ? await startChild<BrowserProcess>("browser") : undefined;
  await browser?.ask("connect", { ...addresses, count: 1 });
  const made = await chain.ask("backfill");
  const { rss } = await chain.ask("usage");
  await browser?.end();
  await chain.ask("close");
  const rows = await chain.ask("storedRows", await fileOfRun(join(dataDir, "runs")));
  await chain.end();
  const speed = (hours * 3_600_000) / made.runMs;
  const { accepted, messages } = made.ledger;
  setting.say(
    `city: ${hours} h ${withConsole ? "with one browser" : "without a console"}${judge ? "" : ", without alarms"}: ${(made.runMs / 1000).toFixed(1)} s (${Math.round(speed)} city s/s), ` +
      `${messages} messages, ${accepted} readings and events, ${(made.cpuMs / 1000).toFixed(1)} s CPU; ${(made.connectMs / 1000).toFixed(1)} s to connect`,
  );
  return { ...made, speed, rss, rows };
}

/** The one run's file; the other is the field's. */
async function fileOfRun(dir: string): Promise<string> {
  const file = (await readdir(dir)).find((name) => name.endsWith(".duckdb") && name !== "field.duckdb");
  if (file === undefined) throw new Error("the city's run left no store");
  return join(dir, file);
}

const speedOf = (hours: number, engine: EngineRun, whole: Backfill): Figure[] => [
  figure(`city ${hours} h: through the whole chain, no console`, whole.speed, "city s/s", { id: "G13", atLeast: 3600 }),
  figure(`city ${hours} h: through the whole chain, took`, whole.runMs / 1000, "s"),
  figure(`city ${hours} h: simulator alone`, (hours * 3_600_000) / engine.runMs, "city s/s"),
  figure(`city ${hours} h: chain over simulator alone`, engine.runMs / whole.runMs, "x"),
  figure(`city ${hours} h: CPU of the chain's process, simulator included`, (whole.cpuMs * 1000) / whole.ledger.messages, "us/message"),
];

const conservation = (hours: number, engine: EngineRun, { ledger, sha256, messages, rows }: Backfill): Figure[] => [
  conserved(
    `city ${hours} h: of ${engine.messages} messages of the simulator alone, not the same bytes`,
    sha256 === engine.sha256 ? 0 : messages,
    "messages",
  ),
  conserved(
    `city ${hours} h: of ${engine.readings} readings and ${engine.events} events, not accepted`,
    engine.readings + engine.events - ledger.accepted,
    "",
  ),
  conserved(`city ${hours} h: received, not accepted`, ledger.received - ledger.accepted, ""),
  conserved(`city ${hours} h: accepted, not stored (the ledger)`, ledger.accepted - ledger.stored, ""),
  conserved(`city ${hours} h: of ${engine.rows} rows (readings of one device at one instant are one), not in the store`, engine.rows - rows, "rows"),
];
