import { createHash } from "node:crypto";
import type { Evidence } from "../../director/judge/evidence.ts";

/**
 * What the room made of a run, without anything of the wall clock: two runs of the same scenario agree in it to the byte. What was expected of the room
 * is not part of it, so that a change of expectations alone leaves it as it was.
 */
export function roomDigest({ alarms, items, events, commands, refusals, ledger }: Evidence): string {
  const story = {
    alarms: alarms
      .map(({ id, occurrence, rule, raisedAt, clearedAt, acknowledged, cause }) => [
        id,
        occurrence,
        rule,
        raisedAt,
        clearedAt,
        acknowledged?.t ?? null,
        cause,
      ])
      .sort(inTurn),
    items: items.map(({ rule, device, t }) => [rule, device, t]).sort(inTurn),
    events: events.map(({ t, device, what }) => [t, device, what]).sort(inTurn),
    commands: commands.map(({ t, device, op, confirmedAt }) => [t, device, op, confirmedAt]).sort(inTurn),
    refusals: refusals.map(({ t, code, device }) => [t, code, device]).sort(inTurn),
    ledger,
  };
  return createHash("sha256").update(JSON.stringify(story)).digest("hex");
}
const inTurn = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
