/** Names within a scenario: keys and indices from its root. */
export type Path = readonly PropertyKey[];

/** What is wrong at a place, before its line is known. `key`: at the key itself, not at its value. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly key?: boolean;
}

/** So many are told of a file: nobody reads more, and one that is no scenario at all may have tens of thousands. */
export const told = 200;
