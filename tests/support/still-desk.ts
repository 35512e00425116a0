import type { Alarm, AlarmDetail, AlarmScore, JournalLine, ResponseState, WorkItem } from "../../shared/alarm.ts";
import type { Command } from "../../shared/command.ts";
import type { Handoff } from "../../shared/links.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { Acted, RoomAction } from "../../shared/room-action.ts";
import type { RoomNews, RoomPort } from "../../shared/room-port.ts";
import type { SignalAdvice } from "../../shared/signal-advice.ts";
import { commandOf, handoffOf, lettered, lineOf } from "./desk-rows.ts";

const noNews: Omit<RoomNews, "n" | "flood"> = { alarms: [], lines: [], items: [], commands: [], responses: [], handoffs: [], advice: [] };
const words = (en: string) => ({ ko: `${en} (한)`, en });
export const goodSignature = "v1,good";

interface DeskRows {
  readonly alarms?: readonly Alarm[];
  readonly lines?: readonly Omit<JournalLine, "n">[];
  readonly items?: readonly WorkItem[];
  readonly commands?: readonly Command[];
  readonly responses?: readonly ResponseState[];
  readonly handoffs?: readonly Handoff[];
  readonly advice?: readonly SignalAdvice[];
}

/** A desk in memory that obeys: it shows what it was given, does what it is asked, and writes both down. What the real one refuses by rule, it does not know. */
export interface StillDesk {
  readonly port: RoomPort;
  /** What reached the room, by whom. */
  readonly done: { readonly action: RoomAction; readonly by: Actor }[];
  /** Rows appear or change, and are told. */
  put(rows: DeskRows): void;
  flood(since: number | null, lastTenMinutes: number): void;
  /** Names in the lists of the score. */
  score(over: Partial<AlarmScore>): void;
  cap(id: string, xml: string): void;
  /** How many listen to news. */
  listeners(): number;
}

const keyed = <T>(key: (row: T) => string) => {
  const rows = new Map<string, T>();
  return { rows, put: (all: readonly T[]) => all.forEach((row) => void rows.set(key(row), row)) };
};

