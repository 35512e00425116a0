import { once } from "node:events";
import net from "node:net";
import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { startBroker } from "../../broker/broker.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { services } from "../../shared/services/index.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { startFieldBroker } from "../support/field-broker.ts";
import { tempFolder } from "../support/temp-ledger.ts";

it("a broker that cannot start leaves its folder to the next one", async () => {
  const dataDir = await tempFolder();
  const starting = startBroker({
    dataDir,
    // an address that no machine has (RFC 5737)
    host: "192.0.2.1",
    mqttPort: 0,
    plan: buildGround("small", 1).plan,
    services,
    credentials: await loadCredentials(dataDir),
    store: { kind: "embedded" },
    retentionDays: 30,
    log: pino({ level: "silent" }),
  });
  await expect(starting).rejects.toThrow("EADDRNOTAVAIL");
  const { broker, stop } = await startFieldBroker(dataDir);
  expect(broker.port.health().status).toBe("ok");
  await stop();
});

it("a broker ends at once also when somebody has connected and not signed in", async () => {
  const { broker, stop } = await startFieldBroker();
  const stranger = net.connect(broker.mqttPort, "127.0.0.1").on("error", () => undefined);
  onTestFinished(() => void stranger.destroy());
  await once(stranger, "connect");
  const ended = once(stranger, "close");
  await stop();
  await ended;
});
