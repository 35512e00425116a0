import type { Figure } from "../figures.ts";

/** What every part is given. */
export interface Setting {
  readonly quick: boolean;
  /** A new folder that goes with the run. */
  folder(): Promise<string>;
  /** Progress, on standard error. */
  say(line: string): void;
}
export type Part = (setting: Setting) => Promise<Figure[]>;

export const megabytes = (bytes: number): number => bytes / 1e6;
