import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlarmRecord, newAlarm } from "../../broker/alarms/desk/alarm-record.ts";
import {
  acknowledged,
  cleared,
  inService,
  isHidden,
  outOfService,
  raised,
  released,
  reset,
  shelved,
  stepped,
  suppressed,
  unshelved,
} from "../../broker/alarms/desk/lifecycle.ts";
import type { Finding } from "../../broker/alarms/detect/evaluator.ts";
import { letterOf, type StateLetter, stateLetters } from "../../shared/alarm.ts";
import type { Priority } from "../../shared/alarm-rule.ts";
import type { Result } from "../../shared/result.ts";
import { postRule } from "../support/desk-world.ts";

const t = 1_000_000;
const finding = (priority: Priority, latched = false): Finding => ({
  ...{ t, what: "raised", service: "yard", device: "p", rule: postRule("high", { latched }), priority },
  ...{ metric: null, value: null, limit: null, step: null, respondBy: null, evidence: null },
});
const or = (alarm: AlarmRecord, done: Result<AlarmRecord>): AlarmRecord => (done.ok ? done.value : alarm);
const shelf = (once: boolean) => ({ until: t + 60_000, by: "kim", reason: "works", once });

/** Everything that can happen to an alarm. What is refused leaves it as it is. */
const happenings = {
  raise: (alarm) => raised(alarm, finding(2)),
  "step up": (alarm) => stepped(alarm, finding(1)),
  "step down": (alarm) => stepped(alarm, finding(4)),
  clear: (alarm) => cleared(alarm, t),
  acknowledge: (alarm) => or(alarm, acknowledged(alarm, "kim", t)),
  shelve: (alarm) => or(alarm, shelved(alarm, shelf(false), t)),
  "shelve once": (alarm) => or(alarm, shelved(alarm, shelf(true), t)),
  unshelve: (alarm) => or(alarm, unshelved(alarm, t)),
  suppress: (alarm) => suppressed(alarm, "cause", t),
  release: (alarm) => (alarm.suppressed === null ? alarm : released(alarm, t)),
  "out of service": (alarm) => or(alarm, outOfService(alarm, "lee", "W-1", t)),
  "in service": (alarm) => or(alarm, inService(alarm, t)),
  reset: (alarm) => or(alarm, reset(alarm, t)),
} satisfies Record<string, (alarm: AlarmRecord) => AlarmRecord>;
type Happening = keyof typeof happenings;
const names = Object.keys(happenings) as Happening[];

const fresh = newAlarm("yard-high-p", "yard/high", "p", "city");
const after = (...all: Happening[]): AlarmRecord => all.reduce((alarm, name) => happenings[name](alarm), fresh);
const latched = raised(fresh, finding(2, true));

/**
 * ISA-18.2 (2016), control-room.md 2.1: from each state to which, by everything that can happen. Columns in the order of the head; a dot: it stays.
 * E, F and G stand twice, with the condition and without it, because what they return to differs.
 */
const head: readonly Happening[] = names;
const table: readonly [from: string, alarm: AlarmRecord, to: string][] = [
  //                                                                 ra up do cl ac sh so us su re oo is rs
  ["A", fresh, "B . . . . E E . F . G . ."],
  ["B", after("raise"), "B . . D C E E . F . G . ."],
  ["C", after("raise", "acknowledge"), "B B . A . E E . F . G . ."],
  ["D", after("raise", "clear"), "B . . . A E E . F . G . ."],
  ["E, active", after("raise", "shelve"), ". . . . . . . B F . G . ."],
  ["E, acknowledged before", after("raise", "acknowledge", "shelve"), ". . . . . . . B F . G . ."],
  ["E, inactive", after("shelve"), ". . . . . . . A F . G . ."],
  ["E, once", after("raise", "shelve once"), ". . . A . . . B F . G . ."],
  ["F, active", after("raise", "suppress"), ". . . A . . . . . B G . ."],
  ["F, shelved too", after("raise", "shelve", "suppress"), ". . . E . . . . . E G . ."],
  ["G, active", after("raise", "out of service"), ". . . . . . . . . . . B ."],
  ["G, inactive", after("out of service"), ". . . . . . . . . . . A ."],
  ["G, shelved too", after("raise", "shelve", "out of service"), ". . . . . . . . . . . E ."],
  ["B, latched", latched, "B . . . C E E . F . G . ."],
  ["B, latched, the condition has gone", happenings.clear(latched), "B . . . C E E . F . G . ."],
  ["C, latched, the condition holds", happenings.acknowledge(latched), "B B . . . E E . F . G . ."],
  ["C, latched, the condition has gone", happenings.clear(happenings.acknowledge(latched)), "B . . . . E E . F . G . A"],
];

