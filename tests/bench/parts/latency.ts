import { type Child, startChild } from "../child.ts";
import type { BrowserProcess } from "../children/browser.ts";
import type { ChainProcess } from "../children/chain.ts";
import type { PublisherProcess } from "../children/publisher.ts";
import { conserved, type Figure, figure, type Goal, median } from "../figures.ts";
import type { Percentiles } from "../monotonic.ts";
import { megabytes, type Part, type Setting } from "./part.ts";

const connections = 1000;
/** The console's tick, ms. */
const tickMs = 50;

interface Load {
  readonly perSecond: number;
  readonly qos: 0 | 1;
  readonly p50?: Goal;
  readonly p99?: Goal;
  readonly browser?: Goal;
}
const loads: readonly Load[] = [
  { perSecond: 5000, qos: 1 },
  {
    ...{ perSecond: 20_000, qos: 0 },
    ...{ p50: { id: "G6", atMost: 0.5 }, p99: { id: "G6", atMost: 5 }, browser: { id: "G8", atMost: tickMs + 5 } },
  },
  { perSecond: 20_000, qos: 1 },
];
/** A long stretch near what the machine can do. */
const long = { perSecond: 60_000, qos: 0, seconds: 20, p99: { id: "G7", atMost: 50 } } as const;

interface Round {
  readonly offered: number;
  readonly accepted: Percentiles;
  readonly acknowledged: Percentiles;
  readonly browser: Percentiles;
  readonly cpuPerMessage: number;
}
interface World {
  readonly chain: Child<ChainProcess>;
  readonly publisher: Child<PublisherProcess>;
  readonly browser: Child<BrowserProcess>;
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const nameOf = ({ perSecond, qos }: Load): string => `latency ${perSecond}/s at QoS ${qos}`;

/** How old a reading is when it is accepted (durable in the log), and when a browser's socket hands it over, at offered rates over 1,000 connections. */
export const latencyPart: Part = async (setting) => {
  const world = await open(setting);
  const seconds = setting.quick ? 3 : 10;
  const rounds = setting.quick ? 1 : 3;
  let sent = 0;
  const results = new Map<Load, Round[]>();
  const measure = async (load: Load, length: number): Promise<Round> => {
    const { round, made } = await measured(world, load, length);
    sent += made;
    return round;
  };
  await measure({ perSecond: 5000, qos: 1 }, 1);
  for (let round = 1; round <= rounds; round++)
    for (const load of loads) {
      const made = await measure(load, seconds);
      results.set(load, [...(results.get(load) ?? []), made]);
      const { accepted, browser: seen } = made;
      setting.say(
        `${nameOf(load)}, ${round}/${rounds}: accepted ${accepted.p50.toFixed(2)} / ${accepted.p99.toFixed(2)} ms, browser ${seen.p50.toFixed(1)} / ${seen.p99.toFixed(1)} ms`,
      );
    }
  const figures = [...results].flatMap(([load, made]) => figuresOf(load, made));
  const stretch = await longStretch(world, setting);
  sent += stretch.sent;
  figures.push(...stretch.figures, ...(await conservation(world.chain, sent)));
  for (const child of Object.values(world)) await child.end();
  return figures;
};

async function open(setting: Setting): Promise<World> {
  const chain = await startChild<ChainProcess>("chain");
  const publisher = await startChild<PublisherProcess>("publisher");
  const browser = await startChild<BrowserProcess>("browser");
  const addresses = await chain.ask("field", { dataDir: await setting.folder() });
  const devices = await chain.ask("register", { prefix: "bench-latency", count: connections });
  await publisher.ask("open", { name: "chain", port: addresses.mqtt, devices, tense: "live" });
  await browser.ask("connect", { ...addresses, count: 1 });
  await chain.ask(
    "watch",
    devices.map(({ username }) => username),
  );
  return { chain, publisher, browser };
}

async function measured({ chain, publisher, browser }: World, { perSecond, qos }: Load, seconds: number): Promise<{ round: Round; made: number }> {
  await chain.ask("ages");
  await browser.ask("ages");
  const before = await chain.ask("usage");
  const made = await publisher.ask("pace", { name: "chain", perSecond, seconds, qos });
  const { cpu } = await chain.ask("usage");
  // the last tick is on its way
  await pause(150);
  const [accepted, heard] = [await chain.ask("ages"), await browser.ask("ages")];
  const round = {
    offered: made.sent / made.seconds / perSecond,
    accepted,
    acknowledged: made.acknowledgedAfter,
    browser: heard,
    cpuPerMessage: ((cpu - before.cpu) * 1000) / made.sent,
  };
  return { round, made: made.sent };
}

/** Looked at three times on its way: a queue that grows shows in the age of what comes out of it. */
async function longStretch({ chain, publisher }: World, setting: Setting): Promise<{ sent: number; figures: Figure[] }> {
  const { perSecond, qos } = long;
  const seconds = setting.quick ? 6 : long.seconds;
  await chain.ask("ages");
  const going = publisher.ask("pace", { name: "chain", perSecond, seconds, qos });
  const thirds: Percentiles[] = [];
  for (let n = 0; n < 3; n++) {
    await pause((seconds * 1000) / 3);
    thirds.push(await chain.ask("ages"));
  }
  const made = await going;
  const p99 = Math.max(...thirds.map((third) => third.p99));
  const growth = (thirds[2]?.p50 ?? Number.NaN) - (thirds[0]?.p50 ?? Number.NaN);
  setting.say(`${nameOf(long)}: p99 of the thirds ${thirds.map((third) => third.p99.toFixed(1)).join(", ")} ms`);
  const name = `${nameOf(long)} for ${seconds} s`;
  return {
    sent: made.sent,
    figures: [
      figure(`${name}: sent, of what was offered`, made.sent / made.seconds / perSecond, "x", { id: "G7", atLeast: 0.99 }),
      figure(`${name}: sensor to accepted, p99 of the worst third`, p99, "ms", long.p99),
      figure(`${name}: the middle age of the last third over that of the first (a growing queue)`, growth, "ms", { id: "G7", atMost: 10 }),
    ],
  };
}

function figuresOf(load: Load, rounds: readonly Round[]): Figure[] {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const name = nameOf(load);
  const ages = (what: string, pick: (round: Round) => Percentiles, { p50 = {}, p99 = {} }: Pick<Load, "p50" | "p99">): Figure[] => [
    figure(
      `${name}: ${what}, p50`,
      of((round) => pick(round).p50),
      "ms",
      p50,
    ),
    figure(
      `${name}: ${what}, p99`,
      of((round) => pick(round).p99),
      "ms",
      p99,
    ),
  ];
  return [
    figure(
      `${name}: sent, of what was offered`,
      of(({ offered }) => offered),
      "x",
      { atLeast: 0.99 },
    ),
    ...ages("sensor to accepted", ({ accepted }) => accepted, load),
    ...(load.qos === 1 ? ages("write to PUBACK", ({ acknowledged }) => acknowledged, {}) : []),
    ...ages("sensor to browser, the oldest change of a tick", ({ browser }) => browser, load.browser === undefined ? {} : { p99: load.browser }),
    figure(
      `${name}: CPU of the chain's process`,
      of(({ cpuPerMessage }) => cpuPerMessage),
      "us/message",
    ),
  ];
}

async function conservation(chain: Child<ChainProcess>, sent: number): Promise<Figure[]> {
  const ledger = await chain.ask("settled");
  return [
    conserved(`latency: of ${sent} readings sent, not accepted`, sent - ledger.accepted, "readings"),
    conserved("latency: accepted, not among the store's rows", ledger.accepted - (await chain.ask("rows")), "readings"),
    figure("memory of the chain's process after part latency", megabytes((await chain.ask("usage")).rss), "MB"),
  ];
}
