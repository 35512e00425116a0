import type { CommandArgs } from "../shared/command.ts";

/** A command at the city second at which it takes effect. Plain data: beside the seed, the inputs are all that a run depends on. */
export interface Input {
  readonly t: number;
  readonly device: string;
  readonly op: string;
  readonly args: CommandArgs;
  /** The room's id of the command. */
  readonly id: string;
}
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
  waits(command: Pick<Input, "device" | "id">): boolean;
  add(input: Input): void;
  takeDue(now: number): readonly Input[];
  /** The answer that this very command has had; undefined = it is new. */
  answerTo(input: Input): string | null | undefined;
  remember(input: Input, reason: string | null): void;
  snapshot(): InputsState;
}

/** Some 3 MB of state: a room that sets 260 signals four times an hour fills it within a day, one that is worked by hand within months. */
const kept = 20_000;
/** A room that hears no answer asks again within minutes: of the last thousands of commands none is executed twice. */
const remembered = 4000;

export function createInputs(saved?: InputsState): Inputs {
  const list = [...(saved?.list ?? [])];
  const answered = new Map(saved?.answered ?? []);
  let forgotten = saved?.forgotten ?? 0;
  let done = saved?.done ?? 0;
  let next = list[done]?.t ?? Number.POSITIVE_INFINITY;
  const keyOf = ({ device, id }: Pick<Input, "device" | "id">): string => `${device} ${id}`;
  const waiting = new Set(list.slice(done).map(keyOf));
  return {
    next: () => next,
    count: () => forgotten + list.length,
    waits: (command) => waiting.has(keyOf(command)),
    add(input) {
      let at = list.length;
      while (at > done && (list[at - 1]?.t ?? 0) > input.t) at -= 1;
      list.splice(at, 0, input);
      next = Math.min(next, input.t);
      waiting.add(keyOf(input));
      const tooMany = Math.min(done, list.length - kept);
      if (tooMany <= 0) return;
      list.splice(0, tooMany);
      done -= tooMany;
      forgotten += tooMany;
    },
    takeDue(now) {
      const from = done;
      while (done < list.length && (list[done]?.t ?? 0) <= now) done += 1;
      next = list[done]?.t ?? Number.POSITIVE_INFINITY;
      const due = list.slice(from, done);
      for (const input of due) waiting.delete(keyOf(input));
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
