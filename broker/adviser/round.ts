import type { SignalAdvice, SignalTiming } from "../../shared/signal-advice.ts";
import type { Moment } from "../alarms/moment.ts";
import { adviceOf } from "./advice-of.ts";
import { adviseCorridor, type Proposal } from "./advise-corridor.ts";
import type { AdviserState } from "./adviser-state.ts";
import type { Corridor } from "./corridors.ts";
import { demandOf } from "./counts.ts";
import { designOf, wordAt } from "./running.ts";

export interface RoundParts {
  /** Sends the timing as a command of the system's, or `null`: back to the plan by time of day; a reason when it cannot. */
  order(signal: string, timing: SignalTiming | null, moment: Moment): string | undefined;
  /** The newest timing that a person has set and the controller has taken; `t` = when it took it. */
  setByPerson(signal: string): { readonly by: string; readonly t: number; readonly timing: SignalTiming } | undefined;
  put(advice: SignalAdvice): void;
}

/** A better timing is worth its commands from this share of saved delay on; less is within what counting can know. */
const worthwhile = 0.03;
/** km/h, until an approach has shown what it can do: "Safe Speed 5030". */
const usualSpeed = 45;
/** At these hours nobody coordinates. */
const alone = new Set(["night", "flash"]);

const isSame = (a: SignalTiming, b: SignalTiming): boolean =>
  a.cycle === b.cycle && a.main === b.main && a.cross === b.cross && a.offset === b.offset;

/** One quarter of an hour of one corridor, which ends at `t`. */
export function adviseRound(corridor: Corridor, now: AdviserState, t: number, moment: Moment, parts: RoundParts): void {
  const plans = now.plans[moment.timeline];
  const word = wordAt(plans, t);
  if (word === undefined) {
    giveBack(corridor, now, moment, parts);
    return;
  }
  const demands = new Map(
    corridor.crossings.flatMap(({ approaches }) =>
      approaches.map(({ device }) => [device, now.counts[device] && demandOf(now.counts[device], t)] as const),
    ),
  );
  const proposals = adviseCorridor(corridor, {
    running: (signal) => now.running[signal]?.timing,
    design: (signal) => (alone.has(word) ? undefined : designOf(plans, signal, word)),
    demand: (approach) => demands.get(approach),
    freeSpeed: (approach) => now.free[approach] ?? usualSpeed,
  });
  const isWorth = isWorthwhile(proposals, !alone.has(word));
  for (const one of proposals) {
    const { signal } = one.crossing;
    const before = now.advice[signal];
    const made = adviceOf(one, { demands, free: now.free, mode: now.modes[signal] ?? "manual", before: accepted(one, before, parts), t });
    parts.put(isWorth && made.mode === "auto" ? applied(made, moment, parts) : made);
  }
}

/** By day a cycle of another hour is left at once: neighbours go by the hour. */
function isWorthwhile(proposals: readonly Proposal[], byDay: boolean): boolean {
  const sum = (of: (one: Proposal) => number): number => proposals.reduce((all, one) => all + of(one), 0);
  const saves = sum(({ flow, delayPresent, delayProposed }) => flow * (delayPresent - delayProposed));
  const isStale = byDay && proposals.some(({ present, proposed }) => present.cycle !== proposed.cycle);
  return isStale || saves >= worthwhile * sum(({ flow, delayPresent }) => flow * delayPresent);
}

/** What plan this hour has was never seen: the controllers that the adviser runs go back to it, and show it. */
function giveBack({ crossings }: Corridor, now: AdviserState, moment: Moment, { order }: RoundParts): void {
  for (const { signal } of crossings) if (now.modes[signal] === "auto" && now.running[signal]?.plan === "manual") order(signal, null, moment);
}

/** A person has set what the controller runs now: what it promises is held against what will be measured. */
function accepted(
  { crossing, present, delayPresent }: Proposal,
  before: SignalAdvice | undefined,
  { setByPerson }: RoundParts,
): SignalAdvice | undefined {
  const set = setByPerson(crossing.signal);
  if (before === undefined || set === undefined || set.t <= (before.applied?.t ?? 0) || !isSame(set.timing, present)) return before;
  return { ...before, applied: { t: set.t, by: set.by, predicted: delayPresent, measured: null } };
}

function applied(made: SignalAdvice, moment: Moment, { order }: RoundParts): SignalAdvice {
  const { present, proposed } = made;
  if (isSame(present, proposed)) return made;
  const reason = order(made.device, proposed, moment);
  if (reason === undefined) return { ...made, applied: { t: moment.t, by: "system", predicted: made.delayProposed, measured: null } };
  return { ...made, held: { ko: `명령을 보내지 못함: ${reason}`, en: `the command could not be sent: ${reason}` } };
}
