/** What a value says, by what was known before it. */
export interface Surprise {
  readonly t: number;
  readonly value: number;
  /** Ms since the value before; `broken`: after a hole. */
  readonly dt: number;
  readonly broken: boolean;
  readonly slot: number;
  readonly places: readonly number[];
  /** Away from what the shape says, and how much of that is left by each guess from what came just before. */
  readonly left: number;
  readonly guesses: readonly number[];
  /** From the value before; undefined after a hole. */
  readonly change: number | undefined;
}
