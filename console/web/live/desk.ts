import { batch, computed, signal } from "@preact/signals";
import type { Alarm, FloodState, JournalLine, ResponseState, WorkItem } from "../../../shared/alarm.ts";
import type { Command } from "../../../shared/command.ts";
import type { Handoff } from "../../../shared/links.ts";
import type { RoomNews } from "../../../shared/room-port.ts";
import type { SignalAdvice } from "../../../shared/signal-advice.ts";
import type { DeskSnapshot } from "../../../shared/socket-events.ts";
import { epoch, fieldNow, link, now } from "./state.ts";

/** What the desk knows, as signals; written by `connect.ts` alone. Alarms stand by id, and only those that are in a list. */
export const alarms = signal<ReadonlyMap<string, Alarm>>(new Map());
/** Newest lines of the journal, oldest first; older ones are asked for. */
export const lines = signal<readonly JournalLine[]>([]);
export const items = signal<ReadonlyMap<string, WorkItem>>(new Map());
export const commands = signal<ReadonlyMap<string, Command>>(new Map());
export const responses = signal<ReadonlyMap<string, ResponseState>>(new Map());
export const handoffs = signal<ReadonlyMap<string, Handoff>>(new Map());
/** By signal controller. */
export const advice = signal<ReadonlyMap<string, SignalAdvice>>(new Map());
const noFlood: FloodState = { since: null, lastTenMinutes: 0 };
export const flood = signal<FloodState>(noFlood);
/** Journal number up to which all of this has come: an action with this number or a lower one is on the screen. */
export const deskN = signal(0);

/** The desk is known: before the first snapshot nothing has been counted, and there is no number. */
export const deskIsKnown = computed(() => epoch.value !== "" && link.value.state !== "opening");

/** A shift's lines in a flood; more are behind the history. */
const linesKept = 2000;
/** Commands and hand-overs that are over leave the screen's memory from here on, oldest first. */
const keptEach = 1000;

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> => new Map(all.map((one) => [one.id, one]));

/** The map with these in it; the same map when there are none. What comes again moves to the end, so that the oldest can leave. */
export function merged<T>(
  known: ReadonlyMap<string, T>,
  fresh: readonly T[],
  key: (one: T) => string,
  keep = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, T> {
  if (fresh.length === 0) return known;
  const next = new Map(known);
  for (const one of fresh) {
    next.delete(key(one));
    next.set(key(one), one);
  }
  for (const oldest of next.keys()) {
    if (next.size <= keep) break;
    next.delete(oldest);
  }
  return next;
}

/** An alarm that became normal is told once and leaves. */
function mergedAlarms(known: ReadonlyMap<string, Alarm>, fresh: readonly Alarm[]): ReadonlyMap<string, Alarm> {
  if (fresh.length === 0) return known;
  const next = new Map(known);
  for (const alarm of fresh) {
    if (alarm.state === "A") next.delete(alarm.id);
    else next.set(alarm.id, alarm);
  }
  return next;
}

export function beginDesk(desk: DeskSnapshot): void {
  batch(() => {
    alarms.value = mergedAlarms(new Map(), desk.alarms);
    lines.value = desk.lines;
    items.value = byId(desk.items);
    // Newest first on the wire, oldest first in here.
    commands.value = byId([...desk.commands].reverse());
    responses.value = byId(desk.responses);
    handoffs.value = byId([...desk.handoffs].reverse());
    advice.value = new Map(desk.advice.map((one) => [one.device, one]));
    flood.value = desk.flood;
    deskN.value = desk.n;
  });
}

export function takeNews(news: RoomNews): void {
  const id = ({ id }: { readonly id: string }): string => id;
  batch(() => {
    alarms.value = mergedAlarms(alarms.peek(), news.alarms);
    if (news.lines.length > 0) lines.value = [...lines.peek(), ...news.lines].slice(-linesKept);
    items.value = merged(items.peek(), news.items, id);
    commands.value = merged(commands.peek(), news.commands, id, keptEach);
    responses.value = merged(responses.peek(), news.responses, id);
    handoffs.value = merged(handoffs.peek(), news.handoffs, id, keptEach);
    advice.value = merged(advice.peek(), news.advice, ({ device }) => device);
    const { since, lastTenMinutes } = flood.peek();
    if (news.flood.since !== since || news.flood.lastTenMinutes !== lastTenMinutes) flood.value = news.flood;
    deskN.value = Math.max(deskN.peek(), news.n);
  });
}

/** The hand of an alarm's own timeline. */
export const timeOf = ({ timeline }: Pick<Alarm, "timeline">): number => (timeline === "field" ? fieldNow.value : now.value);

/** By device: what its marks on the map and its page show. */
export const alarmsByDevice = computed<ReadonlyMap<string, readonly Alarm[]>>(() => {
  const sorted = new Map<string, Alarm[]>();
  for (const alarm of alarms.value.values()) {
    const own = sorted.get(alarm.device);
    if (own) own.push(alarm);
    else sorted.set(alarm.device, [alarm]);
  }
  return sorted;
});
