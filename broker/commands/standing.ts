import type { Text } from "../../shared/text.ts";
import type { Timeline } from "../../shared/timeline.ts";

/** One occurrence of a rule to which a response is bound, at one device that would be told something. Plain data. */
export interface Standing {
  /** Id of the response in the room. */
  readonly response: string;
  /** `device@begin`: another occurrence has another key. */
  readonly key: string;
  /** Where the rule found something, and the device that gets the command. */
  readonly source: string;
  readonly device: string;
  readonly timeline: Timeline;
  /** Event time at which its rule was raised, or cleared. */
  readonly since: number;
  /** End of the countdown; null = it does not count. */
  readonly fires: number | null;
  /** The countdown is over, but a guard holds. */
  readonly waits: Text | null;
  /** Nothing more comes of this occurrence. */
  readonly over: "fired" | "aborted" | "left" | "failed" | null;
}
