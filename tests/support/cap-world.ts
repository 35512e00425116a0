import { readFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { validateXML } from "xmllint-wasm";
import { openJournal } from "../../broker/alarms/journal.ts";
import { createBulletins } from "../../broker/cap/bulletins.ts";
import type { PublicAlarm } from "../../broker/cap/cap-message.ts";
import { capXml } from "../../broker/cap/cap-xml.ts";
import type { Rule } from "../../shared/alarm-rule.ts";
import type { Service } from "../../shared/service.ts";
import { stream } from "../../shared/services/stream.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { findingOf, watchedOf } from "./found.ts";
import { minute } from "./ingest-world.ts";

/** The standard's own schema: OASIS, CAP v1.2. */
const schema = readFileSync(new URL("./cap-1.2.xsd", import.meta.url), "utf8");
export const problemsOf = async (...xmls: readonly string[]): Promise<readonly string[]> =>
  (await validateXML({ xml: xmls.map((contents, n) => ({ fileName: `message-${n}.xml`, contents })), schema: [schema] })).errors.map(
    ({ message }) => message,
  );

export const { plan } = buildGround("small", 1);
export const nine = Date.UTC(2026, 9, 12, 0, 0, 0, 678);
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
export const rule: Rule = { ...base, id: "flood", when: { kind: "limit", metric: "level", side: "above", steps: [], deadband: 0 } };
export const serviceWith = (rules: readonly Rule[], over: Partial<Service> = {}): Service => ({ ...stream, ...over, rules }) as unknown as Service;

/** What one gauge of a city gives to the public: its alarm is what a test says it is. */
export function capWorld({
  contract = serviceWith([rule]),
  timeline = "city" as "city" | "field",
  district = plan.districts[0]?.id ?? "",
  only = rule,
} = {}) {
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
