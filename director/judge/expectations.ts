import { durationOf, secondsOf } from "../../shared/scenario/duration.ts";
import type { ScenarioExpectation } from "../../shared/scenario/scenario.ts";
import type { ExpectationState } from "../../shared/scenario/scorecard.ts";
import { type Text, text } from "../../shared/text.ts";
import { localIso } from "../../shared/zone.ts";
import { ruleFits } from "../language/rule-names.ts";
import type { AlarmSeen, Evidence } from "./evidence.ts";

/** What an expectation looks at: resolved times and devices. */
export interface Window {
  /** null: the step that it follows has not come. */
  readonly from: number | null;
  /** Where it is decided at the latest. */
  readonly until: number;
  /** null: any device. */
  readonly devices: ReadonlySet<string> | null;
  /** When the step's injection is over; null: not known, or not yet. */
  readonly injectedUntil: number | null;
  /** The end of the scenario: nothing is open behind it. */
  readonly to: number;
}
export type Verdict = Pick<ExpectationState, "state" | "seen" | "t">;

const open = (seen: Text): Verdict => ({ state: "to-come", seen, t: null });
const held = (t: number, seen: Text): Verdict => ({ state: "held", seen, t });
const failed = (t: number, seen: Text): Verdict => ({ state: "failed", seen, t });
const clock = (t: number): string => localIso(t).slice(11, 19);
const after = (from: number, t: number): string => durationOf(Math.max(0, (t - from) / 1000));
const times = (count: number): Text => text(`${count}번`, count === 1 ? "once" : `${count} times`);

/** What is to be said of an expectation at a mark, by what was seen so far. Pure: the same evidence gives the same verdict. */
export function judge(expectation: ScenarioExpectation, window: Window, evidence: Evidence, mark: number): Verdict {
  const { from, until } = window;
  const over = mark >= until;
  if (from === null)
    return over
      ? failed(mark, text("뒤따를 단계가 오지 않았습니다", "the step that it follows never came"))
      : open(text("단계를 기다립니다", "waits for its step"));
  if (expectation.none !== undefined) return none(expectation.none, { ...window, from }, evidence, mark);
  if (expectation.state !== undefined) return over ? state(expectation.state, window, evidence) : open(left(until, mark));
  if (expectation.count !== undefined) return over ? count(expectation.count, evidence, until) : open(left(until, mark));
  if (expectation.alarm !== undefined) return alarm(expectation, { ...window, from }, evidence, mark);
  return comes(timesOf(expectation, window, evidence), { ...window, from }, mark, expectation);
}

/** What failed because it did not come in time, and came after all by the end of the scenario, in words; undefined: it did not, or it is of another kind. */
export function cameLate(expectation: ScenarioExpectation, window: Window, evidence: Evidence): Text | undefined {
  const { from, until, to } = window;
  const { none: unwanted, state: wanted, count: counted } = expectation;
  if (from === null || unwanted !== undefined || wanted !== undefined || counted !== undefined) return undefined;
  const first = Math.min(...timesOf(expectation, window, evidence).filter((t) => t >= from && t <= to));
  if (first <= until || first === Number.POSITIVE_INFINITY) return undefined;
  return text(
    `${clock(first)}, ${after(from, first)} 뒤에 왔습니다. 너무 늦었습니다`,
    `came at ${clock(first)}, after ${after(from, first)}, too late`,
  );
}

type Begun = Window & { readonly from: number };
const left = (until: number, mark: number): Text => {
  const seconds = durationOf(Math.max(0, (until - mark) / 1000));
  return text(`${seconds} 남음`, `${seconds} left`);
};
const onOne = ({ devices }: Window, device: string | null): boolean => devices === null || (device !== null && devices.has(device));
const within = ({ from, until }: Begun, t: number): boolean => t >= from && t <= until;

/** Every time at which it came, in time or not. */
function timesOf(expectation: ScenarioExpectation, window: Window, evidence: Evidence): readonly number[] {
  const { alarm: rule, item, event, action, refused, flood } = expectation;
  if (flood !== undefined) return floodTimes(flood, evidence);
  if (rule !== undefined) return raisedOf(expectation, window, evidence).map(({ raisedAt }) => raisedAt);
  const chosen = <T extends { readonly device: string | null }>(list: readonly T[], fits: (one: T) => boolean): T[] =>
    list.filter((one) => onOne(window, one.device) && fits(one));
  if (item !== undefined) return chosen(evidence.items, ({ rule }) => ruleFits(item, rule)).map(({ t }) => t);
  if (event !== undefined) return chosen(evidence.events, ({ what }) => what === event).map(({ t }) => t);
  if (action !== undefined) return chosen(evidence.commands, ({ op }) => op === action).flatMap(({ confirmedAt }) => confirmedAt ?? []);
  return chosen(evidence.refusals, ({ code }) => code === refused).map(({ t }) => t);
}
const floodTimes = (which: "begins" | "ends", { floods }: Evidence): readonly number[] =>
  floods.flatMap(({ from, to }) => (which === "begins" ? from : (to ?? [])));

