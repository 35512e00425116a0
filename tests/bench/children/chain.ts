import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { pino } from "pino";
import type { Chain } from "../../../commands/chain.ts";
import type { Ledger } from "../../../shared/city-port.ts";
import { benchDevice } from "../bench-device.ts";
import { answerParent } from "../child.ts";
import { ageOf, createDurations, type Percentiles } from "../monotonic.ts";
import { loadChain } from "../product.ts";

/** The whole chain in a process of its own: broker, log, ingest, store, console; with a simulator when a city is asked for. */
export interface Credentialed {
  readonly username: string;
  readonly password: string;
  readonly topic: string;
}
export interface Addresses {
  readonly mqtt: number;
  readonly http: string;
  readonly token: string;
}
export interface Usage {
  /** User and system time of the process so far, ms. */
  readonly cpu: number;
  readonly rss: number;
}
export interface CityRun {
  readonly connectMs: number;
  readonly runMs: number;
  readonly cpuMs: number;
  readonly ledger: Ledger;
  readonly sha256: string;
  readonly messages: number;
}

const { startChain, startRoom, fixedStart, startBroker, openStore, readConfig, loadCredentials, createLifecycle, services, buildGround } =
  await loadChain();
const log = pino({ level: "warn" }, pino.destination(2));
const lifecycle = createLifecycle((part, cause) => log.error({ part, err: cause }, "did not close"));
const settings = readConfig({ GWANJE_HTTP_PORT: "0", GWANJE_MQTT_PORT: "0", GWANJE_RESUME: "fresh", GWANJE_LOG_LEVEL: "warn" });
if (!settings.ok) throw new Error(settings.reason);
const config = settings.value;
const accepted = createDurations();
const operator = { name: "bench", role: "admin" } as const;
let chain: Pick<Chain, "broker"> & Partial<Chain>;
let reader: { readonly username: string; readonly password: string };
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const stalls = monitorEventLoopDelay({ resolution: 5 });
stalls.enable();
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

interface Registration {
  readonly prefix: string;
  readonly count: number;
  readonly as?: { readonly service: string; readonly kind: string; readonly constants?: Readonly<Record<string, number>> };
}
interface Opening {
  readonly dataDir: string;
  /** Of history; absent: there is no city, only devices of the field. */
  readonly hours?: number;
  readonly withConsole: boolean;
  /** False: no alarms. */
  readonly judge?: boolean;
}
async function open({ dataDir, hours, withConsole, judge = true }: Opening): Promise<Addresses> {
  const credentials = await loadCredentials(dataDir);
  reader = credentials.reader;
  const start = fixedStart;
  const until = start + (hours ?? 0) * 3_600_000;
  const options = { config, dataDir, credentials, lifecycle, log, start, until, stopAt: until, rate: 1, judge };
  if (hours === undefined) {
    const broker = await startBroker({
      dataDir,
      host: config.GWANJE_HOST,
      mqttPort: 0,
      plan: buildGround("default", 1).plan,
      services,
      credentials,
      store: { kind: "embedded" },
      retentionDays: config.GWANJE_RETENTION_DAYS,
      judge,
      log,
    });
    lifecycle.add("broker", () => broker.close());
    chain = { broker };
  } else chain = await startChain(options);
  const http = withConsole ? (await startRoom(options, chain as Chain)).url() : "";
  return { mqtt: chain.broker.mqttPort, http, token: credentials.tokens.admin };
}

/** Everything is in the store, or it is said how much is not. */
async function settled(): Promise<Ledger> {
  const patience = performance.now() + 20_000;
  while (chain.broker.port.ledger().pending > 0 && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 50));
  return chain.broker.port.ledger();
}

const answers = {
  field: (opening: Omit<Opening, "hours" | "withConsole">) => open({ ...opening, withConsole: true }),
  city: (opening: Opening & { readonly hours: number }) => open(opening),

  /** Registers field devices through the port, as `gwanje access device` does. */
  async register({ prefix, count, as = benchDevice }: Registration): Promise<Credentialed[]> {
    const made: Credentialed[] = [];
    for (let n = 0; n < count; n++) {
      const device = `${prefix}-${String(n).padStart(4, "0")}`;
      const access = await chain.broker.port.register({ service: as.service, kind: as.kind, constants: as.constants ?? {}, device }, operator);
      if (!access.ok) throw new Error(access.reason);
      const { username, password, topics } = access.value;
      made.push({ username, password, topic: topics.obs ?? "" });
    }
    return made;
  },
  /** From now on the age of every accepted reading's stamp is noted. */
  watch(devices: readonly string[]): void {
    for (const device of devices)
      chain.broker.port.feed.onReading(device, ({ m }) => {
        const stamp = m[benchDevice.stamped];
        if (typeof stamp === "number") accepted.add(ageOf(stamp));
      });
  },
  ages: (): Percentiles => accepted.take(),
  settled,
  accepted: (): number => chain.broker.port.ledger().accepted,
  /** Rows that the store itself counts for the loads' devices. */
  async rows(): Promise<number> {
    const rows = await chain.broker.port.aggregate({ service: benchDevice.service, metric: benchDevice.stamped, from: 0, to: 8.64e15 });
    if (!rows.ok) throw new Error(rows.reason);
    return rows.value.reduce((sum, { n }) => sum + n, 0);
  },
  /** Who may listen to public topics. */
  reader: () => reader,
  /** After a collection. */
  settledMemory(): { rss: number; heap: number } {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heap: heapUsed };
  },
  /** The longest that the loop was held up since it was asked last, ms. */
  stall(): number {
    const worst = stalls.max / 1e6;
    stalls.reset();
    return worst;
  },
  usage: (): Usage => ({ cpu: cpu(), rss: process.memoryUsage.rss() }),

  /** The backfill, from the moment when every gateway is connected until the broker hears that the city is live. */
  async backfill(): Promise<CityRun> {
    const { simulator, mqtt, broker } = chain;
    if (simulator === undefined || mqtt === undefined) throw new Error("there is no city in this chain");
    const begun = performance.now();
    const live = new Promise<number>((resolve) => {
      broker.port.feed.onClock((clock) => {
        if (clock?.phase === "live") resolve(performance.now());
      });
    });
    await simulator.begin(mqtt);
    const from = performance.now();
    const cpuFrom = cpu();
    const to = await live;
    const cpuMs = cpu() - cpuFrom;
    const ledger = await settled();
    return { connectMs: from - begun, runMs: to - from, cpuMs, ledger, ...(await simulator.digest()) };
  },
  async close(): Promise<void> {
    await lifecycle.close();
  },
  /** After closing: rows in the file of the run, as DuckDB counts them. */
  async storedRows(file: string): Promise<number> {
    const store = await openStore({ kind: "embedded", file });
    const counts = await store.count();
    await store.close();
    return Object.values(counts).reduce((sum, n) => sum + n, 0);
  },
};
export type ChainProcess = typeof answers;
answerParent(answers);
