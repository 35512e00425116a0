import type { Rule } from "../../../shared/alarm-rule.ts";
import { text } from "../../../shared/text.ts";

/** Stands for a rule that has left the contract, so that what it had raised can still be told: it is over. Its name is all that is known of it. */
export const leftRule = (id: string, kind: string): Rule => ({
  ...{ id, version: 0, kind, outcome: "alarm", class: "operations", priority: 4, minutes: 0, response: [] },
  ...{ title: text(id, id), cause: text("", ""), consequence: text("", "") },
  when: { kind: "event", event: "" },
});
