import type { JournalLine } from "../shared/alarm.ts";
import { ruleNamed } from "../shared/rules-of.ts";
import { durationOf } from "../shared/scenario/duration.ts";
import type { ScenarioExpectation } from "../shared/scenario/scenario.ts";
import { type Text, text } from "../shared/text.ts";
import type { Happened, StruckStep } from "./happened.ts";

/** Something that the room did or found in the span, to be expected again. */
interface Expected {
  readonly t: number;
  readonly device: string;
  /** When it was over for good; null = it still stood; undefined = it has no end. */
  readonly over?: number | null;
  readonly say: Text;
  readonly what: Pick<ScenarioExpectation, "alarm" | "item" | "action" | "class">;
}
const minuteS = 60;
/** A scenario of more would be read by nobody, and 500 is what the schema takes. */
const most = 400;

/** Seconds to wait for what came after so many: a tenth more and a minute, in whole minutes. */
const patience = (seconds: number): number => Math.ceil((seconds + Math.ceil(seconds / 10) + minuteS) / minuteS) * minuteS;

/** Every alarm, item and confirmed command in the span; of classes that stayed quiet, that they do. */
export function toldExpectations(happened: Happened, struck: readonly StruckStep[]): ScenarioExpectation[] {
  const { lines, from, to } = happened;
  const within = lines.filter(({ timeline, t }) => timeline === "city" && t >= from && t <= to);
  const alarms = alarmsIn(within, happened);
  const all = [...alarms, ...itemsIn(within, happened), ...actionsIn(within, happened)].sort((a, b) => a.t - b.t).slice(0, most);
  const quiet = (["operations", "maintenance"] as const).filter((own) => !alarms.some(({ what }) => what.class === own));
  return [
    ...all.map((one) => expectationOf(one, happened, struck)),
    ...quiet.map((own): ScenarioExpectation => ({ say: quietWords[own], none: { class: own } })),
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
  const wait = Math.min(patience((t - (cause?.t ?? from)) / 1000), Math.floor((to - from) / 1000));
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
    if (known === undefined) found.set(alarm, { t, device, over: null, say: named.title, what: { alarm: rule, class: named.class } });
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
    found.set(`${rule} ${device}`, { t, device, say: title, what: { item: rule } });
  }
  return [...found.values()];
}

function actionsIn(lines: readonly JournalLine[], { devices, services }: Happened): Expected[] {
  const found = new Map<string, Expected>();
  for (const { what, after, device, x, t } of lines) {
    const op = String(x?.op ?? "");
    if (what !== "command" || after !== "confirmed" || device === null || found.has(`${op} ${device}`)) continue;
    const service = devices.find(({ id }) => id === device)?.service;
    const label = services.find(({ id }) => id === service)?.commands[op]?.label ?? text(op, op);
    found.set(`${op} ${device}`, { t, device, say: label, what: { action: op } });
  }
  return [...found.values()];
}
