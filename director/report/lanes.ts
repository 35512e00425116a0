import type { Scorecard } from "../../shared/scenario/scorecard.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { localIso } from "../../shared/zone.ts";
import type { Evidence } from "../judge/evidence.ts";
import type { RunView } from "../play/run.ts";
import { tag, words } from "./svg.ts";

/** What happened, what was true, what the room saw: one lane each over the run's time. */
export function lanesOf(run: RunView, card: Scorecard, evidence: Evidence): string {
  const x = scale(run);
  const parts: string[] = [];
  let y = 8;
  const lane = (title: string, note: string, rows: readonly string[], height: number): void => {
    const tall = Math.max(rowHeight, height);
    parts.push(
      tag("line", { x1: 0, y1: y, x2: width, y2: y, class: "rule" }),
      words(12, y + 18, title, { class: "lane" }),
      words(12, y + 33, note, { class: "note" }),
    );
    parts.push(tag("g", { transform: `translate(0 ${y})` }, ...(rows.length === 0 ? [""] : rows)));
    y += tall + 14;
  };
  const numbers = new Map(card.found.map(({ truth }, n) => [truth.id, n + 1]));
  const cues = packed(
    run.steps.filter(({ what, t }) => what === "cue" && t !== null).map((step) => ({ from: step.t ?? 0, to: (step.t ?? 0) + 1, step })),
    x,
    150,
  );
  lane(
    "Cues",
    "what the demonstrator says",
    cues.map(({ row, one: { step } }) => cue(x(step.t ?? run.from), row, step.words.en)),
    rowsHeight(cues),
  );
  for (const [title, classes] of [
    ["Ground truth: events", "event"],
    ["Ground truth: faults", "fault"],
    ["Must stay quiet", "quiet"],
  ] as const) {
    const bars = packed(
      run.truths
        .filter((truth) => truth.class === classes && truth.by === "injection")
        .map((truth) => ({ from: truth.onset, to: truth.end ?? run.to, truth })),
      x,
      120,
    );
    if (bars.length > 0)
      lane(
        title,
        classes === "quiet" ? "non-events" : "",
        bars.map(({ row, one: { truth } }) => bar(truth, run, x, row, numbers.get(truth.id), titleOf(card, truth))),
        rowsHeight(bars),
      );
  }
  const marks = packed(evidence.alarms.map((alarm) => ({ from: alarm.raisedAt, to: alarm.clearedAt ?? run.to, alarm })).slice(0, 200), x, 130);
  lane(
    "Alarms",
    "raised to cleared",
    marks.map(({ row, one: { alarm } }) =>
      alarmBar(
        x(alarm.raisedAt),
        x(alarm.clearedAt ?? run.to),
        row,
        `${alarm.rule} ${alarm.device}`,
        alarm.class === "maintenance",
        card.false.some(({ alarm: id, t }) => id === alarm.id && t === alarm.raisedAt),
      ),
    ),
    rowsHeight(marks),
  );
  const acts = [
    ...evidence.alarms.flatMap(({ acknowledged, rule }) =>
      acknowledged === null ? [] : [{ t: acknowledged.t, sign: "✓", name: `acknowledged ${rule}` }],
    ),
    ...evidence.commands.map(({ t, op, device }) => ({ t, sign: "▲", name: `${op} ${device}` })),
  ];
  lane(
    "Operator and responses",
    "ack, command",
    acts.map(({ t, sign, name }) => tag("g", {}, tag("title", {}, name), words(x(t), 24, sign, { class: "act" }))),
    rowHeight,
  );
  parts.push(axis(run, x, y));
  return tag("svg", { viewBox: `0 0 ${width} ${y + 30}`, role: "img", "aria-label": `lanes of ${run.scenario?.id ?? run.id}` }, ...parts);
}

const width = 1400;
const left = 200;
const rowHeight = 26;
type Scale = (t: number) => number;
const scale =
  ({ from, to }: Pick<RunView, "from" | "to">): Scale =>
  (t) =>
    left + ((Math.min(Math.max(t, from), to) - from) / Math.max(1, to - from)) * (width - left - 20);
const rowsHeight = (rows: readonly { readonly row: number }[]): number => (Math.max(0, ...rows.map(({ row }) => row)) + 1) * rowHeight;

/** What would lie upon each other goes into rows below. */
function packed<T extends { readonly from: number; readonly to: number }>(
  all: readonly T[],
  x: Scale,
  least: number,
): { readonly row: number; readonly one: T }[] {
  const ends: number[] = [];
  return [...all]
    .sort((a, b) => a.from - b.from)
    .map((one) => {
      const free = ends.findIndex((end) => end <= x(one.from));
      const row = free < 0 ? ends.length : free;
      ends[row] = Math.max(x(one.to), x(one.from) + least) + 6;
      return { row, one };
    });
}
const cue = (x: number, row: number, text: string): string =>
  tag(
    "g",
    { transform: `translate(${Math.round(x)} ${row * rowHeight})` },
    tag("title", {}, text),
    tag("rect", { x: 0, y: 6, width: 146, height: 20, class: "cue" }),
    words(6, 20, short(text, 24), { class: "cue-words" }),
  );
function bar(truth: Truth, run: RunView, x: Scale, row: number, number: number | undefined, title: string): string {
  const [begin, end] = [x(truth.onset), Math.max(x(truth.onset) + 8, x(truth.end ?? run.to))];
  const seen = truth.observable === null ? "" : tag("line", { x1: x(truth.observable), y1: 6, x2: x(truth.observable), y2: 26, class: "seen" });
  const name = `${number === undefined ? "" : `${number}  `}${title}, ${truth.devices.length === 1 ? truth.devices[0] : `${truth.devices.length} devices`}`;
  return tag(
    "g",
    { transform: `translate(0 ${row * rowHeight})` },
    tag("rect", { x: begin, y: 6, width: end - begin, height: 20, class: truth.class }),
    seen,
    words(begin + 6, 20, name, { class: "bar-words" }),
  );
}
const alarmBar = (from: number, to: number, row: number, name: string, maintenance: boolean, isFalse: boolean): string =>
  tag(
    "g",
    { transform: `translate(0 ${row * rowHeight})` },
    tag("line", { x1: from, y1: 16, x2: to, y2: 16, class: maintenance ? "maintenance" : "operations" }),
    tag("circle", { cx: from, cy: 16, r: 5, class: maintenance ? "maintenance" : "operations" }),
    words(from + 9, 12, isFalse ? `${name}  false` : name, { class: isFalse ? "small false" : "small" }),
  );

const titleOf = ({ found, kinds }: Scorecard, truth: Truth): string =>
  (found.find((one) => one.truth.id === truth.id) ?? kinds.find(({ kind }) => kind === truth.kind))?.title.en ?? truth.kind;
const short = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

const steps = [60, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 604_800];
function axis({ from, to }: RunView, x: Scale, y: number): string {
  const step = (steps.find((one) => (to - from) / 1000 / one <= 10) ?? 604_800) * 1000;
  const ticks: string[] = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
    const clock = localIso(t);
    ticks.push(
      tag("line", { x1: x(t), y1: 0, x2: x(t), y2: y, class: "tick" }),
      words(x(t), y + 16, step >= 86_400_000 ? clock.slice(5, 10) : clock.slice(11, 16), { class: "time" }),
    );
  }
  return ticks.join("");
}
