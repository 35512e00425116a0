import type { CommandArgs } from "../shared/command.ts";
import type { Injection } from "../shared/scenario/injection.ts";

/** A command at the city second at which it takes effect. */
export interface CommandInput {
  readonly t: number;
  readonly device: string;
  readonly op: string;
  readonly args: CommandArgs;
  /** The room's id of the command. */
  readonly id: string;
}
/** What a tester does to the city, checked and complete. */
export interface InjectionInput {
  readonly t: number;
  readonly inject: Injection;
}
/** Injections that end here; those that wait still never come. */
interface ClearInput {
  readonly t: number;
  readonly clear: readonly string[];
}
/** Plain data: beside the seed, the inputs are all that a run depends on. */
export type Input = CommandInput | InjectionInput | ClearInput;
/** Plain data. */
export interface InputsState {
  /** Inputs that came first and are no longer kept: a run without them goes on, but cannot be run again from its start. */
  readonly forgotten: number;
  /** In the order in which they take effect. */
  readonly list: readonly Input[];
  /** So many of `list` have taken effect. */
  readonly done: number;
  /** What the newest commands were answered, `null` = obeyed. */
  readonly answered: readonly (readonly [command: string, reason: string | null])[];
}
export interface Inputs {
  /** When the next one takes effect; Infinity while none waits. */
  next(): number;
  /** So many have ever come. */
  count(): number;
  /** This very command has come and not taken effect yet. */
  waits(command: Pick<CommandInput, "device" | "id">): boolean;
  /** A command of this id has come, whether it has taken effect or not. */
  has(command: string): boolean;
  /** What comes still, in its order. */
  waiting(): readonly Input[];
  add(input: Input): void;
  takeDue(now: number): readonly Input[];
  /** The answer that this very command has had; undefined = it is new. */
  answerTo(input: CommandInput): string | null | undefined;
  remember(input: CommandInput, reason: string | null): void;
  snapshot(): InputsState;
}

/** Some 3 MB of state: a room that sets 260 signals four times an hour fills it within a day, one that is worked by hand within months. */
const kept = 20_000;
/** A room that hears no answer asks again within minutes: of the last thousands of commands none is executed twice. */
const remembered = 4000;
/** An injection into many devices takes the room of many commands. */
const weightOf = (input: Input): number => ("inject" in input ? 1 + input.inject.targets.length / 8 : 1);

export function createInputs(saved?: InputsState): Inputs {
  const list = [...(saved?.list ?? [])];
  const answered = new Map(saved?.answered ?? []);
  let forgotten = saved?.forgotten ?? 0;
  let done = saved?.done ?? 0;
  let next = list[done]?.t ?? Number.POSITIVE_INFINITY;
  let weight = list.reduce((sum, input) => sum + weightOf(input), 0);
  const keyOf = ({ device, id }: Pick<CommandInput, "device" | "id">): string => `${device} ${id}`;
  const commandsIn = (inputs: readonly Input[]): readonly CommandInput[] => inputs.filter((input): input is CommandInput => "op" in input);
  const waiting = new Set(commandsIn(list.slice(done)).map(keyOf));
  const known = new Set(commandsIn(list).map(({ id }) => id));
  const forget = (): void => {
    let many = 0;
    for (; many < done && weight > kept; many++) {
      const input = list[many];
      if (input === undefined) break;
      weight -= weightOf(input);
      if ("op" in input) known.delete(input.id);
    }
    list.splice(0, many);
    done -= many;
    forgotten += many;
  };
  return {
    next: () => next,
    count: () => forgotten + list.length,
    waits: (command) => waiting.has(keyOf(command)),
    has: (command) => known.has(command),
    waiting: () => list.slice(done),
    add(input) {
      let at = list.length;
      while (at > done && (list[at - 1]?.t ?? 0) > input.t) at -= 1;
      list.splice(at, 0, input);
      next = Math.min(next, input.t);
      weight += weightOf(input);
      if ("op" in input) {
        waiting.add(keyOf(input));
        known.add(input.id);
      }
      if (weight > kept) forget();
    },
    takeDue(now) {
      const from = done;
      while (done < list.length && (list[done]?.t ?? 0) <= now) done += 1;
      next = list[done]?.t ?? Number.POSITIVE_INFINITY;
      const due = list.slice(from, done);
      for (const input of commandsIn(due)) waiting.delete(keyOf(input));
      return due;
    },
    answerTo: (input) => answered.get(keyOf(input)),
    remember(input, reason) {
      answered.set(keyOf(input), reason);
      if (answered.size <= remembered) return;
      const oldest = answered.keys().next().value;
      if (oldest !== undefined) answered.delete(oldest);
    },
    // inputs never change, so they need no copies of their own
    snapshot: () => ({ forgotten, list: [...list], done, answered: [...answered] }),
  };
}
