import type { JournalLine } from "../../shared/alarm.ts";
import { ruleNamed } from "../../shared/rules-of.ts";
import { durationOf } from "../../shared/scenario/duration.ts";
import type { ScenarioExpectation } from "../../shared/scenario/scenario.ts";
import { type Text, text } from "../../shared/text.ts";
import { showsIn } from "../judge/rightly.ts";
import type { Happened, StruckStep } from "./happened.ts";
import { isPersons } from "./told-deeds.ts";

/** Something that the room did or found in the span, to be expected again. */
interface Expected {
  readonly t: number;
  readonly device: string;
  /** When it was over for good; null = it still stood; undefined = it has no end. */
  readonly over?: number | null;
  readonly say: Text;
  readonly what: Pick<ScenarioExpectation, "alarm" | "item" | "action" | "class">;
  /** As the journal names it, with its service. */
  readonly rule: string | null;
  /** Somebody did it. */
  readonly isPersons?: boolean;
}
const minuteS = 60;
/** A scenario of more would be read by nobody, and 500 is what the schema takes. */
const most = 400;

/** Seconds to wait for what came after so many: a tenth more and a minute, in whole minutes. */
const patience = (seconds: number): number => Math.ceil((seconds + Math.ceil(seconds / 10) + minuteS) / minuteS) * minuteS;

/**
 * What belongs to what was injected, the operations alarms, and what was done about them or by people; of classes that stayed quiet, that they do. The rest
 * is the ordinary life of a city: with it nobody could read the file, and any change of a rule would break it.
 */
export function toldExpectations(happened: Happened, struck: readonly StruckStep[]) {
  const { lines, from, to } = happened;
  const within = lines.filter(({ timeline, t }) => timeline === "city" && t >= from && t <= to);
  const alarms = alarmsIn(within, happened);
  const all = [...alarms, ...itemsIn(within, happened), ...actionsIn(within, happened)].sort((a, b) => a.t - b.t);
  const meant = meantOf(all, struck);
  const kept = all.filter((one) => meant.has(one)).slice(0, most);
  const quiet = (["operations", "maintenance"] as const).filter((own) => !alarms.some(({ what }) => what.class === own));
  return {
    expect: [
      ...kept.map((one) => expectationOf(one, happened, struck)),
      ...quiet.map((own): ScenarioExpectation => ({ say: quietWords[own], none: { class: own } })),
    ],
    notes: ordinary(
      all.filter((one) => !meant.has(one)),
      meant.size - kept.length,
    ),
  };
}

/** Water runs off and a delayed rule speaks after what was injected has ended. */
const lingerMs = 2 * 3_600_000;

function meantOf(all: readonly Expected[], struck: readonly StruckStep[]): ReadonlySet<Expected> {
  const injected = ({ t, device, rule }: Expected): boolean =>
    struck.some(
      ({ t: from, ends, devices, shows }) =>
        t >= from && t <= (ends ?? t) + lingerMs && (devices === null ? rule !== null && showsIn({ rule }, { shows }) : devices.has(device)),
    );
  const found = all.filter((one) => one.what.class === "operations" || one.isPersons === true || injected(one));
  const places = new Set(found.map(({ device }) => device));
  return new Set(all.filter((one) => found.includes(one) || (one.what.action !== undefined && places.has(one.device))));
}
/** How much was left out, in words. */
function ordinary(left: readonly Expected[], beyond: number): readonly string[] {
  const counted = [
    [left.filter(({ what }) => what.alarm !== undefined).length, "maintenance alarms"],
    [left.filter(({ what }) => what.item !== undefined).length, "cases and tasks"],
    [left.filter(({ what }) => what.action !== undefined).length, "confirmed commands"],
  ] as const;
  const said = counted.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return [
    ...(said.length === 0 ? [] : [`what has nothing to do with injections or operations alarms: ${said.join(", ")}`]),
    ...(beyond === 0 ? [] : [`the last ${beyond} of what does: ${most} are expected at most`]),
  ];
}
const quietWords = {
  operations: { ko: "운영 경보는 없었다", en: "no operations alarm" },
  maintenance: { ko: "정비 경보는 없었다", en: "no maintenance alarm" },
};

function expectationOf({ t, device, over, say, what }: Expected, { from, to }: Happened, struck: readonly StruckStep[]): ScenarioExpectation {
  // the newest that strikes this very device; failing that, that strikes everything
  const before = struck.filter((step) => step.t <= t);
  const cause = before.filter(({ devices }) => devices?.has(device)).at(-1) ?? before.filter(({ devices }) => devices === null).at(-1);
  // what came late in the span is waited for until the scenario ends, and no longer
  const wait = Math.min(patience((t - (cause?.since ?? from)) / 1000), Math.floor((to - from) / 1000));
  const ends = cause?.ends ?? null;
  // judged while the scenario lasts
  const clears =
    over === null || over === undefined || ends === null ? null : Math.min(patience(Math.max(0, over - ends) / 1000), Math.floor((to - ends) / 1000));
  return {
    say: { ko: `${say.ko} (${device})`, en: `${say.en} (${device})` },
    ...(cause === undefined ? {} : { follows: cause.id }),
    ...what,
    on: { device },
    within: durationOf(wait),
    ...(clears === null || clears <= 0 ? {} : { clears: durationOf(clears) }),
  };
}

/** Per rule and device the first time that it is raised in the span, and the last that it clears. */
function alarmsIn(lines: readonly JournalLine[], { devices, services }: Happened): Expected[] {
  const found = new Map<string, Expected & { over: number | null }>();
  for (const { what, rule, device, alarm, t } of lines) {
    if (rule === null || device === null || alarm === null) continue;
    const known = found.get(alarm);
    if (what === "cleared" && known !== undefined) known.over = t;
    if (what !== "raised") continue;
    const one = devices.find(({ id }) => id === device);
    const contract = services.find(({ id }) => id === one?.service);
    const named = one && contract && ruleNamed(contract, one.kind, rule);
    if (named === undefined) continue;
    if (known === undefined) found.set(alarm, { t, device, rule, over: null, say: named.title, what: { alarm: rule, class: named.class } });
    else known.over = null;
  }
  return [...found.values()];
}

function itemsIn(lines: readonly JournalLine[], { devices, services }: Happened): Expected[] {
  const found = new Map<string, Expected>();
  for (const { what, rule, device, t } of lines) {
    if (what !== "item-opened" || rule === null || device === null || found.has(`${rule} ${device}`)) continue;
    const one = devices.find(({ id }) => id === device);
    const contract = services.find(({ id }) => id === one?.service);
    const title = (one && contract && ruleNamed(contract, one.kind, rule)?.title) ?? text(rule, rule);
    found.set(`${rule} ${device}`, { t, device, rule, say: title, what: { item: rule } });
  }
  return [...found.values()];
}

function actionsIn(lines: readonly JournalLine[], { devices, services }: Happened): Expected[] {
  const found = new Map<string, Expected>();
  const byPeople = new Set(
    lines.flatMap((line) => (line.what === "command" && line.before === null && isPersons(line) ? String(line.x?.command) : [])),
  );
  for (const { what, after, device, x, t } of lines) {
    const op = String(x?.op ?? "");
    if (what !== "command" || after !== "confirmed" || device === null || found.has(`${op} ${device}`)) continue;
    const service = devices.find(({ id }) => id === device)?.service;
    const label = services.find(({ id }) => id === service)?.commands[op]?.label ?? text(op, op);
    found.set(`${op} ${device}`, { t, device, rule: null, isPersons: byPeople.has(String(x?.command)), say: label, what: { action: op } });
  }
  return [...found.values()];
}
