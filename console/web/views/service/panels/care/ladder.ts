import type { Service } from "../../../../../../shared/service.ts";
import { type Text, text } from "../../../../../../shared/text.ts";

export interface Rung {
  readonly seconds: number;
  readonly title: Text;
  /** What is done at it: a graver step of the same rule ends with its last response. */
  readonly does: Text;
  readonly isAlarm: boolean;
}

const joined = (steps: readonly Text[]): Text => text(steps.map(({ ko }) => ko).join(" → "), steps.map(({ en }) => en).join(" → "));

/** Steps of silence as the contract's rules have them, the shortest first: a task, then the alarm and its graver step. */
export function ladderOf({ rules }: Pick<Service, "rules">): readonly Rung[] {
  return rules
    .flatMap(({ when, title, response, outcome }) =>
      when.kind === "inactivity"
        ? when.steps.map(({ seconds }, index) => ({
            seconds,
            title,
            does: joined(index === 0 ? response.slice(0, Math.max(1, response.length - when.steps.length + 1)) : response.slice(-1)),
            isAlarm: outcome === "alarm",
          }))
        : [],
    )
    .sort((a, b) => a.seconds - b.seconds);
}
