import { readFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { create } from "xmlbuilder2";
import { validateXML } from "xmllint-wasm";
import { openJournal } from "../../../broker/alarms/journal.ts";
import { createBulletins } from "../../../broker/cap/bulletins.ts";
import { capDocument } from "../../../broker/cap/cap-feed.ts";
import type { PublicAlarm } from "../../../broker/cap/cap-message.ts";
import { type CapPlan, capTime, capXml, senderOf } from "../../../broker/cap/cap-xml.ts";
import type { Condition, Priority, Rule } from "../../../shared/alarm-rule.ts";
import type { Service } from "../../../shared/service.ts";
import { stream } from "../../../shared/services/stream.ts";
import { buildGround } from "../../../simulator/city/build-ground.ts";
import { findingOf, watchedOf } from "../../support/found.ts";
import { minute } from "../../support/ingest-world.ts";

/** The standard's own schema: OASIS, CAP v1.2. */
const schema = readFileSync(new URL("../../support/cap-1.2.xsd", import.meta.url), "utf8");
const problemsOf = async (...xmls: readonly string[]): Promise<readonly string[]> =>
  (await validateXML({ xml: xmls.map((contents, n) => ({ fileName: `message-${n}.xml`, contents })), schema: [schema] })).errors.map(
    ({ message }) => message,
  );

const { plan } = buildGround("small", 1);
const nine = Date.UTC(2026, 9, 12, 0, 0, 0, 678);
const base = {
  version: 1,
  kind: "gauge",
  outcome: "alarm",
  class: "operations",
  priority: 3,
  title: { ko: "수위 <경계> & 대피", en: 'Level <alert> & "go"' },
  cause: { ko: "상류의 비\u0007", en: "Rain upstream\u0000" },
  consequence: { ko: "산책로 침수", en: "Paths go under water" },
  response: [],
  minutes: 30,
  public: { category: "Met", instruction: { ko: "하천변에서 벗어나십시오", en: "Leave the banks" } },
} as const;
const rule: Rule = { ...base, id: "flood", when: { kind: "limit", metric: "level", side: "above", steps: [], deadband: 0 } };
const serviceWith = (rules: readonly Rule[], over: Partial<Service> = {}): Service => ({ ...stream, ...over, rules }) as unknown as Service;

function room({ contract = serviceWith([rule]), timeline = "city" as "city" | "field", district = plan.districts[0]?.id ?? "", only = rule } = {}) {
  const where = watchedOf(contract, "gauge", "ws-1", { timeline, district, name: { ko: "북천 1호 <상>", en: "Bukcheon 1" } });
  const journal = openJournal();
  journal.begin("run/1 é");
  let alarm: PublicAlarm = {
    id: "stream-flood-ws-1",
    occurrence: 0,
    active: false,
    outOfService: null,
    suppressed: null,
    priority: 3,
    raisedAt: 0,
    respondBy: null,
    metric: "level",
    value: 6.1,
    limit: 6,
    text: only.title,
    rule: `stream/${only.id}`,
    device: "ws-1",
    evidence: null,
  };
  let there = true;
  const parts = { device: (id: string) => (there && id === "ws-1" ? where : undefined), alarm: () => (there ? alarm : undefined), journal };
  let bulletins = createBulletins(parts);
  const moment = (t: number) => ({ timeline, t, at: t }) as const;
  return {
    bulletins: () => bulletins,
    xml: (): string[] => bulletins.messages().map((message) => capXml(message, plan)),
    types: () => bulletins.messages().map(({ type, over, priority }) => `${type}${over ? " AllClear" : ""} P${priority}`),
    be(change: Partial<PublicAlarm>): void {
      alarm = { ...alarm, ...change };
    },
    happen(what: "raised" | "priority" | "cleared", t: number, change: Partial<PublicAlarm> = {}): void {
      const raised = what === "raised" ? { active: true, occurrence: alarm.occurrence + 1, raisedAt: t, respondBy: t + 30 * minute } : {};
      alarm = { ...alarm, ...raised, ...(what === "cleared" ? { active: false } : {}), ...change };
      bulletins.found(findingOf(only, where, what, t), moment(t));
    },
    /** The device goes, or comes back with an alarm that knows nothing of the one before. */
    isThere(is: boolean): void {
      there = is;
      if (is) alarm = { ...alarm, active: false, occurrence: 0 };
    },
    /** Event time of the other timeline. */
    passOther: (t: number, wall: number) => bulletins.advance({ timeline: timeline === "city" ? "field" : "city", t, at: wall }),
    pass: (t: number) => bulletins.advance(moment(t)),
    restart(): void {
      const state = deserialize(serialize(structuredClone(bulletins.state())));
      bulletins = createBulletins(parts);
      bulletins.restore(state);
    },
  };
}

describe("the standard's schema, as these tests use it", () => {
  it("refuses a fraction of a second, a Z, a misspelt urgency and elements out of order", async () => {
    const world = room();
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
    const world = room();
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
    const world = room();
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
    const world = room();
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
    const world = room({ district: "nowhere" });
    world.happen("raised", nine);
    expect(world.xml()[0]).toContain("<circle>37.5,127 0.5</circle>");
    expect(await problemsOf(world.xml()[0] ?? "")).toEqual([]);
  });

  it("is withdrawn when its sensor is taken out of service, and said anew when it is back and still stands", async () => {
    const world = room();
    world.happen("raised", nine);
    world.be({ outOfService: { since: nine, by: "kim", order: "W-1" } });
    world.pass(nine + 2 * minute);
    world.pass(nine + 4 * minute);
    world.be({ outOfService: null });
    world.pass(nine + 6 * minute);
    world.happen("cleared", nine + 9 * minute);
    expect(world.types()).toEqual(["Alert P3", "Cancel P3", "Alert P3", "Update AllClear P3"]);
    expect(await problemsOf(...world.xml())).toEqual([]);
  });

  it("that its cause suppresses is not published, until it stands alone", () => {
    const world = room();
    world.happen("raised", nine, { suppressed: { by: "storm" } });
    world.pass(nine + 2 * minute);
    expect(world.types()).toEqual([]);
    world.be({ suppressed: null });
    world.pass(nine + 4 * minute);
    expect(world.types()).toEqual(["Alert P3"]);
  });

  it("has a chain of its own for each occurrence", () => {
    const world = room();
    world.happen("raised", nine);
    world.happen("cleared", nine + minute);
    world.happen("raised", nine + 2 * minute);
    expect(world.types()).toEqual(["Alert P3", "Update AllClear P3", "Alert P3"]);
    expect(world.bulletins().messages().at(-1)?.references).toEqual([]);
  });

  it("is forgotten with its run", () => {
    const world = room();
    world.happen("raised", nine);
    world.bulletins().forget("city");
    expect(world.types()).toEqual([]);
  });
});

describe("status", () => {
  const statusOf = (timeline: "city" | "field"): string | undefined => {
    const world = room({ timeline });
    world.happen("raised", nine);
    return /<status>(\w+)</.exec(world.xml()[0] ?? "")?.[1];
  };
  it("is Exercise for all that is simulated, Test for real devices, never Actual", () => {
    expect([statusOf("city"), statusOf("field")]).toEqual(["Exercise", "Test"]);
  });
});

describe("what is not for the public", () => {
  it.each([
    [
      "a rule that is not marked",
      serviceWith([{ ...rule, public: undefined } as unknown as Rule]),
      { ...rule, public: undefined } as unknown as Rule,
    ],
    ["a sensitive service", serviceWith([rule], { sensitive: true }), rule],
    ["work for a queue", serviceWith([{ ...rule, outcome: "task" }]), { ...rule, outcome: "task" } as Rule],
  ])("%s says nothing", (_, contract, only) => {
    const world = room({ contract, only });
    world.happen("raised", nine);
    world.pass(nine + 5 * minute);
    expect(world.types()).toEqual([]);
  });
});

describe("certainty", () => {
  const kinds: readonly [Partial<Condition<string, string, string, string>> & { kind: string }, string][] = [
    [{ kind: "forecast", metric: "level", limit: 1, lead: 60 }, "Likely"],
    [{ kind: "seasonal", metric: "level", side: "above", spreads: 4, least: 1 }, "Possible"],
  ];
  it.each(kinds)("of $kind is %s", (when, certainty) => {
    const only = { ...rule, when } as Rule;
    const world = room({ contract: serviceWith([only]), only });
    world.happen("raised", nine);
    expect(world.bulletins().messages()[0]?.certainty).toBe(certainty);
  });
  it("is Unknown while the sensor itself is doubted", () => {
    const world = room();
    world.happen("raised", nine, { evidence: { verdict: { what: "sensor" } } });
    expect(world.bulletins().messages()[0]?.certainty).toBe("Unknown");
  });
});

describe("the feed", () => {
  it("is Atom with an entry for each message, newest first, and each entry's link leads to its message", () => {
    const world = room();
    world.happen("raised", nine);
    world.happen("cleared", nine + minute);
    const messages = world.bulletins().messages();
    const { feed } = create(capDocument(messages, plan) ?? "").toObject() as { feed: Record<string, unknown> };
    for (const name of ["id", "title", "updated", "author", "link"]) expect(feed[name], name).toBeDefined();
    expect(feed.updated).toBe(capTime(nine + minute));
    const entries = feed.entry as Record<string, Record<string, string>>[];
    expect(entries).toHaveLength(2);
    for (const entry of entries) {
      for (const name of ["id", "title", "updated", "summary"]) expect(typeof entry[name], name).toBe("string");
      expect(capDocument(messages, plan, entry.link?.["@href"])).toContain("<alert xmlns=");
    }
    expect(entries[0]?.title).toContain("AllClear");
    expect(capDocument(messages, plan, "../../etc/passwd")).toBeUndefined();
  });

  it("of nothing is a feed all the same", () => {
    expect(create(capDocument([], plan) ?? "").toObject()).toMatchObject({ feed: { title: expect.any(String) } });
  });

  it("keeps the newest two hundred and what stands", () => {
    const world = room();
    for (let n = 0; n < 400; n++) {
      world.happen("raised", nine + 2 * n * minute);
      world.happen("cleared", nine + (2 * n + 1) * minute);
    }
    const messages = world.bulletins().messages();
    expect(messages.length).toBeLessThanOrEqual(300);
    expect(messages.at(-1)?.occurrence).toBe(400);
  });
});

const priorities: readonly Priority[] = [1, 2, 3, 4];
describe("every priority, certainty and category", () => {
  it("gives a valid message in both languages", async () => {
    const cityless: CapPlan = { ...plan, districts: [] };
    const world = room();
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

describe("a public alarm whose device is removed", () => {
  it("is withdrawn within a minute, once, in its own words, with the chain behind it", async () => {
    const world = room();
    world.happen("raised", nine);
    world.happen("priority", nine + minute, { priority: 2 });
    world.isThere(false);
    world.restart();
    world.pass(nine + 3 * minute);
    world.pass(nine + 9 * minute);
    expect(world.types()).toEqual(["Alert P3", "Update P2", "Cancel P2"]);
    const [alert, update, cancel] = world.bulletins().messages();
    expect(cancel).toEqual({
      ...update,
      id: alert?.id.replace(/1$/, "3"),
      type: "Cancel",
      t: nine + 3 * minute,
      references: [alert, update].map((one) => ({ id: one?.id, t: one?.t })),
    });
    expect(await problemsOf(...world.xml())).toEqual([]);
    expect(world.bulletins().state().standing).toEqual([]);
  });

  it("says nothing more when it was over, held back or withdrawn already", () => {
    const [over, held, gone] = [room(), room(), room()];
    over.happen("raised", nine);
    over.happen("cleared", nine + minute);
    held.happen("raised", nine, { suppressed: { by: "x" } });
    gone.happen("raised", nine);
    gone.be({ outOfService: { since: nine, by: "x", order: "1" } });
    gone.pass(nine + 2 * minute);
    for (const world of [over, held, gone]) {
      const before = world.types();
      world.isThere(false);
      world.pass(nine + 9 * minute);
      expect(world.types()).toEqual(before);
    }
  });

  it("is withdrawn before the next Alert of a device that came back before anybody looked", () => {
    const world = room();
    world.happen("raised", nine);
    world.isThere(false);
    world.isThere(true);
    world.happen("raised", nine + 10_000);
    world.pass(nine + 5 * minute);
    expect(world.types()).toEqual(["Alert P3", "Cancel P3", "Alert P3"]);
  });

  it("waits for its own event time in the city; the last real device has none any more, and goes by the wall clock", () => {
    const [city, field] = [room(), room({ timeline: "field" })];
    for (const world of [city, field]) {
      world.happen("raised", nine);
      world.isThere(false);
      world.passOther(nine + 60 * minute, nine + 7 * minute);
    }
    expect(city.types()).toEqual(["Alert P3"]);
    city.pass(nine + 2 * minute);
    expect(city.types()).toEqual(["Alert P3", "Cancel P3"]);
    expect(
      field
        .bulletins()
        .messages()
        .map(({ type, t }) => [type, t]),
    ).toEqual([
      ["Alert", nine],
      ["Cancel", nine + 7 * minute],
    ]);
  });
});
