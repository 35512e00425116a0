import type { AlarmClass } from "../../shared/alarm-rule.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Confusion, Found, KindScore, Scorecard } from "../../shared/scenario/scorecard.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { text } from "../../shared/text.ts";
import type { AlarmSeen, CommandSeen, Evidence } from "./evidence.ts";
import { createExplainer, type Sign } from "./explains.ts";
import { rightly } from "./rightly.ts";

export interface ScoreInput {
  readonly truths: readonly Truth[];
  readonly evidence: Evidence;
  readonly devices: readonly Selectable[];
  readonly kinds: readonly InjectionKindRow[];
  /** City time that is scored. */
  readonly from: number;
  readonly to: number;
}

/** The room judged by what was true. Pure: joins truths with alarms, items and refusals by device, by the groups of the desk, and by what is struck. */
export function score(input: ScoreInput): Scorecard {
  const { truths, evidence, from, to } = input;
  const signs = signsOf(evidence);
  const { speaksOf, ownerOf } = createExplainer(input);
  const owned = new Map<string, Sign[]>();
  const wrong: Sign[] = [];
  for (const sign of signs) {
    const owner = ownerOf(sign);
    if (owner !== undefined && owner.class !== "quiet") owned.set(owner.id, [...(owned.get(owner.id) ?? []), sign]);
    else if (sign.what === "alarm") wrong.push(sign);
  }
  const injected = truths.filter(({ by }) => by === "injection");
  const found = injected
    .filter((truth) => truth.class !== "quiet")
    .map((truth) =>
      foundOf(
        truth,
        signs.filter((sign) => speaksOf(sign, truth)),
        owned.get(truth.id) ?? [],
        input,
      ),
    );
  const delays = found.flatMap(({ delay }) => delay ?? []).sort((a, b) => a - b);
  const days = Math.max(1 / 1440, (to - from) / 86_400_000);
  const proven = found.filter(({ by }) => by !== null);
  const incidents = proven.filter(({ truth }) => truth.class === "event");
  return {
    from,
    to,
    found,
    kinds: kindScores(injected, found, signs, input, speaksOf),
    confusion: confusionOf(found, owned, wrong),
    false: wrong.map(({ id, rule, device, class: own, t }) => ({ alarm: id, rule, device: device ?? "", class: own ?? "operations", t })),
    falsePerSensorDay: wrong.length / (Math.max(1, input.devices.length) * days),
    sensors: input.devices.length,
    medianDelay: median(delays),
    worstDelay: delays.at(-1) ?? null,
    alarmsPerIncident: incidents.length === 0 ? null : incidents.reduce((sum, { alarms }) => sum + alarms, 0) / incidents.length,
    toAcknowledge: medianOf(found.flatMap(({ acknowledged }) => acknowledged ?? [])),
    toAction: medianOf(found.flatMap(({ acted }) => acted ?? [])),
  };
}

function signsOf({ alarms, items, refusals, counted }: Evidence): readonly Sign[] {
  const all: Sign[] = [
    ...alarms.map(
      (one): Sign => ({
        id: one.id,
        what: "alarm",
        class: one.class,
        rule: one.rule,
        device: one.device,
        t: one.raisedAt,
        cause: one.cause,
        seen: one,
      }),
    ),
    ...items.map((one): Sign => ({ id: one.id, what: "item", class: null, rule: one.rule, device: one.device, t: one.t, cause: null, seen: null })),
    ...refusals.map(
      (one, n): Sign => ({
        id: `refusal-${n + 1}`,
        what: "refusal",
        class: null,
        rule: one.code,
        device: one.device,
        t: one.t,
        cause: null,
        seen: null,
      }),
    ),
    ...counted.map(
      (one): Sign => ({
        id: `${one.what}-${one.device}`,
        what: "refusal",
        class: null,
        rule: one.what,
        device: one.device,
        t: one.t,
        cause: null,
        seen: null,
      }),
    ),
  ];
  return all.sort((a, b) => a.t - b.t || (a.id < b.id ? -1 : 1));
}

