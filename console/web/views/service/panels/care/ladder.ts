import type { Service } from "../../../../../../shared/service.ts";
import { type Text, text } from "../../../../../../shared/text.ts";

export interface Rung {
  readonly seconds: number;
  readonly title: Text;
  /** The first thing to do. */
  readonly does: Text;
  readonly isAlarm: boolean;
}

/** Steps of silence as the contract's rules have them, the shortest first: a task, then the alarm and its graver step. */
export function ladderOf({ rules }: Pick<Service, "rules">): readonly Rung[] {
  return rules
    .flatMap(({ when, title, response, outcome }) =>
      when.kind === "inactivity"
        ? when.steps.map(({ seconds }, index) => ({
            seconds,
            title,
            does: response[Math.min(index, response.length - 1)] ?? text("", ""),
            isAlarm: outcome === "alarm",
          }))
        : [],
    )
    .sort((a, b) => a.seconds - b.seconds);
}
