import { deserialize, serialize } from "node:v8";
import { openJournal } from "../../broker/alarms/journal.ts";
import type { Patience } from "../../broker/handoff/courier.ts";
import { createHandoffs, type HandoffsState } from "../../broker/handoff/handoffs.ts";
import type { LinkReceipt } from "../../broker/handoff/link-receipt.ts";
import { type AlarmDetail, letterOf } from "../../shared/alarm.ts";
import type { Rule } from "../../shared/alarm-rule.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { Service } from "../../shared/service.ts";
import { ucare } from "../../shared/services/ucare.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { findingOf, watchedOf } from "./found.ts";

const by = { name: "박준호", role: "operator" } as const;
/** What both sides sign with. */
export const secret = "0123456789-0123456789-비밀";
/** Tries that follow each other at once. */
export const quick: Patience = { timeout: 10_000, first: 4, longest: 10, tries: 4 };
/** 2026-10-12 09:00 in Seoul. */
export const nine = Date.UTC(2026, 9, 12, 0);

const fire: Rule = {
  id: "blaze",
  version: 1,
  kind: "home",
  outcome: "alarm",
  class: "operations",
  priority: 1,
  title: { ko: "화재 감지", en: "Fire detected" },
  cause: { ko: "화재감지기가 작동했습니다.", en: "The fire detector has gone off." },
  consequence: { ko: "대피가 어렵습니다.", en: "Nobody gets out alone." },
  response: [{ ko: "119 접수를 확인합니다.", en: "See that 119 has it." }],
  minutes: 2,
  when: { kind: "event", event: "fire" },
  links: [
    { to: "dispatch-119", when: "raised" },
    { to: "vulnerable", when: "asked" },
  ],
};
const contract: Service = { ...ucare, rules: [fire] } as unknown as Service;

/** Hand-overs over a desk of one alarm: raise it, let it end, and see what is handed to whom. */
export function handoffWorld({ timeline = "city", live = true }: { timeline?: Timeline; live?: boolean } = {}) {
  const where = watchedOf(contract, "home", "home-1", { timeline, name: { ko: "돌봄 가구 1", en: "Home 1" }, lat: 37.55, lon: 127.01 });
  const journal = openJournal();
  journal.begin("r1");
  const blank = { shelved: null, suppressed: null, outOfService: null, latched: false };
  let facts = { active: false, acked: true, ...blank } as Pick<
    AlarmDetail,
    "active" | "acked" | "latched" | "shelved" | "suppressed" | "outOfService"
  >;
  let [occurrence, raisedAt] = [0, 0];
  const alarm = (id: string): AlarmDetail | undefined =>
    id !== "ucare-blaze-home-1" || occurrence === 0
      ? undefined
      : ({
          id,
          ...facts,
          state: letterOf(facts),
          rule: "ucare/blaze",
          service: "ucare",
          device: "home-1",
          district: where.district,
          priority: 1,
          occurrence,
          raisedAt,
          respondBy: raisedAt + 120_000,
          metric: null,
          value: null,
          limit: null,
          text: fire.title,
          why: { cause: fire.cause, consequence: fire.consequence, response: fire.response, minutes: 2 },
        } as unknown as AlarmDetail);
  const parts = { device: (id: string) => (id === "home-1" ? where : undefined), alarm, journal, live: () => live };
  let handoffs = createHandoffs(parts);
  const at = (t: number) => ({ timeline, t, at: t + 7 });
  return {
    journal,
    handoffs: () => handoffs,
    raise(t: number, change: Partial<typeof facts> = {}): void {
      facts = { ...facts, active: true, acked: false, ...change };
      occurrence += 1;
      raisedAt = t;
      handoffs.found(findingOf(fire, where, "raised", t), at(t));
    },
    be(change: Partial<typeof facts>): void {
      facts = { ...facts, ...change };
    },
    act: (action: RoomAction, t: number) => handoffs.act(action, by, at(t)),
    hear: (receipt: LinkReceipt, t = nine) => handoffs.receipt(receipt, at(t)),
    newest: () => handoffs.handoffs({ limit: 1 })[0],
    restart(): void {
      const state = deserialize(serialize(structuredClone(handoffs.state()))) as HandoffsState;
      handoffs = createHandoffs(parts);
      handoffs.restore(state);
    },
  };
}
