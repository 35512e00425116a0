import type { Alarm, AlarmDetail, AlarmScore, JournalLine, ResponseState, WorkItem } from "../../shared/alarm.ts";
import type { CityPort } from "../../shared/city-port.ts";
import type { Command } from "../../shared/command.ts";
import type { Handoff } from "../../shared/links.ts";
import { type Actor, may } from "../../shared/roles.ts";
import type { JournalQuery } from "../../shared/room-port.ts";
import type { SignalAdvice } from "../../shared/signal-advice.ts";
import type { DeskSnapshot } from "../../shared/socket-events.ts";
import { fieldRun } from "../../shared/timeline.ts";
import { type CareMarks, withoutCareTies } from "./care-marks.ts";

/** What one actor may see of the room. What is of a sensitive service does not exist for whoever lacks the `care` right; limits count what is seen. */
export interface RoomView {
  alarms(): readonly Alarm[];
  alarm(id: string): AlarmDetail | undefined;
  /** The newest lines, oldest first; with `after` the oldest ones behind it. `next` goes on from there. */
  journal(query: JournalQuery): { readonly lines: readonly JournalLine[]; readonly next: number };
  score(hours: number | undefined): AlarmScore;
  items(): readonly WorkItem[];
  commands(query: Parameters<CityPort["room"]["commands"]>[0]): readonly Command[];
  command(id: string): Command | undefined;
  responses(): readonly ResponseState[];
  handoffs(query: Parameters<CityPort["room"]["handoffs"]>[0]): readonly Handoff[];
  advice(): readonly SignalAdvice[];
  /** Everything as it stands, with its newest lines. */
  desk(newest: number): DeskSnapshot;
}

const everything = Number.MAX_SAFE_INTEGER;
/** Lines that are looked through for one answer: behind more hidden or unfit ones than this it holds fewer. */
const lookBack = 100_000;
/** Lines that are read at a time, where they are read on from a number. */
const window = 5000;

export function createRoomView(port: Pick<CityPort, "room" | "clock">, marks: CareMarks, { role }: Actor): RoomView {
  const { room } = port;
  const all = may(role, "care");
  const own = <T extends { readonly service: string }>(rows: readonly T[]) => (all ? rows : rows.filter(({ service }) => !marks.service(service)));
  const seen = (lines: readonly JournalLine[]) => (all ? lines : lines.filter((line) => !marks.line(line)));
  const untied = <A extends Alarm>(alarm: A): A => (all ? alarm : withoutCareTies(alarm, marks));

  /** Asks for more as long as what is hidden uses up the limit; never for the whole journal. */
  function newest(query: JournalQuery, fits: (line: JournalLine) => boolean = () => true): readonly JournalLine[] {
    for (let asked = query.limit; ; asked *= 4) {
      const lines = room.journal({ ...query, limit: asked });
      const shown = seen(lines).filter(fits);
      if (shown.length >= query.limit || lines.length < asked || asked >= lookBack) return shown.slice(-query.limit);
    }
  }
  /** The oldest lines behind a number, looked for window by window: never more of the journal is read than needed, nor more than a bound. */
  function onward(query: JournalQuery, after: number, last: number): ReturnType<RoomView["journal"]> {
    const page: JournalLine[] = [];
    const end = Math.min(last, after + lookBack);
    for (let from = after; from < end; from += window) {
      page.push(...seen(room.journal({ ...query, after: from, before: Math.min(from + window, end) + 1, limit: window })));
      const full = page[query.limit - 1];
      if (full !== undefined) return { lines: page.slice(0, query.limit), next: full.n };
    }
    return { lines: page, next: Math.max(end, after) };
  }
  /** What the desk shows is of this run and of real devices: another run's times mean nothing beside them. */
  const ofNow = ({ run }: JournalLine, present: string | undefined) => present === undefined || run === present || run === fieldRun;
  const lastNumber = () => room.journal({ limit: 1 }).at(-1)?.n ?? 0;
  const view: RoomView = {
    alarms: () => own(room.alarms()).map(untied),
    alarm(id) {
      if (!all && marks.named(id)) return undefined;
      const detail = room.alarm(id);
      if (detail === undefined || all) return detail;
      return marks.service(detail.service) ? undefined : { ...untied(detail), journal: seen(detail.journal), evidence: openEvidence(detail, marks) };
    },
    journal(query) {
      const last = lastNumber();
      return query.after === undefined ? { lines: newest(query), next: last } : onward(query, query.after, last);
    },
    score(hours) {
      const score = hours === undefined ? room.score() : room.score(hours);
      return all ? score : openScore(score, marks);
    },
    items: () => own(room.items()),
    commands: (query) => (all ? room.commands(query) : own(room.commands({ ...query, limit: everything })).slice(0, query.limit)),
    command(id) {
      const command = room.command(id);
      return command && own([command])[0];
    },
    responses: () => own(room.responses()),
    handoffs: (query) => (all ? room.handoffs(query) : own(room.handoffs({ ...query, limit: everything })).slice(0, query.limit)),
    advice: () => (all ? room.advice() : room.advice().filter(({ device }) => !marks.device(device))),
    desk: (lines) => ({
      n: lastNumber(),
      alarms: view.alarms(),
      lines: newest({ limit: lines }, (line) => ofNow(line, port.clock()?.run)),
      items: view.items(),
      commands: view.commands({ limit: lines }),
      responses: view.responses(),
      handoffs: view.handoffs({ limit: lines }),
      advice: view.advice(),
      flood: room.flood(),
    }),
  };
  return view;
}

/** Evidence without what sensors of sensitive services said. */
function openEvidence({ evidence }: AlarmDetail, marks: CareMarks): AlarmDetail["evidence"] {
  const open = <T extends { readonly device: string }>(spots: readonly T[]) => spots.filter(({ device }) => !marks.device(device));
  if (evidence === null) return null;
  const { earlier } = evidence;
  return {
    ...{ ...evidence, inputs: open(evidence.inputs), neighbours: open(evidence.neighbours) },
    ...(earlier && { earlier: earlier.map((one) => ({ ...one, inputs: open(one.inputs) })) }),
  };
}

/** The score counts every alarm; what it lists by name is open alone. */
function openScore(score: AlarmScore, marks: CareMarks): AlarmScore {
  const open = <T extends { readonly rule: string; readonly device: string }>(rows: readonly T[]) =>
    rows.filter(({ rule, device }) => !marks.named(rule) && !marks.device(device));
  return {
    ...score,
    top: { ...score.top, list: open(score.top.list) },
    chattering: open(score.chattering),
    fleeting: open(score.fleeting),
    stale: score.stale.filter((id) => !marks.named(id) && !marks.device(id)),
  };
}
