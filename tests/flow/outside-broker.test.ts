import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { describeWithPrograms, freePort, programOf } from "../support/programs.ts";
import { clockThat, startTestChain, temporaryFolder, testConfig } from "../support/test-chain.ts";

interface Mosquitto {
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

async function startMosquitto(): Promise<Mosquitto> {
  const dir = await temporaryFolder();
  const port = await freePort();
  const file = join(dir, "mosquitto.conf");
  const settings = [
    `listener ${port} 127.0.0.1`,
    "allow_anonymous true",
    "max_queued_messages 0",
    "max_inflight_messages 1000",
    "set_tcp_nodelay true",
  ];
  await writeFile(file, [...settings, "user root", "persistence true", `persistence_location ${dir}/`, "autosave_interval 1", ""].join("\n"));
  let child: ReturnType<typeof spawn> | undefined;
  const start = async (): Promise<void> => {
    child = spawn(programOf("mosquitto") ?? "", ["-c", file], { stdio: "ignore" });
    await vi.waitFor(() => answers(port), { timeout: 5000 });
  };
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  onTestFinished(kill);
  await start();
  return { url: `mqtt://127.0.0.1:${port}`, kill, start };
}

const answers = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });

describeWithPrograms("a city behind somebody else's broker", ["mosquitto"], () => {
  it("is taken in whole: the same transcript, every message accepted and stored", async () => {
    const { url } = await startMosquitto();
    const own = await startTestChain({ stopAfter: 1800 });
    await own.simulator.done;
    const outside = await startTestChain({ stopAfter: 1800, config: testConfig({ MQTT_URL: url }) });
    await outside.simulator.done;
    expect(await outside.simulator.digest()).toEqual(await own.simulator.digest());
    const { accepted: wanted } = own.broker.port.ledger();
    await vi.waitFor(
      () => {
        const { received, accepted, stored, lost, refused } = outside.broker.port.ledger();
        expect({ received, accepted, stored, lost, refused }).toEqual({ received: wanted, accepted: wanted, stored: wanted, lost: 0, refused: 0 });
      },
      { timeout: 10_000 },
    );
  });

  it("says that the broker is away, and goes on when it is back", async () => {
    const mosquitto = await startMosquitto();
    const chain = await startTestChain({ rate: 60, config: testConfig({ MQTT_URL: mosquitto.url }) });
    const before = await clockThat(chain, ({ phase, mark, start }) => phase === "live" && mark > start + 60_000);
    await mosquitto.kill();
    await vi.waitFor(() => expect(chain.broker.port.health().parts.mqtt).toMatchObject({ status: "degraded" }));
    await mosquitto.start();
    await clockThat(chain, ({ mark }) => mark > before.mark + 120_000);
    expect(chain.broker.port.health().parts.mqtt).toMatchObject({ status: "ok" });
    expect(chain.broker.port.ledger().refused).toBe(0);
  });
});
