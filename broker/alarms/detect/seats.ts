import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Service } from "../../../shared/service.ts";
import type { Evaluator } from "./evaluator.ts";
import { evaluatorOf } from "./evaluators.ts";

/** A rule ready to judge devices of one kind. */
export interface Seat {
  /** Its place among the seats of the kind. */
  readonly index: number;
  readonly rule: Rule;
  /** `service/rule`. */
  readonly name: string;
  /** Under which a mind keeps the evaluator's state: another version of a rule begins anew. */
  readonly key: string;
  readonly evaluator: Evaluator;
}
export interface Seats {
  /** How many the kind measures. */
  readonly metrics: number;
  readonly all: readonly Seat[];
  readonly readings: readonly Seat[];
  readonly events: readonly Seat[];
  readonly minutes: readonly Seat[];
  /** A minute may end the calm of a rule. */
  readonly stirredByMinutes: boolean;
  readonly late: readonly Seat[];
  readonly overdue: readonly Seat[];
  /** Rules that are woken when the one of this id is raised or cleared at a device. */
  readonly followers: ReadonlyMap<string, readonly string[]>;
  readonly byRule: ReadonlyMap<string, Seat>;
}

/** Rules of a kind in the order in which they are judged: those of the sensor first, because the others ask whether it can be trusted. */
export function createSeats(rulesOf: (service: Service, kind: string) => readonly Rule[]): (service: Service, kind: string) => Seats {
  const known = new Map<string, Seats>();
  return (service, kind) => {
    const name = `${service.id}/${kind}`;
    const seats = known.get(name);
    if (seats !== undefined) return seats;
    const made = seatsOf(service, kind, rulesOf(service, kind));
    known.set(name, made);
    return made;
  };
}

function seatsOf(service: Service, kind: string, rules: readonly Rule[]): Seats {
  const all: Seat[] = [];
  for (const rule of rules) {
    const evaluator = evaluatorOf(rule, service);
    if (evaluator === undefined) continue;
    all.push({ index: all.length, rule, name: `${service.id}/${rule.id}`, key: `${rule.id}@${rule.version}`, evaluator });
  }
  return {
    metrics: service.kinds[kind]?.metrics.length ?? Number.POSITIVE_INFINITY,
    all,
    readings: all.filter(({ evaluator }) => evaluator.reading !== undefined),
    events: all.filter(({ evaluator }) => evaluator.event !== undefined),
    minutes: all.filter(({ evaluator }) => evaluator.minute !== undefined),
    stirredByMinutes: all.some(({ evaluator }) => evaluator.minute !== undefined && evaluator.calm !== undefined),
    late: all.filter(({ evaluator }) => evaluator.late !== undefined),
    overdue: all.filter(({ evaluator }) => evaluator.overdue !== undefined),
    followers: followersOf(rules),
    byRule: new Map(all.map((seat) => [seat.rule.id, seat])),
  };
}

function followersOf(rules: readonly Rule[]): Seats["followers"] {
  const followers = new Map<string, string[]>();
  for (const { id, when } of rules) if (when.kind === "many") followers.set(when.rule, [...(followers.get(when.rule) ?? []), id]);
  return followers;
}
