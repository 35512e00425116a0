import { type Alarm, type AlarmFacts, type JournalLine, letterOf, type ResponseState, type WorkItem } from "../../shared/alarm.ts";
import type { Command } from "../../shared/command.ts";
import type { Handoff } from "../../shared/links.ts";
import type { SignalAdvice } from "../../shared/signal-advice.ts";

/** Rows of a desk, whole, with what a test cares about on top. */
const t = Date.UTC(2026, 10, 24, 14, 55);
const words = (en: string) => ({ ko: `${en} (한)`, en });

/** Facts and the letter that follows from them. */
export const lettered = <A extends AlarmFacts>(alarm: A): A & { state: Alarm["state"] } => ({ ...alarm, state: letterOf(alarm) });

export function alarmOf(device: string, over: Partial<Alarm> = {}): Alarm {
  const [service = "", kind = ""] = device.split("-");
  const rule = over.rule ?? `${service}/level`;
  return lettered({
    id: `${rule.replace("/", "-")}-${device}`,
    state: "A",
    ...{ active: true, acked: false, latched: false, shelved: null, suppressed: null, outOfService: null },
    ...{ rule, class: "operations", priority: 2, service, kind, device, gateway: `gw-${service}`, district: "north", timeline: "city" },
    ...{ occurrence: 1, run: "r1", raisedAt: t, clearedAt: null, ackedAt: null, ackedBy: null, changedAt: t, respondBy: t + 600_000 },
    ...{ metric: "level", value: 6.1, limit: 6, text: words("Level: alert"), group: null, cause: null, first: false, consequences: 0 },
    ...{ count: 1, chattering: false, owner: null, comments: 0, inherited: false },
    ...over,
  });
}

export const lineOf = (over: Partial<JournalLine> = {}): Omit<JournalLine, "n"> => ({
  ...{ run: "r1", timeline: "city", t, at: t + 1, what: "raised", alarm: null, occurrence: null, rule: null, service: "stream", device: null },
  ...{ by: "rule", role: null, before: null, after: null, reason: null },
  ...over,
});

export function itemOf(device: string, over: Partial<WorkItem> = {}): WorkItem {
  const [service = ""] = device.split("-");
  const rule = over.rule ?? `${service}/overstay`;
  return {
    id: `${rule.replace("/", "-")}-${device}-1`,
    ...{ queue: "case", rule, service, device, district: "north", timeline: "city", title: words("Overstay"), openedAt: t, closedAt: null },
    ...{
      state: "open",
      owner: null,
      facts: [{ t, text: words("Entered, and stayed") }],
      active: true,
      cause: null,
      result: null,
      note: null,
      exportedAt: null,
    },
    law: { clause: words("Article 18-8"), from: "2026-02-05", amount: 100_000 },
    ...over,
  };
}

export function commandOf(device: string, over: Partial<Command> = {}): Command {
  const [service = ""] = device.split("-");
  return {
    ...{
      id: `c-${device}`,
      service,
      device,
      op: "gate",
      args: { to: "closed" },
      state: "pending",
      commanded: "gate = closed",
      actual: "gate = open",
    },
    ...{ by: "박준호", role: "operator", t, at: t + 1, expires: t + 60_000, heardAt: null, doneAt: null, reason: null, alarm: null, response: null },
    ...over,
  };
}

export const responseOf = (id: string, over: Partial<ResponseState> = {}): ResponseState => ({
  id,
  service: id.split("/")[0] ?? "",
  title: words("Close the gates"),
  mode: "auto",
  by: null,
  armed: [{ key: "k1", device: "stream-gate-001", fires: t + 30_000, waits: null }],
  offered: [],
  ...over,
});

export function handoffOf(alarm: Alarm, over: Partial<Handoff> = {}): Handoff {
  const { id, occurrence, rule, service, device, district } = alarm;
  return {
    ...{ id: `h-${id}`, to: "disaster", alarm: id, occurrence, rule, service, device, district, t, by: "system", state: "sent", tries: 1 },
    receipts: [{ state: "sent", at: t + 1 }],
    ...over,
  };
}

const timing = { cycle: 120, main: 60, cross: 40, offset: 0 };
export const adviceOf = (device: string, over: Partial<SignalAdvice> = {}): SignalAdvice => ({
  ...{ device, district: "north", mode: "manual", t, flows: { "traffic-approach-001": 620 }, present: timing, proposed: { ...timing, main: 66 } },
  ...{ delayPresent: 41.5, delayProposed: 33.2, held: null, applied: { t, by: "system", predicted: 30, measured: null } },
  ...over,
});
