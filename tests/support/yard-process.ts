import { pino } from "pino";
import { startBroker } from "../../broker/broker.ts";
import type { Response } from "../../shared/alarm-rule.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { text } from "../../shared/text.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { operator, yardWith } from "./command-world.ts";

/** A broker of the yard in a process of its own, to be killed: forked with the data folder, the port, and the seconds of its response's countdown. */
export type YardQuestion =
  | { readonly ask: "register"; readonly device: string; readonly kind: string }
  | { readonly ask: "act"; readonly action: RoomAction }
  | { readonly ask: "room" };
export interface YardTold {
  readonly id: number;
  readonly answer: unknown;
}

const [, , dataDir = "", port = "0", countdown = "2"] = process.argv;
const shut: Response<"gate" | "lamp"> = {
  id: "shut",
  title: text("문 닫기", "Close the gate"),
  rule: "flood",
  op: "close",
  args: {},
  on: "self",
  countdown: Number(countdown),
  guards: [],
  mode: "auto",
};
const broker = await startBroker({
  dataDir,
  host: "127.0.0.1",
  mqttPort: Number(port),
  plan: buildGround("small", 1).plan,
  services: [yardWith([shut], 300)],
  credentials: await loadCredentials(dataDir),
  store: { kind: "embedded" },
  retentionDays: 30,
  // the store knows the catalogue alone, and says so: the log keeps what it does not take
  log: pino({ level: "silent" }),
});

async function answer(question: YardQuestion): Promise<unknown> {
  const { room } = broker.port;
  if (question.ask === "register") return broker.port.register({ service: "yard", ...question }, { name: "test", role: "admin" });
  if (question.ask === "act") return room.act(question.action, operator);
  return { commands: room.commands({ limit: 100 }), responses: room.responses(), journal: room.journal({ limit: 1000 }) };
}

process.on("message", ({ id, question }: { id: number; question: YardQuestion }) => {
  void answer(question).then((value) => process.send?.({ id, answer: value } satisfies YardTold));
});
process.on("disconnect", () => process.exit(0));
process.send?.({ id: 0, answer: broker.mqttPort } satisfies YardTold);
