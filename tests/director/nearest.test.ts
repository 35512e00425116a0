import { describe, expect, it } from "vitest";
import { nearest, unknownName } from "../../director/language/nearest.ts";
import { rulesNamed } from "../../director/language/rule-names.ts";
import { services } from "../../shared/services/index.ts";

const told = (name: string): string => unknownName("rule", name, rulesNamed(name, services).known);
const listed = (name: string): readonly string[] => told(name).split(": ").at(-1)?.split(", ") ?? [];

describe("a name that nobody knows", () => {
  it("is answered with the rules of the service that was named, the nearest first", () => {
    expect(listed("manure/dump")).toHaveLength(6);
    expect(listed("manure/dump").every((name) => name.startsWith("manure/"))).toBe(true);
    expect(listed("ucare/level").every((name) => name.startsWith("ucare/"))).toBe(true);
    expect(told("stream/levle")).toContain('did you mean "stream/level"?');
  });
  it("is looked for everywhere when its service has nothing near, or is no service", () => {
    expect(nearest("traffic/odour", rulesNamed("traffic/odour", services).known)).toBeUndefined();
    expect(told("strem/level")).toContain('did you mean "stream/level"?');
    expect(told("levle")).toContain('did you mean "level"?');
  });
  it("is found in the only service that has it when the service was left out, and heads the list", () => {
    const incidents = ["storm", "heat-wave", "delay", "takeover", "stream/gate-jam", "stream/flash-rise"];
    expect(nearest("gate-jam", incidents)).toBe("stream/gate-jam");
    expect(unknownName("incident", "gate-jams", [...incidents, ...Array.from({ length: 20 }, (_, n) => `made-up-${n}`)])).toMatch(
      /did you mean "stream\/gate-jam"\?; the nearest of 26: stream\/gate-jam,/,
    );
  });
  it("is found within its service although another's name is as near", () => {
    expect(nearest("b/lid", ["a/lid", "b/lod"])).toBe("b/lod");
    expect(nearest("b/lid", ["a/lid", "b/pump"])).toBe("a/lid");
  });
});
