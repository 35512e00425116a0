import { copyFile, rename, rm } from "node:fs/promises";
import type { Worker } from "node:worker_threads";
import { spawnThread } from "../../shared/runtime/spawn-thread.ts";
import type { Service } from "../../shared/service.ts";
import { services as catalogue } from "../../shared/services/index.ts";
import type { ReadingStore } from "./reading-store.ts";
import { errorOf, type Method, packBatch, type Reply, type Request, type StoreOptions, type ThreadData } from "./thread-protocol.ts";

export type { StoreOptions } from "./thread-protocol.ts";

interface Extras {
  /** Default: the catalogue. */
  readonly services?: readonly Service[];
  /** Told of lines that InfluxDB will never take; they count as stored, so that one bad line does not hold up the rest. */
  readonly onRefused?: (lines: readonly string[], reason: string) => void;
}

/** Opens the chosen store in a thread of its own. If the thread ends by itself, everything asked of it rejects. */
export async function openStore(options: StoreOptions, { services = catalogue, onRefused }: Extras = {}): Promise<ReadingStore> {
  if (options.kind === "embedded" && options.from !== undefined) {
    await rm(`${options.file}.wal`, { force: true });
    await copyFile(options.from, `${options.file}.part`);
    await rename(`${options.file}.part`, options.file);
  }
  const data: ThreadData = { options, services: services.map((service) => ({ ...service, derived: [] })) };
  const thread = createCalls(spawnThread(new URL("./store-thread.ts", import.meta.url), data), onRefused);
  try {
    await thread.opened;
  } catch (error) {
    await thread.end();
    throw error;
  }
  return {
    append: async (batch) => {
      const packed = packBatch(batch);
      await thread.call("append", [packed.batch], packed.buffers);
    },
    position: () => thread.call("position", []),
    count: () => thread.call("count", []),
    series: (query) => thread.call("series", [query]),
    spans: (query) => thread.call("spans", [query]),
    aggregate: (query) => thread.call("aggregate", [query]),
    lastAbove: (query) => thread.call("lastAbove", [query]),
    latest: (service) => thread.call("latest", [service]),
    expire: (before) => thread.call("expire", [before]),
    snapshot: (to) => thread.call("snapshot", [to]),
    close: async () => {
      await thread.call("close", []);
      await thread.end();
    },
  };
}

type Answer<M extends Method> = Awaited<ReturnType<ReadingStore[M]>>;
interface Calls {
  readonly opened: Promise<void>;
  call<M extends Method>(method: M, args: Parameters<ReadingStore[M]>, buffers?: ArrayBuffer[]): Promise<Answer<M>>;
  end(): Promise<void>;
}

function createCalls(worker: Worker, onRefused: Extras["onRefused"]): Calls {
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let ended: Error | undefined;
  let id = 0;
  const expect = <T>(key: number): Promise<T> => new Promise<T>((resolve, reject) => pending.set(key, { resolve, reject }));
  const endAll = (error: Error) => {
    ended ??= error;
    for (const { reject } of pending.values()) reject(ended);
    pending.clear();
  };
  worker.on("message", (reply: Reply) => {
    if ("refused" in reply) return onRefused?.(reply.refused, reply.reason);
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value as never);
    else waiting?.reject(errorOf(reply.error));
  });
  worker.on("error", (cause) =>
    endAll(new Error(`The store's thread has crashed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })),
  );
  worker.on("exit", () => endAll(new Error("The store is closed")));
  return {
    opened: expect<void>(0),
    call: <M extends Method>(method: M, args: Parameters<ReadingStore[M]>, buffers: ArrayBuffer[] = []) => {
      if (ended !== undefined) return Promise.reject(ended);
      id++;
      const answer = expect<Answer<M>>(id);
      worker.postMessage({ id, method, args } satisfies Request, buffers);
      return answer;
    },
    end: async () => {
      await worker.terminate();
    },
  };
}
