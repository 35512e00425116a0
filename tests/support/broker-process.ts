import { pino } from "pino";
import { startBroker } from "../../broker/broker.ts";
import type { CityPort } from "../../shared/city-port.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { JournalQuery } from "../../shared/room-port.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { services } from "../../shared/services/index.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";

/** A broker in a process of its own, to be killed: forked with the data folder and the port as arguments; answers questions of its parent. */
export type Question =
  | { readonly ask: "register"; readonly device: string; readonly service?: string; readonly constants?: Readonly<Record<string, number>> }
  | { readonly ask: "ledger" }
  | { readonly ask: "series"; readonly device: string; readonly from: number; readonly to: number }
  | { readonly ask: "act"; readonly action: RoomAction; readonly by: Actor }
  | { readonly ask: "alarm"; readonly alarm: string }
  | { readonly ask: "alarms" }
  | { readonly ask: "journal"; readonly query: JournalQuery };
export interface Told {
  readonly id: number;
  readonly answer: unknown;
}

const [, , dataDir = "", port = "0"] = process.argv;
const broker = await startBroker({
  dataDir,
  host: "127.0.0.1",
  mqttPort: Number(port),
  plan: buildGround("small", 1).plan,
  services,
  credentials: await loadCredentials(dataDir),
  store: { kind: "embedded" },
  retentionDays: 30,
  log: pino({ level: "warn" }, pino.destination(2)),
});

async function answer(question: Question, city: CityPort): Promise<unknown> {
  if (question.ask === "register") {
    const { service = "stream", device, constants } = question;
    return city.register({ service, device, ...(constants && { constants }) }, { name: "test", role: "admin" });
  }
  if (question.ask === "act") return city.room.act(question.action, question.by);
  if (question.ask === "alarm") return city.room.alarm(question.alarm) ?? null;
  if (question.ask === "alarms") return city.room.alarms();
  if (question.ask === "journal") return city.room.journal(question.query);
  if (question.ask === "ledger") return city.ledger();
  return city.series({ device: question.device, metric: "dist", from: question.from, to: question.to, points: 2000 });
}

process.on("message", ({ id, question }: { id: number; question: Question }) => {
  void answer(question, broker.port).then((value) => process.send?.({ id, answer: value } satisfies Told));
});
process.on("disconnect", () => process.exit(0));
process.send?.({ id: 0, answer: broker.mqttPort } satisfies Told);
