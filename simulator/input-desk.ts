import type { CommandMessage } from "../shared/command.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Injection, InjectionState } from "../shared/scenario/injection.ts";
import type { Engine } from "./engine.ts";
import type { InputLog } from "./input-log.ts";
import type { CommandInput, Input } from "./inputs.ts";

/** Where what comes from outside waits for the city's next second: commands of the room, and what a director does to the city. */
export interface InputDesk {
  order(command: CommandMessage): void;
  /** Answers where each stands; refused when none of them can be. */
  inject(injections: readonly Injection[]): Promise<Result<readonly InjectionState[]>>;
  /** Those that end by it say when. */
  clear(ids: readonly string[]): Promise<Result<readonly (InjectionState & { readonly ends?: number })[]>>;
  /** Ids of commands that can be heard and have not become inputs, when all have or the patience (wall ms) has gone. */
  heard(commands: readonly Pick<CommandMessage, "id" | "d">[], patience: number): Promise<readonly string[]>;
  waits(): boolean;
  /** They take effect at t, the first second that nobody has been promised yet; on disk before. */
  take(t: number): Promise<void>;
  /** What waits belonged to another run. */
  forget(reason: string): void;
}
export interface InputDeskParts {
  readonly inputLog: Pick<InputLog, "append">;
  engine(): Engine;
  run(): string;
  /** Something has come. */
  wake(): void;
  onTrouble(text: string): void;
}
interface Ask {
  readonly ask: { readonly inject: readonly Injection[] } | { readonly clear: readonly string[] };
  resolve(answer: Result<readonly InjectionState[]>): void;
}

/** Commands that may wait to be taken; a room that sends more while a history is generated is not in its right mind. */
const ordersLimit = 10_000;

export function createInputDesk({ inputLog, engine, run, wake, onTrouble }: InputDeskParts): InputDesk {
  /** By device and id: the room repeats what nobody has answered yet. */
  const orders = new Map<string, CommandMessage>();
  const asks: Ask[] = [];
  const listeners = new Set<() => void>();

  const ask = (asked: Ask["ask"]): Promise<Result<readonly InjectionState[]>> =>
    new Promise((resolve) => {
      asks.push({ ask: asked, resolve });
      wake();
    });
  const takeOrders = (t: number): readonly CommandInput[] => {
    const taken = [...orders.values()].filter((order) => !engine().waits(order));
    orders.clear();
    return taken.map(({ id, d, op, args = {} }) => ({ t, device: d, op, args, id }));
  };
  const stateOf = (injection: Injection, t: number, ids: ReadonlySet<string>): InjectionState => {
    const state = { ...injection, t: injection.t ?? t };
    if (state.t < t)
      return { ...state, state: "refused", reason: `it is ${t} at the earliest; what has been promised already is not changed any more` };
    if (state.t % 1000 !== 0) return { ...state, state: "refused", reason: "it must begin at a whole second" };
    if (ids.has(injection.id)) return { ...state, state: "refused", reason: `there is an injection "${injection.id}" already` };
    const checked = engine().check(injection);
    return checked.ok ? { ...checked.value, t: state.t, state: "waits", reason: null } : { ...state, state: "refused", reason: checked.reason };
  };
  const injected = (injections: readonly Injection[], t: number): readonly InjectionState[] => {
    const ids = new Set<string>();
    return injections.map((injection) => {
      const state = stateOf(injection, t, ids);
      if (state.state === "waits") ids.add(injection.id);
      return state;
    });
  };
  /** Inputs that it makes, and what it is answered once they are there. */
  const plan = ({ ask: asked }: Ask, t: number): { readonly inputs: readonly Input[]; answer(): Result<readonly InjectionState[]> } => {
    if ("clear" in asked) {
      const known = new Set(
        engine()
          .injections()
          .flatMap(({ id, state }) => (state === "waits" || state === "active" ? id : [])),
      );
      const clear = asked.clear.filter((id) => known.has(id));
      return {
        inputs: clear.length === 0 ? [] : [{ t, clear }],
        answer: () =>
          ok(
            engine()
              .injections()
              .filter(({ id }) => asked.clear.includes(id))
              .map((one) => (known.has(one.id) ? { ...one, ends: t } : one)),
          ),
      };
    }
    const states = injected(asked.inject, t);
    const inputs = states.flatMap(({ state, reason: _reason, ...inject }): Input[] => (state === "waits" ? [{ t: inject.t, inject }] : []));
    const [first] = states;
    return { inputs, answer: () => (inputs.length > 0 ? ok(states) : refuse(first?.reason ?? "nothing was asked")) };
  };
  const schedule = async (inputs: readonly Input[]): Promise<void> => {
    if (inputs.length === 0) return;
    const first = engine().inputCount();
    await inputLog
      .append(
        run(),
        inputs.map((input, at) => ({ n: first + at, input })),
      )
      .catch((error: unknown) => onTrouble(`inputs could not be kept for a restart: ${String(error)}`));
    for (const input of inputs) engine().schedule(input);
  };

  return {
    order(command) {
      if (orders.size < ordersLimit) orders.set(`${command.d} ${command.id}`, command);
      else onTrouble(`command ${command.id}: too many are waiting`);
      wake();
    },
    inject: (inject) => ask({ inject }),
    clear: (clear) => ask({ clear }),
    heard(commands, patience) {
      const missing = (): readonly string[] => commands.flatMap(({ id, d }) => (engine().heard(id) || !engine().reaches(d) ? [] : id));
      return new Promise((resolve) => {
        const look = (): void => {
          if (missing().length === 0) finish();
        };
        const timer = setTimeout(() => finish(), patience);
        const finish = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
          resolve(missing());
        };
        listeners.add(look);
        look();
      });
    },
    waits: () => orders.size > 0 || asks.length > 0,
    async take(t) {
      await schedule(takeOrders(t));
      for (const one of asks.splice(0)) {
        const { inputs, answer } = plan(one, t);
        await schedule(inputs);
        one.resolve(answer());
      }
      for (const look of [...listeners]) look();
    },
    forget(reason) {
      orders.clear();
      for (const one of asks.splice(0)) one.resolve(refuse(reason));
      for (const look of [...listeners]) look();
    },
  };
}
