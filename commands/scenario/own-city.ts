import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pino } from "pino";
import type { Director } from "../../director/director.ts";
import { stageManager } from "../../director/play/scripted-actor.ts";
import type { CityPort } from "../../shared/city-port.ts";
import type { CityClock } from "../../shared/clock.ts";
import type { Config } from "../../shared/runtime/config.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { runDirector, startChain } from "../chain.ts";
import { mqttUrlOf } from "../running-city.ts";
import { Complaint } from "../talk.ts";
import { type Baseline, baselineName, hasImage, keepBaseline, programVersion, takeBaseline } from "./baseline.ts";

/** A city of its own in a temporary folder, beside whatever else runs: history and learning as its baseline has them. */
export interface OwnCity {
  readonly director: Director;
  readonly port: CityPort;
  readonly dataDir: string;
  /** Where its broker listens. */
  readonly mqtt: string;
  /** Back to the end of the baseline: standing still there, whatever was played before. */
  rewind(): Promise<void>;
  close(): Promise<void>;
}

/** The slowest that the clock can go: until it is paused not a second passes. */
const almostStill = 0.1;

export async function openOwnCity(config: Config, baseline: Baseline, say: (line: string) => void): Promise<OwnCity> {
  const dataDir = await mkdtemp(join(tmpdir(), "gwanje-scenario-"));
  const log = pino({ level: config.GWANJE_LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
  const lifecycle = createLifecycle((part, cause) => log.error({ part, err: cause }, "did not close"));
  lifecycle.add("folder", () => rm(dataDir, { recursive: true, force: true }));
  try {
    return await open();
  } catch (cause) {
    await lifecycle.close();
    throw cause;
  }

  async function open(): Promise<OwnCity> {
    const cache = join(config.GWANJE_DATA_DIR, "baselines");
    const name = baselineName(baseline, await programVersion());
    const known = await takeBaseline(cache, name, dataDir);
    const credentials = await loadCredentials(dataDir);
    // a broker or store of somebody else's belongs to a city that lives on
    const own = {
      GWANJE_MQTT_PORT: 0,
      GWANJE_STORE: "embedded",
      GWANJE_RESUME: "fresh",
      GWANJE_PROFILE: "calm",
      GWANJE_SCALE: 1,
      MQTT_URL: undefined,
    } as const;
    const theirs = {
      GWANJE_CITY: baseline.city as Config["GWANJE_CITY"],
      GWANJE_SEED: baseline.seed,
      GWANJE_HOST: "127.0.0.1",
      GWANJE_LINKS: undefined,
    };
    const options = { config: { ...config, ...own, ...theirs }, dataDir, credentials, lifecycle, log };
    const chain = await startChain({ ...options, start: baseline.start, until: baseline.until, rate: almostStill });
    const director = await runDirector(options, chain);
    const { port } = chain.broker;
    await chain.simulator.begin(chain.mqtt);
    if (!known) {
      say(`building the baseline: ${hours(baseline.until - baseline.start)} of history, kept for the next time …`);
      await live(port, say);
      while (!(await hasImage(dataDir))) await delay(50);
      await keepBaseline(cache, name, dataDir);
    }
    return {
      director,
      port,
      dataDir,
      mqtt: mqttUrlOf(chain.mqtt),
      rewind: () => rewind(port, baseline),
      close: lifecycle.close,
    };
  }
}

const hours = (ms: number): string => `${Math.round(ms / 360_000) / 10} h`;

async function rewind(port: CityPort, { until }: Baseline): Promise<void> {
  const reset = await port.act({ reset: {} }, stageManager);
  if (!reset.ok) throw new Complaint(`the city could not be set to its beginning: ${reset.reason}`);
  const paused = await port.act({ paused: true }, stageManager);
  if (!paused.ok) throw new Complaint(`the city could not be paused: ${paused.reason}`);
  if (paused.value.head !== until) throw new Complaint(`the city had gone on before it could be paused: ${paused.value.head - until} ms`);
}

/** Resolves when the history is whole; tells how far it is. */
function live(port: CityPort, say: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let told = Date.now();
    const look = (clock: CityClock | undefined): void => {
      if (clock?.phase === "live") {
        stop();
        resolve();
      } else if (clock?.until !== undefined && Date.now() - told > 2000) {
        told = Date.now();
        say(`history: ${hours(clock.mark - clock.start)} of ${hours(clock.until - clock.start)}`);
      }
    };
    const stop = port.feed.onClock(look);
    look(port.clock());
  });
}