describe("the states of an alarm", () => {
  it("are all in the table", () => {
    expect(new Set(table.map(([, alarm]) => letterOf(alarm)))).toEqual(new Set(stateLetters));
  });

  describe.each(table)("%s", (from, alarm, to) => {
    it.each(to.split(" ").map((letter, at) => [head[at] as Happening, letter]))("%s -> %s", (name, letter) => {
      const was = from[0] as StateLetter;
      expect(letterOf(alarm)).toBe(was);
      expect(letterOf(happenings[name](alarm))).toBe(letter === "." ? was : letter);
    });
  });
});

describe("whatever happens to an alarm, in whatever order", () => {
  const lives = fc.tuple(fc.boolean(), fc.array(fc.constantFrom(...names), { maxLength: 40 }));
  const live = (check: (before: AlarmRecord, name: Happening, after: AlarmRecord) => void): void =>
    fc.assert(
      fc.property(lives, ([latches, all]) => {
        let alarm = fresh;
        for (const name of all) {
          const next = name === "raise" ? raised(alarm, finding(2, latches)) : happenings[name](alarm);
          check(alarm, name, next);
          alarm = next;
        }
      }),
      { numRuns: 500 },
    );

  it("its letter is that of its facts, and what is normal is acknowledged", () => {
    live((_before, _name, { active, acked, latched: stays, ...rest }) => {
      const letter = letterOf({ active, acked, latched: stays, ...rest });
      if (letter === "A") expect({ active, acked, stays }).toEqual({ active: false, acked: true, stays: false });
      if (letter === "B") expect({ acked, stands: active || stays }).toEqual({ acked: false, stands: true });
      if (letter === "C") expect({ acked, stands: active || stays }).toEqual({ acked: true, stands: true });
      if (letter === "D") expect({ active, acked, stays }).toEqual({ active: false, acked: false, stays: false });
    });
  });

  it("becomes active only as a new occurrence, and an occurrence begins active and unacknowledged", () => {
    live((before, name, next) => {
      if (!before.active && next.active) expect(next.occurrence).toBe(before.occurrence + 1);
      if (next.occurrence !== before.occurrence)
        expect({ name, active: next.active, acked: next.acked }).toEqual({ name: "raise", active: true, acked: false });
    });
  });

  it("is acknowledged by a person only, while it is before his eyes", () => {
    live((before, name, next) => {
      if (isHidden(before) || isHidden(next) || before.acked || !next.acked) return;
      expect(name).toBe("acknowledge");
      expect(next).toMatchObject({ ackedBy: "kim", ackedAt: t });
    });
  });

  it("what is latched goes by a reset alone, never while the condition holds and never unseen", () => {
    live((before, name, next) => {
      if (!before.latched || next.latched || name === "raise") return;
      expect({ name, active: before.active, seen: before.acked || isHidden(before) }).toEqual({ name: "reset", active: false, seen: true });
    });
  });

  it("its condition is known in every state", () => {
    live((before, name, next) => {
      if (name === "raise") expect(next.active).toBe(true);
      else if (name === "clear") expect(next.active).toBe(false);
      else expect(next.active).toBe(before.active);
    });
  });

  it("calls again for a step up and not for a step down", () => {
    live((before, name, next) => {
      if (name === "step down") expect(next.acked).toBe(before.acked);
      if (name === "step up" && before.active && before.priority > 1) expect(next.acked).toBe(false);
    });
  });
});
