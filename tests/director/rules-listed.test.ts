import { describe, expect, it } from "vitest";
import { describeRules, ruleRows } from "../../commands/rules.ts";
import { allRules } from "../../director/language/rule-names.ts";
import { services } from "../../shared/services/index.ts";

describe("the rules, on the command line", () => {
  const rows = ruleRows(services);
  it("are all that an expectation can name, each once", () => {
    expect(rows.map(({ rule }) => rule).sort()).toEqual([...new Set(allRules(services).map(({ name }) => name))].sort());
  });
  it("say whom they judge, what comes of it, and how grave it is", () => {
    expect(rows.find(({ rule }) => rule === "stream/battery")).toMatchObject({
      kinds: ["gauge", "gate"],
      outcome: "alarm",
      class: "maintenance",
      priority: 4,
    });
    expect(rows.find(({ rule }) => rule === "ucare/quiet")).toMatchObject({ kinds: ["home"], outcome: "task", class: "operations" });
    expect(describeRules(services)).toMatch(/^stream\/level +gauge +alarm +operations +3 +Water level$/m);
  });
  it("fit a terminal of 100 columns", () => {
    for (const line of describeRules(services).split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
  });
});
