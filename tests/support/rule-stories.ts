import { describe, expect, it } from "vitest";
import type { Rule } from "../../shared/alarm-rule.ts";
import type { Text } from "../../shared/text.ts";
import { type DetectWorld, day, second, start } from "./detect-world.ts";

type Tell = (w: DetectWorld) => void;
/** What must raise a rule, and what must not. Minutes count from the begin of the world. */
export interface Story {
  readonly incident: Tell;
  readonly raised: number;
  /** When it is over; null = not by itself, as far as the story goes. */
  readonly over: number | null;
  /** Priorities that it takes; default: the rule's own. */
  readonly priorities?: readonly number[];
  /** Where it is looked at; default: everywhere. */
  readonly at?: string;
  readonly faults: Readonly<Record<string, Tell>>;
}

const minutes = (t: number): number => Math.round((t - start) / second / 6) / 10;

/** Every rule has its story; its incident raises it and is over after it, and no fault raises it. */
export function proveRules(rules: readonly Rule[], world: () => DetectWorld, stories: Readonly<Record<string, Story>>): void {
  const findingsOf = (rule: Rule, tell: Tell, at?: string) => {
    const w = world();
    tell(w);
    w.until(start + 4 * day);
    return w.findings.filter((finding) => finding.rule.id === rule.id && (at === undefined || finding.device === at));
  };
  it("have a story each, with a fault at least", () => {
    expect(Object.keys(stories).sort()).toEqual(rules.map(({ id }) => id).sort());
    for (const [id, { faults }] of Object.entries(stories)) expect(Object.keys(faults), id).not.toEqual([]);
  });

  describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    const story = stories[id]!;
    it("is raised by its incident, is over after it, and says why", () => {
      const found = findingsOf(rule, story.incident, story.at);
      expect(found.filter(({ what }) => what !== "priority").map(({ what, t }) => [what, minutes(t)])).toEqual([
        ["raised", story.raised],
        ...(story.over === null ? [] : [["cleared", story.over]]),
      ]);
      expect(found.filter(({ what }) => what !== "cleared").map(({ priority }) => priority)).toEqual(story.priorities ?? [rule.priority]);
      const { evidence, respondBy } = found[0]!;
      expect(evidence?.condition.ko).toMatch(/[가-힣].*/);
      expect(evidence?.condition.en).toMatch(/^[^가-힣]+$/);
      expect(evidence?.inputs.length).toBeGreaterThan(0);
      const { t } = evidence!;
      // who forecasts knows better when it will be there
      if (rule.when.kind === "forecast") expect((respondBy! - t) / 60_000).toSatisfy((left: number) => left > 0 && left <= rule.minutes);
      else expect(respondBy).toBe(rule.minutes === 0 ? null : t + rule.minutes * 60_000);
    });
    it.each(Object.entries(story.faults))("is not raised by %s", (_name, fault) => {
      expect(findingsOf(rule, fault).map(({ what, t }) => [what, minutes(t)])).toEqual([]);
    });
    it("is rationalised in both languages", () => {
      const texts: readonly Text[] = [rule.title, rule.cause, rule.consequence, ...rule.response];
      for (const { ko, en } of texts) {
        expect(ko).toMatch(/[가-힣]/);
        expect(en).toMatch(/^[^가-힣]+$/);
      }
      if (rule.outcome !== "event") expect(rule.response.length).toBeGreaterThan(0);
      // without an operator's action it is no alarm, and one of the operators' own says how long there is
      if (rule.outcome === "alarm" && rule.class === "operations") expect(rule.minutes).toBeGreaterThan(0);
    });
  });
}
