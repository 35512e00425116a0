import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeExplained, explain } from "../../commands/explain.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { alarmOf } from "../support/desk-rows.ts";
import { fillDesk, homeAlarm, openAlarm, sayCareOnDesk } from "../support/filled-desk.ts";
import { openRoom, type StillRoom } from "../support/still-room.ts";
import { temporaryFolder } from "../support/test-chain.ts";

/** A room that the commands find as the running city of a data folder. */
async function openFound(): Promise<StillRoom & { dir: string }> {
  const dir = await temporaryFolder();
  const { tokens } = await loadCredentials(dir);
  const room = await openRoom({ tokens });
  fillDesk(room.city.desk);
  await writeFile(join(dir, "running.json"), JSON.stringify({ pid: process.pid, http: room.url, mqtt: { host: "127.0.0.1", port: 1 } }));
  return { ...room, dir };
}

describe("explaining an alarm", () => {
  it("gives the exact inputs, the rule with the version that judged, baseline, neighbours and verdict", async () => {
    const { dir } = await openFound();
    const explained = await explain(dir, openAlarm);
    expect(explained).toMatchObject({
      id: openAlarm,
      occurrence: 1,
      state: "B",
      rule: { name: "stream/level", version: 3 },
      condition: { en: "level above 6 m" },
      inputs: [{ device: "stream-gauge-001", metric: "level", value: 6.1 }],
      baseline: { middle: 1, low: 0.5, high: 1.5 },
      neighbours: [{ value: 5.9, agrees: true }],
      verdict: { what: "event" },
    });
    const text = describeExplained(explained);
    for (const said of [
      "stream-level-stream-gauge-001  state B, priority 2, occurrence 1",
      "stream/level, version 3",
      "condition   level above 6 m / level above 6 m (한)",
      "2026-11-24T23:55:00+09:00  stream-gauge-001  level = 6.1\n",
      "level = 5.9  agrees",
      "baseline    1, usually 0.5 to 1.5 (hour of the week)",
      "verdict     a real event: the gauge upstream agrees",
    ])
      expect(text).toContain(said);
  });

  it("says when the contract has changed since, and what the rule is now", async () => {
    const { dir } = await openFound();
    const explained = await explain(dir, openAlarm);
    const { present } = explained.rule;
    expect(present?.when.kind).toBe("limit");
    const changed = { ...explained, rule: { ...explained.rule, version: 1, present: { version: 2, when: present!.when } } };
    expect(describeExplained(changed)).toContain("version 1 (the contract is at version 2 now)");
    expect(describeExplained({ ...changed, rule: { ...changed.rule, version: 2 } })).not.toContain("now)");
  });

  it("says what it was raised by before it was graded anew, and of a rule that has never raised one no time", async () => {
    const { dir, city } = await openFound();
    const explained = await explain(dir, openAlarm);
    expect(explained.earlier).toEqual([]);
    const { t } = explained.inputs[0]!;
    const first = {
      t: t - 600_000,
      priority: 3,
      condition: { ko: "4 m 위", en: "level above 4 m" },
      inputs: [{ ...explained.inputs[0]!, t: t - 600_000, value: 4.2 }],
    };
    expect(describeExplained({ ...explained, earlier: [{ ...first, priority: 3 }] })).toContain(
      [
        "before that",
        "  2026-11-24T23:45:00+09:00  priority 3: level above 4 m / 4 m 위",
        "    2026-11-24T23:45:00+09:00  stream-gauge-001  level = 4.2",
        "inputs",
      ].join("\n"),
    );
    city.desk.put({ alarms: [alarmOf("stream-gauge-002", { id: "never", occurrence: 0, raisedAt: 0, active: false, acked: true })] });
    const never = await explain(dir, "never");
    expect(never.raisedAt).toBeNull();
    expect(describeExplained(never)).toContain("stream-gauge-002 in north, never raised in this run\n");
    expect(describeExplained(never)).not.toContain("raised at");
  });

  it("knows alarms of homes too, because it asks as the city's own admin", async () => {
    const { dir, city } = await openFound();
    sayCareOnDesk(city.desk);
    expect((await explain(dir, homeAlarm.id)).rule).toMatchObject({ name: "ucare/silence", present: null });
  });

  it("of an alarm of a real device whose id needs escaping, and of one that is not there", async () => {
    const { dir, city } = await openFound();
    city.desk.put({ alarms: [alarmOf("stream-gauge-001", { id: "a b/c?d" })] });
    expect((await explain(dir, "a b/c?d")).id).toBe("a b/c?d");
    await expect(explain(dir, "nobody")).rejects.toMatchObject({ code: 1, message: expect.stringContaining('there is no alarm "nobody"') });
    for (const [name, said] of [
      ["stream-level-stream-gauge-0001", 'there is no device "stream-gauge-0001", did you mean "stream-gauge-001"?'],
      ["stream-levle-stream-gauge-001", 'there is no alarm "stream-levle-stream-gauge-001", did you mean "stream-level-stream-gauge-001"?'],
      ["stream-gaugee-001", 'there is no device "stream-gaugee-001", did you mean "stream-gauge-001"?'],
      ["stream-gauge-001", '"stream-gauge-001" is a device; its alarms are called stream-'],
      ["stream-rise-stream-gauge-002", 'there is no alarm "stream-rise-stream-gauge-002" that you can see'],
    ] as const)
      await expect(explain(dir, name), name).rejects.toMatchObject({ code: 1, message: expect.stringContaining(said) });
    await expect(explain(await temporaryFolder(), openAlarm)).rejects.toThrow("no city runs in the folder");
  });
});
