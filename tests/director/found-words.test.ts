import { describe, expect, it } from "vitest";
import { foundLine } from "../../commands/scenario/found-words.ts";
import type { Found } from "../../shared/scenario/scorecard.ts";
import { text } from "../../shared/text.ts";

const minute = 60_000;
const found = (truth: Partial<Found["truth"]>, delay: number | null): string =>
  foundLine({
    truth: {
      ...{ v: 1, id: "x.dump", by: "injection", kind: "manure/dumping", class: "event", service: "manure", devices: ["mt-03"] },
      ...{ onset: 0, observable: 0, end: null },
      ...truth,
    },
    title: text("무단 투기", "Dumping on the way"),
    by: delay === null ? null : { id: "a", what: "alarm", class: "operations", rule: "manure/dumping", t: 0 },
    ...{ delay, alarms: 1, acknowledged: null, acted: null },
  });

describe("what was injected and found, on the command line", () => {
  it("says by which rule, and how long after it could be seen", () => {
    expect(found({}, 600)).toBe("found  manure/dumping at mt-03 by manure/dumping, 10m after it first showed");
    expect(found({ kind: "storm", devices: [], observable: null }, 4200)).toBe("found  storm by manure/dumping, 1h10m after its step");
    expect(found({ devices: ["a", "b", "c", "d"] }, 1)).toContain("at a, b and 2 more by");
  });
  it("says how long an incident waited for its chance", () => {
    expect(found({ observable: 25 * minute }, 600)).toBe(
      "found  manure/dumping at mt-03 by manure/dumping: it first showed 25m after its step, and was found 10m later",
    );
    expect(found({ observable: 25 * minute }, null)).toBe("missed manure/dumping at mt-03, which first showed 25m after its step");
    expect(found({ observable: null }, null)).toBe("missed manure/dumping at mt-03, which never showed");
  });
});
