import { pino } from "pino";
import { startBroker } from "../../broker/broker.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { allLinks } from "../../shared/runtime/link-settings.ts";
import { services } from "../../shared/services/index.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";

/** A broker in a process of its own, to be killed: forked with data folder, MQTT port, and the address and secret of the other side of all links. */
const [, , dataDir = "", port = "0", url = "", secret = ""] = process.argv;
export type Question = { readonly ask: "register" | "handoffs" };
export interface Told {
  readonly id: number;
  readonly answer: unknown;
}
const broker = await startBroker({
  dataDir,
  host: "127.0.0.1",
  mqttPort: Number(port),
  plan: buildGround("small", 1).plan,
  services,
  credentials: await loadCredentials(dataDir),
  store: { kind: "embedded" },
  retentionDays: 30,
  links: { targets: allLinks(() => ({ url })), secret, patience: { timeout: 60_000, first: 50, longest: 50, tries: 8 } },
  log: pino({ level: "warn" }, pino.destination(2)),
});
process.on("message", ({ id, question }: { id: number; question: Question }) => {
  const answer =
    question.ask === "register"
      ? broker.port.register({ service: "ucare", device: "home-real" }, { name: "test", role: "admin" })
      : Promise.resolve(broker.port.room.handoffs({ limit: 10 }));
  void answer.then((value) => process.send?.({ id, answer: value } satisfies Told));
});
process.on("disconnect", () => process.exit(0));
process.send?.({ id: 0, answer: broker.mqttPort } satisfies Told);
