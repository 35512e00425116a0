import { describe, expect, it } from "vitest";
import { create } from "xmlbuilder2";
import { type CapPlan, capXml, senderOf } from "../../../broker/cap/cap-xml.ts";
import type { Condition, Priority, Rule } from "../../../shared/alarm-rule.ts";
import { capWorld, nine, plan, problemsOf, rule, serviceWith } from "../../support/cap-world.ts";
import { minute } from "../../support/ingest-world.ts";

describe("the standard's schema, as these tests use it", () => {
  it("refuses a fraction of a second, a Z, a misspelt urgency and elements out of order", async () => {
    const world = capWorld();
    world.happen("raised", nine);
    const [good = ""] = world.xml();
    expect(await problemsOf(good)).toEqual([]);
    for (const [right, wrong] of [
      ["+09:00</sent>", ".5+09:00</sent>"],
      ["+09:00</sent>", "Z</sent>"],
      ["<urgency>Expected", "<urgency>Inmediate"],
      ["<status>Exercise</status>", ""],
      ["<scope>Public</scope>", "<scope>Public</scope><status>Exercise</status>"],
    ] as const) {
      expect(good).toContain(right);
      expect(await problemsOf(good.replace(right, wrong)), wrong).not.toEqual([]);
    }
  });
});

describe("a public alarm of the simulated city", () => {
  it("is an Alert, Updates with each step and an all-clear, every one valid, each with the chain behind it", async () => {
    const world = capWorld();
    world.happen("raised", nine);
    world.happen("priority", nine + minute, { priority: 2 });
    world.restart();
    world.happen("priority", nine + 2 * minute, { priority: 1, respondBy: nine + 12 * minute });
    world.happen("cleared", nine + 90 * minute);
    expect(world.types()).toEqual(["Alert P3", "Update P2", "Update P1", "Update AllClear P1"]);
    expect(await problemsOf(...world.xml())).toEqual([]);
    const documents = world.xml().map((xml) => (create(xml).toObject() as { alert: Record<string, unknown> }).alert);
    const ids = documents.map(({ identifier }) => String(identifier));
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[\w.-]+$/);
    const sent = documents.map(({ sent: at }) => at);
    expect(sent[0]).toBe("2026-10-12T09:00:00+09:00");
    expect(documents.map(({ references }) => references ?? "")).toEqual(
      ids.map((_, n) =>
        ids
          .slice(0, n)
          .map((id, k) => `${senderOf(plan)},${id},${sent[k]}`)
          .join(" "),
      ),
    );
    const infos = documents.map(({ info }) => info as Record<string, unknown>[]);
    for (const pair of infos) expect(pair.map(({ language }) => language)).toEqual(["ko-KR", "en-US"]);
    expect(infos.map(([ko]) => [ko?.severity, ko?.urgency, ko?.certainty, ko?.responseType])).toEqual([
      ["Moderate", "Expected", "Observed", "Monitor"],
      ["Severe", "Expected", "Observed", "Execute"],
      ["Extreme", "Immediate", "Observed", "Execute"],
      ["Extreme", "Past", "Observed", "AllClear"],
    ]);
    // as it stands in the XML: the reader of these tests leaves references as they are
    const [ko, en] = infos[0] ?? [];
    expect(ko).toMatchObject({ event: "수위 &lt;경계&gt; &amp; 대피", instruction: "하천변에서 벗어나십시오", category: "Met" });
    expect(ko?.headline).toBe("[훈련] 수위 &lt;경계&gt; &amp; 대피 (북천 1호 &lt;상&gt;)");
    expect(en?.headline).toBe('[EXERCISE] Level &lt;alert&gt; &amp; "go" (Bukcheon 1)');
    expect(String(ko?.description)).toMatch(/^상류의 비\s*\. 산책로 침수\.$/);
  });

  it("names the district's ground, closed, latitude first", () => {
    const world = capWorld();
    world.happen("raised", nine);
    const polygon = /<polygon>([^<]+)<\/polygon>/.exec(world.xml()[0] ?? "")?.[1]?.split(" ") ?? [];
    expect(polygon.length).toBeGreaterThanOrEqual(4);
    expect(polygon[0]).toBe(polygon.at(-1));
    for (const point of polygon) {
      const [lat = 0, lon = 0] = point.split(",").map(Number);
      expect(lat).toBeGreaterThan(33);
      expect(lat).toBeLessThan(39);
      expect(lon).toBeGreaterThan(124);
    }
  });

  it("closes a ring that the plan leaves open", () => {
    const world = capWorld();
    world.happen("raised", nine);
    const [first] = plan.layers.district.features;
    const ring = [
      [127, 37],
      [127.1, 37],
      [127.1, 37.1],
    ] as [number, number][];
    const open = { ...first!, properties: { id: plan.districts[0]?.id ?? "" }, geometry: { type: "Polygon", coordinates: [ring] } } as const;
    const xml = capXml(world.bulletins().messages()[0]!, { ...plan, layers: { district: { type: "FeatureCollection", features: [open] } } });
    expect(xml).toContain("<polygon>37.00000,127.00000 37.00000,127.10000 37.10000,127.10000 37.00000,127.00000</polygon>");
  });

  it("stands for its surroundings where the plan has no such district", async () => {
    const world = capWorld({ district: "nowhere" });
    world.happen("raised", nine);
    expect(world.xml()[0]).toContain("<circle>37.5,127 0.5</circle>");
    expect(await problemsOf(world.xml()[0] ?? "")).toEqual([]);
  });
});

describe("status", () => {
  const statusOf = (timeline: "city" | "field"): string | undefined => {
    const world = capWorld({ timeline });
    world.happen("raised", nine);
    return /<status>(\w+)</.exec(world.xml()[0] ?? "")?.[1];
  };
  it("is Exercise for all that is simulated, Test for real devices, never Actual", () => {
    expect([statusOf("city"), statusOf("field")]).toEqual(["Exercise", "Test"]);
  });
});

describe("certainty", () => {
  const kinds: readonly [Partial<Condition<string, string, string, string>> & { kind: string }, string][] = [
    [{ kind: "forecast", metric: "level", limit: 1, lead: 60 }, "Likely"],
    [{ kind: "seasonal", metric: "level", side: "above", spreads: 4, least: 1 }, "Possible"],
  ];
  it.each(kinds)("of $kind is %s", (when, certainty) => {
    const only = { ...rule, when } as Rule;
    const world = capWorld({ contract: serviceWith([only]), only });
    world.happen("raised", nine);
    expect(world.bulletins().messages()[0]?.certainty).toBe(certainty);
  });
  it("is Unknown while the sensor itself is doubted", () => {
    const world = capWorld();
    world.happen("raised", nine, { evidence: { verdict: { what: "sensor" } } });
    expect(world.bulletins().messages()[0]?.certainty).toBe("Unknown");
  });
});

const priorities: readonly Priority[] = [1, 2, 3, 4];
describe("every priority, certainty and category", () => {
  it("gives a valid message in both languages", async () => {
    const cityless: CapPlan = { ...plan, districts: [] };
    const world = capWorld();
    for (const [n, priority] of priorities.entries()) {
      world.happen("raised", nine + 2 * n * minute, { priority, value: n % 2 === 0 ? "closed" : true, limit: null });
      world.happen("cleared", nine + (2 * n + 1) * minute, { respondBy: null });
    }
    expect(
      await problemsOf(
        ...world
          .bulletins()
          .messages()
          .map((message) => capXml(message, cityless)),
      ),
    ).toEqual([]);
  });
});