export function stillDesk(): StillDesk {
  const listeners = new Set<(news: RoomNews) => void>();
  const done: StillDesk["done"][number][] = [];
  const alarms = keyed<Alarm>(({ id }) => id);
  const items = keyed<WorkItem>(({ id }) => id);
  const commands = keyed<Command>(({ id }) => id);
  const responses = keyed<ResponseState>(({ id }) => id);
  const handoffs = keyed<Handoff>(({ id }) => id);
  const advice = keyed<SignalAdvice>(({ device }) => device);
  const notes = new Map<string, AlarmDetail["notes"]>();
  const lines: JournalLine[] = [];
  const caps = new Map<string, string>();
  let scoreOver: Partial<AlarmScore> = {};
  let level: RoomNews["flood"] = { since: null, lastTenMinutes: 0 };

  const tell = (news: Partial<RoomNews>): void => {
    for (const listener of listeners) listener({ ...noNews, n: lines.length, flood: level, ...news });
  };
  function put(rows: DeskRows): void {
    const fresh = (rows.lines ?? []).map((line, at) => ({ ...line, n: lines.length + 1 + at }));
    lines.push(...fresh);
    alarms.put(rows.alarms ?? []);
    items.put(rows.items ?? []);
    commands.put(rows.commands ?? []);
    responses.put(rows.responses ?? []);
    handoffs.put(rows.handoffs ?? []);
    advice.put(rows.advice ?? []);
    tell({ ...rows, lines: fresh });
  }
  const acted = (by: Actor, what: string, touched: DeskRows, over: Partial<Acted> = {}): Result<Acted> => {
    const [alarm] = touched.alarms ?? [];
    const row = alarm ?? touched.items?.[0] ?? touched.commands?.[0] ?? touched.responses?.[0];
    const service = row?.service ?? null;
    const line = lineOf({ what, by: by.name, role: by.role, service, alarm: alarm?.id ?? null, device: alarm?.device ?? null });
    put({ ...touched, lines: [line] });
    return ok({ n: lines.length, alarms: (touched.alarms ?? []).map(({ id }) => id), command: null, left: [], ...over });
  };

  function acknowledge(action: Extract<RoomAction, { do: "acknowledge" }>, by: Actor): Result<Acted> {
    const left = action.alarms.filter(({ id, occurrence }) => alarms.rows.get(id)?.occurrence !== occurrence || alarms.rows.get(id)?.acked);
    const touched = action.alarms.filter((one) => !left.includes(one)).map(({ id }) => alarms.rows.get(id)!);
    const reason = "it is no longer that occurrence";
    if (touched.length === 0) return refuse(reason);
    const after = touched.map((alarm) => lettered({ ...alarm, acked: true, ackedBy: by.name }));
    return acted(by, "acknowledged", { alarms: after }, { left: left.map(({ id }) => ({ id, reason })) });
  }
  /** What an action changes in the alarm that it names. */
  function changes(action: RoomAction, by: Actor, before: Alarm): Partial<Alarm> | undefined {
    if (action.do === "shelve") return { shelved: { until: action.until, by: by.name, reason: action.reason, once: action.once } };
    if (action.do === "unshelve") return { shelved: null };
    if (action.do === "assign") return { owner: action.to };
    if (action.do === "out-of-service") return { outOfService: { since: before.raisedAt, by: by.name, order: action.order } };
    if (action.do === "in-service") return { outOfService: null };
    if (action.do === "reset") return { latched: false };
    if (action.do !== "comment") return undefined;
    notes.set(before.id, [...(notes.get(before.id) ?? []), { t: before.raisedAt, at: before.raisedAt, by: by.name, text: action.note }]);
    return { comments: before.comments + 1 };
  }
  function actOnOthers(action: RoomAction, by: Actor): Result<Acted> {
    switch (action.do) {
      case "command": {
        const command = commandOf(action.device, { id: `c${commands.rows.size + 1}`, op: action.op, args: action.args, by: by.name, role: by.role });
        return acted(by, "command", { commands: [command] }, { command: command.id });
      }
      case "hand-over": {
        const alarm = alarms.rows.get(action.alarm)!;
        return acted(by, "handed over", { alarms: [alarm], handoffs: [handoffOf(alarm, { to: action.to, by: by.name })] });
      }
      case "response-mode":
        return acted(by, "response-mode", { responses: [{ ...responses.rows.get(action.response)!, mode: action.mode, by: by.name }] });
      case "abort": {
        const response = responses.rows.get(action.response)!;
        if (!response.armed.some(({ key }) => key === action.key)) return refuse(`nothing counts down as "${action.key}"`);
        return acted(by, "aborted", { responses: [{ ...response, armed: response.armed.filter(({ key }) => key !== action.key) }] });
      }
      case "take-item":
        return acted(by, "taken", { items: [{ ...items.rows.get(action.item)!, state: "taken", owner: by.name }] });
      case "close-item":
        return acted(by, "closed", {
          items: [{ ...items.rows.get(action.item)!, state: "closed", result: action.result, note: action.note ?? null }],
        });
      case "export-items":
        return acted(by, "exported", { items: action.items.map((id) => ({ ...items.rows.get(id)!, exportedAt: items.rows.get(id)!.openedAt })) });
      case "adviser-mode":
        return acted(by, "adviser-mode", { advice: [...advice.rows.values()].map((one) => ({ ...one, mode: action.mode })) });
      default:
        return refuse(`nobody in the room knows how to "${action.do}"`);
    }
  }

  const port: RoomPort = {
    alarms: () => [...alarms.rows.values()].filter(({ state }) => state !== "A"),
    alarm(id): AlarmDetail | undefined {
      const alarm = alarms.rows.get(id);
      const spot = { device: alarm?.device ?? "", metric: "level", t: alarm?.raisedAt ?? 0 };
      return (
        alarm && {
          ...alarm,
          title: words("Level"),
          why: { cause: words("Rain"), consequence: words("Path under water"), response: [words("Close the gates")], minutes: 20 },
          evidence: {
            ...{ t: spot.t, rule: alarm.rule, version: 3, condition: words("level above 6 m"), inputs: [{ ...spot, value: 6.1 }] },
            baseline: { middle: 1, low: 0.5, high: 1.5, from: "hour of the week" },
            neighbours: [{ ...spot, value: 5.9, agrees: true }],
            verdict: { what: "event" as const, because: words("the gauge upstream agrees") },
          },
          notes: notes.get(id) ?? [],
          journal: lines.filter((line) => line.alarm === id),
        }
      );
    },
    journal: ({ from = 0, to = Number.POSITIVE_INFINITY, after = 0, before = Number.POSITIVE_INFINITY, alarm, device, run, limit }) =>
      lines
        .filter((line) => line.n > after && line.n < before && line.t >= from && line.t <= to && line.run === (run ?? line.run))
        .filter((line) => (alarm === undefined || line.alarm === alarm) && (device === undefined || line.device === device))
        .slice(-limit),
    score: (hours) => ({
      ...{ from: 0, to: 0, hours: hours ?? 24, rate: 1, judged: false, chattering: [], fleeting: [], stale: [] },
      ...{ standing: 0, shelved: 0, suppressed: 0, outOfService: 0, byService: { ucare: { operations: 2, maintenance: 0 } } },
      perTenMinutes: { now: 0, mean: 0.4, peak: 7, peakAt: 5 },
      flood: { share: 0, times: [] },
      top: { share: 0, list: [] },
      split: { 1: 1, 2: 2, 3: 3, 4: 4 },
      toAcknowledge: { city: null, wall: null, count: 0 },
      maintenance: { raised: 0, standing: 0 },
      ...scoreOver,
    }),
    flood: () => level,
    learned: () => [],
    items: () => [...items.rows.values()],
    commands: ({ device, alarm, limit }) =>
      [...commands.rows.values()]
        .filter((one) => (device === undefined || one.device === device) && (alarm === undefined || one.alarm === alarm))
        .reverse()
        .slice(0, limit),
    command: (id) => commands.rows.get(id),
    responses: () => [...responses.rows.values()],
    handoffs: ({ alarm, limit }) => [...handoffs.rows.values()].filter((one) => alarm === undefined || one.alarm === alarm).slice(0, limit),
    async receipt(link, { headers, body }) {
      if (headers["webhook-signature"] !== goodSignature) return refuse({ code: "signature", reason: "the signature is not theirs" });
      const { id, state } = JSON.parse(body) as { id: string; state: Handoff["state"] };
      const before = handoffs.rows.get(id);
      if (before?.to !== link) return refuse({ code: "unknown", reason: `there is no hand-over "${id}" to ${link}` });
      const after = { ...before, state };
      put({ handoffs: [after] });
      return ok(after);
    },
    advice: () => [...advice.rows.values()],
    cap: (id) => (caps.size === 0 ? undefined : id === undefined ? [...caps.values()].join("") : caps.get(id)),
    async act(action, by) {
      done.push({ action, by });
      if (action.do === "acknowledge") return acknowledge(action, by);
      const before = "alarm" in action && action.alarm !== undefined ? alarms.rows.get(action.alarm) : undefined;
      const changed = before && changes(action, by, before);
      return before && changed ? acted(by, action.do, { alarms: [lettered({ ...before, ...changed })] }) : actOnOthers(action, by);
    },
    onNews(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    port,
    done,
    put,
    flood(since, lastTenMinutes) {
      level = { since, lastTenMinutes };
      tell({});
    },
    score(over) {
      scoreOver = over;
    },
    cap: (id, xml) => void caps.set(id, xml),
    listeners: () => listeners.size,
  };
}
