import type { Finding } from "../../broker/alarms/detect/evaluator.ts";
import { openJournal } from "../../broker/alarms/journal.ts";
import type { Watched } from "../../broker/alarms/observed.ts";
import { type Control, type ControlState, createControl } from "../../broker/commands/control.ts";
import type { Response, Rule } from "../../shared/alarm-rule.ts";
import type { CommandArgs } from "../../shared/command.ts";
import type { Quality, Value } from "../../shared/reading.ts";
import type { Actor } from "../../shared/roles.ts";
import { defineService, flag, number, type Service, state, text } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { birth, start } from "./ingest-world.ts";

const empty = { unit: "", precision: 0, kind: "gate", metric: "level", reduce: "mean", scale: [0, 1] } as const;
const base = {
  version: 1,
  class: "operations",
  priority: 2,
  minutes: 5,
  response: [],
  cause: text("원인", "cause"),
  consequence: text("결과", "consequence"),
} as const;

/** A yard with gates that can be told all sorts of things, and have so many seconds to do it. */
export function yardWith(responses: readonly Response<"gate" | "lamp">[] = [], timeout = 60): Service {
  const told = (ko: string, en: string) => ({ label: text(ko, en), effect: text(ko, en), kind: "gate", timeout }) as const;
  return defineService({
    id: "yard",
    title: text("마당", "Yard"),
    mark: "M4 4h16",
    sensitive: false,
    metrics: {
      level: number("수위", "Level", { unit: "m", min: 0, max: 10, precision: 2, aggregate: "mean" }),
      speed: number("속도", "Speed", { unit: "m/s", min: 0, max: 10, precision: 1, aggregate: "mean" }),
      gate: state("문", "Gate", { open: text("열림", "open"), closing: text("닫히는 중", "closing"), closed: text("닫힘", "closed") }),
      lamp: flag("등", "Lamp", text("켜짐", "on"), text("꺼짐", "off")),
      person: flag("사람", "Person", text("있음", "there"), text("없음", "nobody")),
    },
    kinds: {
      gate: { label: text("문", "Gate"), metrics: ["level", "speed", "gate", "person"], every: 60, stale: 180 },
      lamp: { label: text("등", "Lamp"), metrics: ["lamp"], every: 60, stale: 180 },
    },
    events: {
      rang: { label: text("울림", "Rang"), fields: { result: { kind: "word", label: text("결과", "Result"), words: ["heard", "nobody"] } } },
    },
    derived: [],
    commands: {
      close: { ...told("닫기", "close"), fields: {}, readBack: { metric: "gate", is: ["closed"] } },
      open: { ...told("열기", "open"), fields: {}, readBack: { metric: "gate", is: ["open"] } },
      auto: { ...told("자동", "auto"), fields: {}, readBack: { metric: "gate", is: ["open", "closing", "closed"] } },
      ring: { ...told("울리기", "ring"), fields: {}, readBack: { event: "rang" } },
      set: {
        ...told("맞추기", "set"),
        fields: {
          speed: { kind: "number", label: text("속도", "Speed"), unit: "m/s", min: 0.5, max: 5, step: 0.5, usual: 1 },
          mode: { kind: "word", label: text("방식", "Mode"), words: { slow: text("느리게", "slow"), fast: text("빠르게", "fast") }, usual: "slow" },
        },
        readBack: { metric: "speed", arg: "speed", within: 0.1 },
      },
      light: { ...told("등 켜기", "light"), kind: "lamp", fields: {}, readBack: { metric: "lamp", is: [true] } },
    },
    rules: [
      {
        ...{ id: "flood", kind: "gate", outcome: "alarm", title: text("물", "Water"), ...base },
        when: { kind: "limit", metric: "level", side: "above", deadband: 0.1, steps: [{ limit: 5, priority: 2 }] },
      },
    ],
    responses,
    incidents: {},
    outcomes: {},
    panel: {
      figures: [{ id: "level", label: text("수위", "Level"), ...empty, usual: { weekday: [], weekend: [], spread: 0 } }],
      trend: "level",
      main: { gate: "level", lamp: "lamp" },
    },
  });
}

/** Event time so many seconds after `start`. */
export const at = (seconds: number): number => start + seconds * 1000;

export const operator: Actor = { name: "박준호", role: "operator" };

