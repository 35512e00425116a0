import { describe, expect, it } from "vitest";
import { checkCommand } from "../../../broker/commands/check-command.ts";
import { yardWith } from "../../support/command-world.ts";

const gate = { id: "g-1", kind: "gate", contract: yardWith() };
const reasonOf = (op: string, args: Readonly<Record<string, string | number>>): string | null => {
  const checked = checkCommand(gate, op, args);
  return checked.ok ? null : checked.reason;
};

describe("what a contract lets the room ask", () => {
  it.each([
    ["close", {}],
    ["set", { speed: 0.5, mode: "slow" }],
    ["set", { speed: 5, mode: "fast" }],
  ])("takes %s %o", (op, args) => expect(reasonOf(op, args)).toBe(null));

  it.each([
    ["light", {}, 'g-1 is a yard gate and has no command "light": it knows close, open, auto, ring, set'],
    ["toString", {}, 'g-1 is a yard gate and has no command "toString"'],
    ["close", { speed: 1 }, '"speed" is not an argument of "close"'],
    ["set", { speed: 0.4, mode: "slow" }, '"speed" is 0.4: 0.5 to 5 m/s in steps of 0.5'],
    ["set", { speed: 1.2, mode: "slow" }, '"speed" is 1.2: 0.5 to 5 m/s in steps of 0.5'],
    ["set", { speed: "1", mode: "slow" }, '"speed" is "1": 0.5 to 5 m/s'],
    ["set", { speed: Number.NaN, mode: "slow" }, '"speed" is null: 0.5 to 5 m/s'],
    ["set", { speed: 1, mode: "constructor" }, '"mode" is "constructor": one of slow, fast'],
    ["set", { speed: 1 }, '"mode" is missing: one of slow, fast'],
  ])("refuses %s %o", (op, args, reason) => expect(reasonOf(op, args as never)).toContain(reason));

  it("says everything that is wrong at once", () => {
    expect(reasonOf("set", { speed: 9, colour: "red" })).toBe(
      '"colour" is not an argument of "set"; "speed" is 9: 0.5 to 5 m/s in steps of 0.5; "mode" is missing: one of slow, fast',
    );
  });
});