function foundOf(truth: Truth, speaking: readonly Sign[], own: readonly Sign[], input: ScoreInput): Found {
  const kind = input.kinds.find(({ id }) => id === truth.kind);
  const right = speaking.filter((sign) => rightly(sign, truth, kind));
  const [first] = right;
  const alarms = right.flatMap(({ seen }) => seen ?? []);
  const begin = truth.observable ?? truth.onset;
  return {
    truth,
    title: kind?.title ?? text(truth.kind, truth.kind),
    by: first === undefined ? null : { id: first.id, what: first.what, class: first.class, rule: first.rule, t: first.t },
    delay: first === undefined ? null : Math.max(0, (first.t - begin) / 1000),
    alarms: own.filter(({ what }) => what !== "refusal").length,
    acknowledged: acknowledgedOf(alarms),
    acted: actedOf(truth, alarms, input.evidence.commands),
  };
}
function acknowledgedOf(alarms: readonly AlarmSeen[]): Found["acknowledged"] {
  const [first] = alarms;
  const earliest = alarms.flatMap(({ acknowledged }) => acknowledged ?? []).sort((a, b) => a.t - b.t || a.at - b.at)[0];
  return first === undefined || earliest === undefined ? null : { city: (earliest.t - first.raisedAt) / 1000, wall: (earliest.at - first.at) / 1000 };
}
/** The first command that was sent for one of its alarms, or to a device that it strikes, after the room knew. */
function actedOf({ devices }: Truth, alarms: readonly AlarmSeen[], commands: readonly CommandSeen[]): Found["acted"] {
  const [first] = alarms;
  if (first === undefined) return null;
  const ids = new Set(alarms.map(({ id }) => id));
  const command = commands.find((one) => one.t >= first.raisedAt && ((one.alarm !== null && ids.has(one.alarm)) || devices.includes(one.device)));
  return command === undefined ? null : { city: (command.t - first.raisedAt) / 1000, wall: (command.at - first.at) / 1000, command: command.op };
}

function kindScores(
  injected: readonly Truth[],
  found: readonly Found[],
  signs: readonly Sign[],
  input: ScoreInput,
  speaksOf: (sign: Sign, truth: Truth) => boolean,
): readonly KindScore[] {
  const quietly = (truth: Truth): boolean => !signs.some((sign) => sign.what !== "refusal" && speaksOf(sign, truth));
  return [...new Set(injected.map(({ kind }) => kind))].map((kind) => {
    const own = found.filter(({ truth }) => truth.kind === kind);
    const quiet = injected.filter((truth) => truth.kind === kind && truth.class === "quiet");
    return {
      kind,
      title: input.kinds.find(({ id }) => id === kind)?.title ?? text(kind, kind),
      class: own[0]?.truth.class ?? "quiet",
      found: own.filter(({ by }) => by !== null).length + quiet.filter(quietly).length,
      of: own.length + quiet.length,
      delays: own.flatMap(({ delay }) => delay ?? []),
      alarms: own.reduce((sum, { alarms }) => sum + alarms, 0),
    };
  });
}

function confusionOf(found: readonly Found[], owned: ReadonlyMap<string, readonly Sign[]>, wrong: readonly Sign[]): Confusion {
  const empty = () => ({ operations: 0, maintenance: 0, nothing: 0 });
  const rows = { event: empty(), fault: empty() };
  for (const { truth, by } of found) {
    if (truth.class === "quiet") continue;
    // rightly told as trouble of devices: it stands with what is
    if (truth.class === "event" && by?.class === "maintenance") rows.fault.maintenance += 1;
    else rows[truth.class][columnOf(truth, by !== null, owned.get(truth.id) ?? [])] += 1;
  }
  const false_ = (own: AlarmClass): number => wrong.filter((sign) => sign.class === own).length;
  return { ...rows, nothing: { operations: false_("operations"), maintenance: false_("maintenance") } };
}
/** Taken for the city's trouble is worse than not found: a fault that raised both counts as that. */
function columnOf(truth: Truth, right: boolean, own: readonly Sign[]): "operations" | "maintenance" | "nothing" {
  const raised = (wanted: AlarmClass): boolean => own.some((sign) => sign.class === wanted);
  if (truth.class === "event") return right ? "operations" : raised("maintenance") ? "maintenance" : "nothing";
  return raised("operations") ? "operations" : right ? "maintenance" : "nothing";
}

const median = (sorted: readonly number[]): number | null => {
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const next = sorted[Math.ceil((sorted.length - 1) / 2)];
  return middle === undefined || next === undefined ? null : (middle + next) / 2;
};
const medianOf = (all: readonly { readonly city: number; readonly wall: number }[]): Scorecard["toAcknowledge"] => ({
  city: median(all.map(({ city }) => city).sort((a, b) => a - b)),
  wall: median(all.map(({ wall }) => wall).sort((a, b) => a - b)),
  count: all.length,
});
