import { describe, expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import { finderText } from "../../console/web/views/tester/inject/finder-text.ts";
import { rulesNamed } from "../../director/language/rule-names.ts";
import { expectedRules } from "../../director/plan/expected-rules.ts";
import { injectionKindOf, injectionKinds } from "../../shared/scenario/kinds.ts";
import { services } from "../../shared/services/index.ts";

const stage = createStages()("small");
const expected = (id: string, service?: string): readonly string[] => {
  const kind = injectionKindOf(id);
  if (kind === undefined) throw new Error(`there is no kind ${id}`);
  return expectedRules(
    kind,
    stage.devices.filter((one) => one.service === service),
    stage,
  );
};
const found = (id: string, service?: string): string[] => expected(id, service).map((name) => finderText(name, services).en);

describe("what should find an injection", () => {
  it("are the rules that a kind names itself, where the whole city feels it", () => {
    expect(expected("storm")).toEqual(["stream", "traffic/slow", "traffic/spillback"]);
    expect(expected("power-cut", "stream")).toEqual(["*/district", "*/gateway", "*/silent"]);
  });
  it("are the rules that an incident names in its contract, and none where it names none or is ordinary life", () => {
    expect(expected("stream/flash-rise", "stream")).toContain("stream/path-floods");
    expect(found("evzone/unplugged", "evzone")).toEqual([services.flatMap(({ rules }) => rules).find(({ id }) => id === "blocked")?.title.en]);
    expect(expected("stream/release", "stream")).toEqual([]);
  });
  it("are known by their service, whatever kind names them", () => {
    for (const { id, shows = [], truth } of injectionKinds) {
      if (truth === "quiet") expect(shows, id).toEqual([]);
      for (const name of shows)
        expect(name.includes("/") ? rulesNamed(name.replace("*/", ""), services).found : [name], `${id}: ${name}`).not.toEqual([]);
    }
  });
  it("are the rules of that trouble at the devices that are struck, where it is a sensor's", () => {
    expect(expected("stuck", "stream")).toEqual(["stream/stuck"]);
    expect(expected("disconnect", "ucare")).toEqual(["ucare/gateway", "ucare/silent"]);
  });
  it("has a title for people, of every kind that names something", () => {
    const slow = services.find(({ id }) => id === "traffic")?.rules.find(({ id }) => id === "slow")?.title.en;
    expect(found("storm").slice(0, 2)).toEqual([`rules of ${services.find(({ id }) => id === "stream")?.title.en}`, slow]);
    for (const kind of ["storm", "heat-wave", "cold-snap", "power-cut"]) for (const words of found(kind)) expect(words).not.toContain("/");
    for (const words of found("stuck", "stream")) expect(words).not.toContain("/");
    expect(finderText("stream/none-such", services).en).toBe("stream/none-such");
  });
});
