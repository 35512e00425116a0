import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Service } from "../../../shared/service.ts";
import type { Evaluator } from "./evaluator.ts";
import { evaluatorOf } from "./evaluators.ts";

/** A rule ready to judge devices of one kind. */
export interface Seat {
  readonly rule: Rule;
  /** `service/rule`. */
  readonly name: string;
  readonly evaluator: Evaluator;
}
export interface Seats {
  readonly all: readonly Seat[];
  readonly readings: readonly Seat[];
  readonly events: readonly Seat[];
  readonly minutes: readonly Seat[];
}

/** Rules of a kind in the order in which they are judged: those of the sensor first, because the others ask whether it can be trusted. */
export function createSeats(rulesOf: (service: Service, kind: string) => readonly Rule[]): (service: Service, kind: string) => Seats {
  const known = new Map<string, Seats>();
  return (service, kind) => {
    const key = `${service.id}/${kind}`;
    const seats = known.get(key);
    if (seats !== undefined) return seats;
    const all = rulesOf(service, kind).flatMap((rule) => {
      const evaluator = evaluatorOf(rule);
      return evaluator === undefined ? [] : [{ rule, name: `${service.id}/${rule.id}`, evaluator }];
    });
    const made: Seats = {
      all,
      readings: all.filter(({ evaluator }) => evaluator.reading !== undefined),
      events: all.filter(({ evaluator }) => evaluator.event !== undefined),
      minutes: all.filter(({ evaluator }) => evaluator.minute !== undefined),
    };
    known.set(key, made);
    return made;
  };
}