/** Commands and responses over devices of the yard, told what the room would tell them. Seconds are counted from `start`; both clocks go together unless said. */
export function commandWorld({ responses = [], live = true }: { responses?: readonly Response<"gate" | "lamp">[]; live?: boolean } = {}) {
  const contract = yardWith(responses);
  const devices = new Map<string, Watched>();
  const add = (id: string, kind: string, gateway: string, timeline: Timeline = "city"): void => {
    const meta = birth(id, kind, { gateway });
    devices.set(id, { id, service: contract.id, kind, district: "north", timeline, stale: 180, every: 60, meta, contract });
  };
  add("g-1", "gate", "gw-1");
  add("g-2", "gate", "gw-2");
  add("l-1", "lamp", "gw-1");
  add("l-2", "lamp", "gw-1");
  add("real", "gate", "real", "field");
  const journal = openJournal();
  const make = (): Control => createControl({ devices: () => devices.values(), device: (id) => devices.get(id), journal });
  let control = make();
  const timelineOf = (device: string): Timeline => devices.get(device)?.timeline ?? "city";
  const momentAt = (seconds: number, device = "g-1", wall = seconds) => ({
    timeline: timelineOf(device),
    t: at(seconds),
    at: at(wall),
  });
  const flood = contract.rules[0] as Rule;
  function found(what: Finding["what"], device: string, seconds: number, wall = seconds): void {
    const none = { metric: "level", value: 6, limit: 5, step: null, respondBy: null, evidence: null };
    control.found({ t: at(seconds), what, service: contract.id, device, rule: flood, priority: 2, ...none }, momentAt(seconds, device, wall));
  }
  const world = {
    journal,
    control: () => control,
    say(device: string, seconds: number, m: Readonly<Record<string, Value>>, q?: Readonly<Record<string, Quality>>): void {
      const one = devices.get(device);
      if (one === undefined) throw new Error(`no device ${device}`);
      control.seen(one, { t: at(seconds), device, m, ...(q && { q }) }, momentAt(seconds, device));
    },
    happen(device: string, seconds: number, e: string, x: Readonly<Record<string, string | number>> = {}): void {
      const one = devices.get(device);
      if (one === undefined) throw new Error(`no device ${device}`);
      control.seen(one, { t: at(seconds), device, e, x }, momentAt(seconds, device));
    },
    command: (device: string, op: string, seconds: number, args: CommandArgs = {}, by = operator) =>
      control.act({ do: "command", device, op, args }, by, momentAt(seconds, device)),
    /** The id of a command that is taken. */
    sent(device: string, op: string, seconds: number, args: CommandArgs = {}): string {
      const done = world.command(device, op, seconds, args);
      if (!done?.ok || done.value.command === undefined) throw new Error(done?.ok ? "no command" : done?.reason);
      return done.value.command;
    },
    answer(id: string, seconds: number, more: { ok?: boolean; reason?: string; d?: string; arrives?: number } = {}): void {
      const { ok = true, d = "g-1", arrives = seconds, reason } = more;
      control.answered({ v: 1, id, d, t: at(seconds), ok, ...(reason === undefined ? {} : { reason }) }, momentAt(arrives, d));
    },
    advance(seconds: number, wall = seconds, timeline: Timeline = "city"): void {
      control.advance({ timeline, t: at(seconds), at: at(wall) });
    },
    act: (action: Parameters<Control["act"]>[0], seconds: number, by = operator) => control.act(action, by, momentAt(seconds)),
    raise: (device: string, seconds: number): void => found("raised", device, seconds),
    clear: (device: string, seconds: number): void => found("cleared", device, seconds),
    remove(device: string): void {
      devices.delete(device);
      control.deviceChanged(device);
    },
    open: (seconds: number): void => control.opened(momentAt(seconds)),
    of: (id: string) => control.commands.one(id),
    all: (device?: string) => control.commands.list({ limit: 100, ...(device === undefined ? {} : { device }) }),
    response: (id: string) => control.responses().find((one) => one.id === id),
    lines: (what: string) => journal.lines({ limit: 1000 }).filter((line) => line.what === what),
    /** As after kill -9: another one, from plain data as it is saved. */
    restart(): void {
      const saved = structuredClone(control.state()) as ControlState;
      control = make();
      control.restore(saved);
    },
    restore(state: ControlState, only?: Timeline): void {
      control = make();
      control.restore(state, only);
    },
  };
  if (live) world.open(0);
  return world;
}
