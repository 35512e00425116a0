import { parentPort, workerData } from "node:worker_threads";
import { openEmbeddedStore } from "./embedded-store.ts";
import { openInfluxStore } from "./influx-store.ts";
import type { ReadingStore } from "./reading-store.ts";
import { type Reply, type Request, type ThreadData, tellError } from "./thread-protocol.ts";

/** The thread that a store lives in: takes requests, gives each to the store at once (the store decides their order), sends answers. */
const { options, services } = workerData as ThreadData;
const reply = (message: Reply) => parentPort?.postMessage(message);

const open = (): Promise<ReadingStore> =>
  options.kind === "embedded"
    ? openEmbeddedStore({ file: options.file, services })
    : openInfluxStore({ ...options, services, onRefused: (refused, reason) => reply({ refused, reason }) });

async function serve(store: ReadingStore, { id, method, args }: Request): Promise<void> {
  try {
    const call = store[method] as (...args: readonly unknown[]) => Promise<unknown>;
    reply({ id, ok: true, value: await call(...args) });
  } catch (error) {
    reply({ id, ok: false, error: tellError(error) });
  }
  if (method === "close") parentPort?.close();
}

try {
  const store = await open();
  parentPort?.on("message", (request: Request) => void serve(store, request));
  reply({ id: 0, ok: true, value: undefined });
} catch (error) {
  reply({ id: 0, ok: false, error: tellError(error) });
}
