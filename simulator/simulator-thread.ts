import { parentPort, workerData } from "node:worker_threads";
import { gatewayPassword } from "../shared/runtime/gateway-password.ts";
import { prepareSimulator } from "./simulator.ts";
import type { Simulator } from "./simulator-options.ts";
import type { FromSimulator, SimulatorThreadOptions, ToSimulator } from "./start-simulator.ts";

/** Entry of the simulator's thread: the same simulator, spoken to by messages. */
const port = parentPort;
if (port === null) throw new Error("the simulator's thread is started by startSimulatorThread");
const options: SimulatorThreadOptions = workerData;
const say = (message: FromSimulator): void => port.postMessage(message);

const prepared = prepareSimulator({
  ...options,
  secrets: { control: options.control, gateway: (id) => gatewayPassword(options.gatewaySecret, id) },
  onTrouble: (text) => say({ kind: "trouble", text }),
});
let simulator: Simulator | undefined;

async function answer(message: ToSimulator): Promise<unknown> {
  if (message.kind === "begin") {
    simulator = await prepared.begin(message.mqtt);
    simulator.done.then(
      () => say({ kind: "done" }),
      (error: unknown) => say({ kind: "trouble", text: String(error) }),
    );
    return simulator.clock();
  }
  if (message.kind === "close") {
    await simulator?.close();
    return undefined;
  }
  if (simulator === undefined) throw new Error("the simulator has not begun");
  if (message.kind === "act") return simulator.act(message.action, message.images);
  if (message.kind === "clock") return simulator.clock();
  return message.kind === "digest" ? simulator.digest() : simulator.snapshot();
}

port.on("message", (message: ToSimulator) => {
  answer(message).then(
    (value) => {
      say({ kind: "answer", id: message.id, value });
      if (message.kind === "close") port.close();
    },
    (error: unknown) => say({ kind: "failure", id: message.id, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
say({ kind: "city", city: prepared.city });
