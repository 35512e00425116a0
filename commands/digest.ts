import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Config } from "../shared/runtime/config.ts";
import { loadCredentials } from "../shared/runtime/credentials.ts";
import { createLifecycle } from "../shared/runtime/lifecycle.ts";
import { startChain } from "./chain.ts";
import { leaveResponsesToPeople } from "./responses-by-hand.ts";
import { Complaint } from "./talk.ts";

/** Where runs begin that are compared with each other: a Tuesday of a dry week, 06:00 in the city. */
export const fixedStart = Date.UTC(2026, 5, 8, 21);

export interface Digest {
  readonly sha256: string;
  readonly messages: number;
}

/** Runs the chain over real MQTT in a folder of its own and answers the transcript's digest. @throws Complaint when something was lost or refused on the way. */
export async function digest(config: Config, options: { hours: number; rate: number | null }): Promise<Digest> {
  const dataDir = await mkdtemp(join(tmpdir(), "gwanje-digest-"));
  const log = pino({ level: config.GWANJE_LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
  const lifecycle = createLifecycle((part, cause) => log.error({ part, err: cause }, "did not close"));
  lifecycle.add("folder", () => rm(dataDir, { recursive: true, force: true }));
  try {
    const credentials = await loadCredentials(dataDir);
    const stopAt = fixedStart + Math.round(options.hours * 3600) * 1000;
    // a broker or store of somebody else's belongs to a city that lives on
    const own = { GWANJE_MQTT_PORT: 0, GWANJE_STORE: "embedded", GWANJE_RESUME: "fresh", MQTT_URL: undefined } as const;
    const { broker, simulator, mqtt } = await startChain({
      config: { ...config, ...own },
      dataDir,
      credentials,
      lifecycle,
      log,
      start: fixedStart,
      until: fixedStart,
      stopAt,
      rate: options.rate,
    });
    await leaveResponsesToPeople(broker.port.room);
    await simulator.begin(mqtt);
    await simulator.done;
    const { received, accepted, lost } = broker.port.ledger();
    if (received !== accepted || lost > 0)
      throw new Complaint(`the chain did not keep everything: received ${received}, accepted ${accepted}, lost ${lost}`);
    return await simulator.digest();
  } finally {
    await lifecycle.close();
  }
}
