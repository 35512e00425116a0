import type { Alarm } from "../../../../shared/alarm.ts";

const keyOf = ({ id, occurrence }: Alarm): string => `${id} ${occurrence}`;

/** Which alarms are new to whoever listens, or have become a P1. The first hearing is the room as it was found: it is on the screen, and not told. */
export function createVoice() {
  let known: ReadonlyMap<string, Alarm["priority"]> | undefined;
  return {
    hear(alarms: Iterable<Alarm>): { readonly urgent: readonly Alarm[]; readonly others: number } {
      const asking = [...alarms].filter((alarm) => alarm.state === "B" && alarm.class === "operations");
      const before = known;
      known = new Map(asking.map((alarm) => [keyOf(alarm), alarm.priority]));
      if (before === undefined) return { urgent: [], others: 0 };
      const urgent = asking.filter((alarm) => alarm.priority === 1 && before.get(keyOf(alarm)) !== 1);
      const others = asking.filter((alarm) => alarm.priority !== 1 && !before.has(keyOf(alarm)));
      return { urgent, others: others.length };
    },
  };
}
