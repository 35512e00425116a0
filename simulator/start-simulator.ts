import type { CityClock, ClockAction } from "../shared/clock.ts";
import type { Result } from "../shared/result.ts";
import { spawnThread } from "../shared/runtime/spawn-thread.ts";
import type { City } from "./city/city.ts";
import type { EngineState } from "./engine.ts";
import type { MqttAddress, SimulatorOptions } from "./simulator-options.ts";

/** As `SimulatorOptions`, with secrets that can cross threads: passwords follow from `gatewaySecret` by `gatewayPassword`. */
export type SimulatorThreadOptions = Omit<SimulatorOptions, "secrets" | "onTrouble"> & { readonly control: string; readonly gatewaySecret: string };

/** The simulator behind a thread: as `Simulator`, asked by messages. */
export interface SimulatorThread {
  readonly city: City;
  /** Connects, and resolves when the clock runs. */
  begin(mqtt: MqttAddress): Promise<CityClock>;
  /** Rejects when the thread fails. */
  readonly done: Promise<void>;
  clock(): Promise<CityClock>;
  digest(): Promise<{ readonly sha256: string; readonly messages: number }>;
  act(action: ClockAction, images?: readonly string[]): Promise<Result<CityClock>>;
  snapshot(): Promise<EngineState>;
  close(): Promise<void>;
}

type Question =
  | { readonly kind: "begin"; readonly mqtt: MqttAddress }
  | { readonly kind: "act"; readonly action: ClockAction; readonly images: readonly string[] }
  | { readonly kind: "clock" | "digest" | "snapshot" | "close" };
export type ToSimulator = Question & { readonly id: number };
export type FromSimulator =
  | { readonly kind: "city"; readonly city: City }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly reason: string }
  | { readonly kind: "trouble"; readonly text: string }
  | { readonly kind: "done" };

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Resolves when the city is built; nothing is connected before `begin`. */
export async function startSimulatorThread(
  options: SimulatorThreadOptions,
  onTrouble: (text: string) => void = () => undefined,
): Promise<SimulatorThread> {
  const worker = spawnThread(new URL("./simulator-thread.ts", import.meta.url), options);
  const pending = new Map<number, Pending>();
  const built = promised<City>();
  const done = promised<void>();
  let lastId = 0;
  let ended = false;
  const ask = (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(new Error("the simulator's thread has ended"));
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      worker.postMessage({ ...question, id: lastId });
    });
  const end = (error: Error): void => {
    ended = true;
    for (const one of [...pending.values(), built, done]) one.reject(error);
    pending.clear();
  };
  worker.on("message", (message: FromSimulator) => {
    if (message.kind === "city") return built.resolve(message.city);
    if (message.kind === "done") return done.resolve();
    if (message.kind === "trouble") return onTrouble(message.text);
    const one = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === "answer") one?.resolve(message.value);
    else one?.reject(new Error(message.reason));
  });
  worker.on("error", (error: Error) => {
    onTrouble(`the simulator's thread failed: ${error.stack ?? error.message}`);
    end(new Error("the simulator's thread failed", { cause: error }));
  });
  worker.on("exit", (code) => end(new Error(`the simulator's thread ended with ${code}`)));
  const city = await built.promise;
  return {
    city,
    done: done.promise,
    begin: (mqtt) => ask({ kind: "begin", mqtt }) as Promise<CityClock>,
    clock: () => ask({ kind: "clock" }) as Promise<CityClock>,
    digest: () => ask({ kind: "digest" }) as ReturnType<SimulatorThread["digest"]>,
    act: (action, images = []) => ask({ kind: "act", action, images }) as Promise<Result<CityClock>>,
    snapshot: () => ask({ kind: "snapshot" }) as Promise<EngineState>,
    async close() {
      try {
        if (!ended) await ask({ kind: "close" });
      } finally {
        await worker.terminate();
      }
    },
  };
}

/** A promise settled from outside; nobody has to wait for it. */
function promised<T>(): { readonly promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let [resolve, reject] = [(_: T): void => undefined, (_: Error): void => undefined];
  const promise = new Promise<T>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  promise.catch(() => undefined);
  return { promise, resolve: (value) => resolve(value), reject: (error) => reject(error) };
}
