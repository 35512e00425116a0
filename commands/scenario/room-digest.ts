import { createHash } from "node:crypto";
import type { Run } from "../../director/run.ts";

/** What the room made of a run, without anything of the wall clock: two runs of the same scenario agree in it to the byte. */
export function roomDigest(run: Run): string {
  const { alarms, items, events, commands, refusals, ledger } = run.evidence();
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
    expectations: run.view().expectations.map(({ id, state, t }) => [id, state, t]),
  };
  return createHash("sha256").update(JSON.stringify(story)).digest("hex");
}
const inTurn = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
