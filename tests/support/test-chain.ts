import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Chain, startChain } from "../../commands/chain.ts";
import { fixedStart } from "../../commands/digest.ts";
import { leaveResponsesToPeople } from "../../commands/responses-by-hand.ts";
import type { ChronicleLine } from "../../shared/city-port.ts";
import type { CityClock } from "../../shared/clock.ts";
import { type Config, readConfig } from "../../shared/runtime/config.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";

export const minute = 60_000;
export const hour = 60 * minute;

/** The small city's settings on free ports. */
export function testConfig(over: Record<string, string> = {}): Config {
  const read = readConfig({
    GWANJE_CITY: "small",
    GWANJE_HTTP_PORT: "0",
    GWANJE_MQTT_PORT: "0",
    GWANJE_RESUME: "continue",
    GWANJE_LOG_LEVEL: "silent",
    ...over,
  });
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

export interface TestChainOptions {
  readonly config?: Config;
  readonly dataDir?: string;
  /** First instant of the city; default: the fixed start. */
  readonly start?: number;
  /** History, in hours from the first instant. */
  readonly backfillHours?: number;
  /** City seconds after the fixed start at which the clock stands still for good. */
  readonly stopAfter?: number;
  readonly rate?: number | null;
  /** Rules act by themselves, as in the product. Default: not, so that two cities can be compared. */
  readonly automatic?: boolean;
  /** Done when the broker listens and nothing has been said yet. */
  begins?(chain: Chain & { readonly dataDir: string }): Promise<void>;
}
export interface TestChain extends Chain {
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** Simulator thread and broker over real sockets, begun, in a folder of its own; closed with the test. */
export async function startTestChain(options: TestChainOptions = {}): Promise<TestChain> {
  const { config = testConfig(), start = fixedStart, backfillHours = 0, rate = null } = options;
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const failures: unknown[] = [];
  const lifecycle = createLifecycle((_part, cause) => failures.push(cause));
  const chain = await startChain({
    config,
    dataDir,
    credentials: await loadCredentials(dataDir),
    lifecycle,
    log: pino({ level: config.GWANJE_LOG_LEVEL }),
    start,
    until: start + backfillHours * hour,
    rate,
    ...(options.stopAfter === undefined ? {} : { stopAt: start + options.stopAfter * 1000 }),
  });
  const stop = async (): Promise<void> => {
    await lifecycle.close();
    if (failures.length > 0) throw new AggregateError(failures, "a part did not close");
  };
  onTestFinished(stop);
  if (options.automatic !== true) await leaveResponsesToPeople(chain.broker.port.room);
  await options.begins?.({ ...chain, dataDir });
  await chain.simulator.begin(chain.mqtt);
  return { ...chain, dataDir, stop };
}

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "gwanje-test-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Resolves when a clock that the broker has taken fulfils the wish. */
export function clockThat(chain: Chain, wish: (clock: CityClock) => boolean): Promise<CityClock> {
  return new Promise((resolve) => {
    const now = chain.broker.port.clock();
    if (now !== undefined && wish(now)) return resolve(now);
    const stop = chain.broker.port.feed.onClock((clock) => {
      if (clock === undefined || !wish(clock)) return;
      stop();
      resolve(clock);
    });
  });
}

/** What happened, without the cursor: what two runs are compared by. */
export const told = (chain: Chain, from: number, to: number): Omit<ChronicleLine, "n">[] =>
  chain.broker.port.chronicle({ from, to, limit: 100_000 }).map(({ n: _cursor, ...line }) => line);
