import { createSocket } from "node:dgram";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { startProgram } from "./program.ts";

const nodeRed = "node-red@4.1.15";
const mosquittoMissing = "there is no mosquitto: `apt-get install mosquitto`, or leave --peers out";
const nodeRedMissing = `${nodeRed} did not start: it is fetched by \`npx --yes ${nodeRed}\`, which needs npm and its registry; or leave --peers out`;
/** npx may have to fetch it. */
const patienceMs = 180_000;
const batch = 100;

/** mosquitto and Node-RED, wired as people do: in, JSON, a threshold, a hundred lines a write. */
export interface Peers {
  readonly mqtt: number;
  taken(): number;
  end(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function flow(mqtt: number, file: string): string {
  const node = (id: string, type: string, next: string | undefined, rest: object) => ({
    id,
    type,
    z: "tab",
    x: 0,
    y: 0,
    wires: next === undefined ? [] : [[next]],
    ...rest,
  });
  const threshold =
    'global.get("tally").taken++; const r = msg.payload; msg.payload = r.d + "," + r.t + "," + r.m.cycle + "," + (r.m.green_main > 60 ? "high" : "ok"); return msg;';
  return JSON.stringify([
    { id: "tab", type: "tab", label: "bench" },
    { id: "broker", type: "mqtt-broker", broker: "127.0.0.1", port: mqtt, protocolVersion: 4, keepalive: 60, cleansession: true, autoConnect: true },
    node("in", "mqtt in", "json", { topic: "#", qos: "0", datatype: "buffer", broker: "broker", inputs: 0 }),
    node("json", "json", "rule", { property: "payload", action: "obj" }),
    node("rule", "function", "batch", { func: threshold, outputs: 1 }),
    node("batch", "batch", "join", { mode: "count", count: batch, overlap: 0, interval: 10, allowEmptySequence: false, topics: [] }),
    node("join", "join", "file", {
      mode: "custom",
      build: "string",
      property: "payload",
      propertyType: "msg",
      joiner: "\\n",
      joinerType: "str",
      count: String(batch),
    }),
    node("file", "file", undefined, { filename: file, filenameType: "str", appendNewline: true, overwriteFile: "false" }),
  ]);
}

/** It tells its count every five milliseconds in a datagram: asking it over HTTP would cost it more. */
const settings = (port: number, tally: number): string =>
  `const tally = { taken: 0 };
const socket = require("node:dgram").createSocket("udp4");
setInterval(() => socket.send(String(tally.taken), ${tally}, "127.0.0.1"), 5);
module.exports = { uiHost: "127.0.0.1", uiPort: ${port}, httpAdminRoot: false, httpNodeRoot: false, flowFile: "flows.json", functionGlobalContext: { tally },
  editorTheme: { tours: false }, telemetry: { enabled: false }, logging: { console: { level: "error" } } };
`;

/** @throws Error that says how to get what is missing. */
export async function startPeers(folder: string): Promise<Peers> {
  const [mqtt, ui] = [await freePort(), await freePort()];
  const conf = join(folder, "mosquitto.conf");
  await writeFile(
    conf,
    `listener ${mqtt} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\nset_tcp_nodelay true\npersistence false\nlog_type error\n`,
  );
  const mosquitto = await startProgram("mosquitto", ["-c", conf], mosquittoMissing);
  const counts = createSocket("udp4");
  let taken: number | undefined;
  counts.on("message", (said) => {
    taken = Number(said.toString());
  });
  counts.bind(0, "127.0.0.1");
  await once(counts, "listening");
  await writeFile(join(folder, "flows.json"), flow(mqtt, join(folder, "out.csv")));
  await writeFile(join(folder, "settings.js"), settings(ui, counts.address().port));
  const red = await startProgram("npx", ["--yes", nodeRed, "--userDir", folder, "--settings", join(folder, "settings.js")], nodeRedMissing);
  for (const until = Date.now() + patienceMs; taken === undefined; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (Date.now() > until) throw new Error(nodeRedMissing);
  // its flow starts and subscribes a little after its settings
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return {
    mqtt,
    taken: () => taken ?? 0,
    async end() {
      await red.end();
      await mosquitto.end();
      counts.close();
    },
  };
}
