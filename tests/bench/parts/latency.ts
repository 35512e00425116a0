import { type Child, startChild } from "../child.ts";
import type { BrowserProcess } from "../children/browser.ts";
import type { ChainProcess } from "../children/chain.ts";
import type { PublisherProcess } from "../children/publisher.ts";
import { conserved, type Figure, figure, type Goal, median } from "../figures.ts";
import type { Percentiles } from "../monotonic.ts";
import { megabytes, type Part } from "./part.ts";

const rates = [5000, 20_000] as const;
const connections = 1000;

interface Round {
  readonly offered: number;
  readonly accepted: Percentiles;
  readonly acknowledged: Percentiles;
  readonly browser: Percentiles;
  readonly cpuPerMessage: number;
}

/** How old a reading is when it is accepted, and when a browser's socket hands it over, at two offered rates over 1,000 connections. */
export const latencyPart: Part = async (setting) => {
  const chain = await startChild<ChainProcess>("chain");
  const publisher = await startChild<PublisherProcess>("publisher");
  const browser = await startChild<BrowserProcess>("browser");
  const addresses = await chain.ask("field", { dataDir: await setting.folder() });
  const devices = await chain.ask("register", { prefix: "bench-latency", count: connections });
  await publisher.ask("open", { name: "chain", port: addresses.mqtt, devices, tense: "live" });
  await browser.ask("connect", { ...addresses, count: 1 });
  const names = devices.map(({ username }) => username);
  await chain.ask("watch", names);
  const seconds = setting.quick ? 3 : 10;
  const rounds = setting.quick ? 1 : 3;
  let sent = 0;
  const results = new Map<number, Round[]>();
  const measure = async (perSecond: number, length: number): Promise<Round> => {
    await chain.ask("ages");
    await browser.ask("ages");
    const before = await chain.ask("usage");
    const made = await publisher.ask("pace", { name: "chain", perSecond, seconds: length });
    sent += made.sent;
    const { cpu } = await chain.ask("usage");
    // the last tick is on its way
    await new Promise((resolve) => setTimeout(resolve, 150));
    const [accepted, heard] = [await chain.ask("ages"), await browser.ask("ages")];
    return {
      offered: made.sent / made.seconds / perSecond,
      accepted,
      acknowledged: made.acknowledgedAfter,
      browser: heard,
      cpuPerMessage: ((cpu - before.cpu) * 1000) / made.sent,
    };
  };
  await measure(rates[0], 1);
  for (let round = 1; round <= rounds; round++)
    for (const rate of rates) {
      const made = await measure(rate, seconds);
      results.set(rate, [...(results.get(rate) ?? []), made]);
      const { accepted, browser: seen } = made;
      setting.say(
        `latency ${round}/${rounds}: ${rate}/s: accepted ${accepted.p50.toFixed(2)} / ${accepted.p99.toFixed(2)} ms, browser ${seen.p50.toFixed(1)} / ${seen.p99.toFixed(1)} ms`,
      );
    }
  const figures = [...results].flatMap(([rate, made]) => figuresOf(rate, made));
  figures.push(...(await conservation(chain, sent)));
  for (const child of [chain, publisher, browser]) await child.end();
  return figures;
};

function figuresOf(rate: number, rounds: readonly Round[]): Figure[] {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const at = `${rate}/s`;
  const goal = (limit: Goal): Goal => (rate === 20_000 ? limit : {});
  return [
    figure(
      `latency ${at}: sent, of what was offered`,
      of(({ offered }) => offered),
      "x",
      { atLeast: 0.99 },
    ),
    figure(
      `latency ${at}: sensor to accepted (durable in the log), p50`,
      of(({ accepted }) => accepted.p50),
      "ms",
      goal({ atMost: 1 }),
    ),
    figure(
      `latency ${at}: sensor to accepted, p99`,
      of(({ accepted }) => accepted.p99),
      "ms",
      goal({ atMost: 10 }),
    ),
    figure(
      `latency ${at}: write to PUBACK, p50`,
      of(({ acknowledged }) => acknowledged.p50),
      "ms",
    ),
    figure(
      `latency ${at}: write to PUBACK, p99`,
      of(({ acknowledged }) => acknowledged.p99),
      "ms",
    ),
    figure(
      `latency ${at}: sensor to browser, p50`,
      of(({ browser }) => browser.p50),
      "ms",
    ),
    figure(
      `latency ${at}: sensor to browser, p99`,
      of(({ browser }) => browser.p99),
      "ms",
      { atMost: 60 },
    ),
    figure(
      `latency ${at}: CPU of the chain's process`,
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