/** The first of them decides, unless there is a bound on how many may come: then the end does. */
function comes(all: readonly number[], window: Begun, mark: number, { atMost }: Pick<ScenarioExpectation, "atMost">): Verdict {
  const { from, until } = window;
  const seen = all.filter((t) => within(window, t)).sort((a, b) => a - b);
  const [first] = seen;
  if (atMost !== undefined && seen.length > atMost)
    return failed(
      seen[atMost] ?? mark,
      text(`${times(seen.length).ko}, 많아야 ${atMost}번이어야 합니다`, `${times(seen.length).en}, at most ${atMost} wanted`),
    );
  if (first === undefined)
    return mark >= until ? failed(until, text(`${after(from, until)} 동안 없음`, `none within ${after(from, until)}`)) : open(left(until, mark));
  if (atMost !== undefined && mark < until) return open(text(`지금까지 ${times(seen.length).ko}`, `${times(seen.length).en} so far`));
  return held(first, text(`${clock(first)}, ${after(from, first)} 뒤`, `at ${clock(first)}, after ${after(from, first)}`));
}

const raisedOf = ({ alarm: rule = "", class: own }: ScenarioExpectation, window: Window, { alarms }: Evidence): readonly AlarmSeen[] =>
  alarms.filter((one) => ruleFits(rule, one.rule) && onOne(window, one.device) && (own ?? one.class) === one.class);

function alarm(expectation: ScenarioExpectation, window: Begun, evidence: Evidence, mark: number): Verdict {
  const raised = raisedOf(expectation, window, evidence);
  const raising = comes(
    raised.map(({ raisedAt }) => raisedAt),
    window,
    mark,
    expectation,
  );
  if (expectation.clears === undefined || raising.state !== "held") return raising;
  const patience = secondsOf(expectation.clears) * 1000;
  const theirs = raised.filter(({ raisedAt }) => within(window, raisedAt));
  const standing = theirs.filter(({ clearedAt }) => clearedAt === null);
  const last = Math.max(...theirs.map(({ clearedAt }) => clearedAt ?? 0));
  const due = window.injectedUntil === null ? null : window.injectedUntil + patience;
  if (due !== null && (standing.length === 0 ? last > due : mark > due))
    return failed(due, text("제때 풀리지 않았습니다", `it did not clear within ${expectation.clears} after the end`));
  const over = mark >= window.to;
  if (over && standing.length > 0) return failed(window.to, text("끝까지 풀리지 않았습니다", "it had not cleared when the scenario ended"));
  if (!over && (standing.length > 0 || window.injectedUntil === null || mark < window.injectedUntil))
    return open(text("발령됨, 아직 풀리지 않음", "raised, not cleared yet"));
  return held(
    last,
    text(
      `${clock(theirs[0]?.raisedAt ?? last)} 발령, ${clock(last)} 해제`,
      `raised at ${clock(theirs[0]?.raisedAt ?? last)}, cleared at ${clock(last)}`,
    ),
  );
}

function none(unwanted: NonNullable<ScenarioExpectation["none"]>, window: Begun, evidence: Evidence, mark: number): Verdict {
  const { item, rule, class: own } = unwanted;
  const alarms = item !== undefined && rule === undefined && own === undefined ? [] : evidence.alarms.filter((one) => isUnwanted(one, rule, own));
  const items =
    item === undefined
      ? []
      : evidence.items.filter((one) => ruleFits(item, one.rule)).map(({ rule: by, device, t }) => ({ rule: by, device, raisedAt: t }));
  const [first] = [...alarms, ...items]
    .filter(({ device, raisedAt }) => onOne(window, device) && within(window, raisedAt))
    .sort((a, b) => a.raisedAt - b.raisedAt);
  if (first !== undefined)
    return failed(
      first.raisedAt,
      text(`${clock(first.raisedAt)} ${first.rule} (${first.device})`, `${first.rule} of ${first.device} at ${clock(first.raisedAt)}`),
    );
  return mark >= window.until ? held(window.until, text("조용했음", "quiet")) : open(text("지금까지 조용함", "quiet so far"));
}
const isUnwanted = (one: AlarmSeen, rule: string | undefined, own: string | undefined): boolean =>
  (rule === undefined || ruleFits(rule, one.rule)) && (own === undefined || one.class === own);

function state(
  { metric, is, above, below, share = 1 }: NonNullable<ScenarioExpectation["state"]>,
  { devices, until }: Window,
  { reading }: Evidence,
): Verdict {
  const values = [...(devices ?? [])].sort().map((device) => reading(device, metric));
  const good = values.filter(
    (value) =>
      value !== undefined &&
      (is === undefined || value === is) &&
      (above === undefined || (typeof value === "number" && value > above)) &&
      (below === undefined || (typeof value === "number" && value < below)),
  );
  const words = values.length === 1 ? String(values[0] ?? "-") : `${good.length}/${values.length}`;
  return values.length > 0 && good.length >= share * values.length ? held(until, text(words, words)) : failed(until, text(words, words));
}

function count({ of, atLeast, atMost }: NonNullable<ScenarioExpectation["count"]>, { ledger }: Evidence, until: number): Verdict {
  const seen = ledger[of];
  const fine = (atLeast === undefined || seen >= atLeast) && (atMost === undefined || seen <= atMost);
  return (fine ? held : failed)(until, text(`${seen}`, `${seen}`));
}
