import { allAreGood, type Observed } from "../observed.ts";
import { observedIn, type Turn } from "../order/in-order.ts";
import { maskOf, readRow } from "../order/row-shape.ts";
import type { Asking } from "./asking.ts";
import { type AtRest, isWithin } from "./at-rest.ts";
import { calmnessOf } from "./calm.ts";
import { allGood } from "./evaluator.ts";
import { remember } from "./mind.ts";
import { type Post, stateOf } from "./posts.ts";
import type { Seat } from "./seats.ts";
import type { Vigil } from "./vigil.ts";

type Values = NonNullable<Observed["m"]>;
type Qualities = NonNullable<Observed["q"]>;
const nothing = {};

export interface Judge {
  /** Puts one reading or event before all rules of its device whom it concerns. */
  judge(post: Post, given: Turn): void;
  /** An ordinary one came behind the mark. */
  late(post: Post, t: number): void;
}

/** `mark`: up to where everything has been judged. */
export function createJudge(
  { ask, at, turn }: Asking,
  vigil: Pick<Vigil, "heard">,
  atRest: Pick<AtRest, "lay" | "rouse">,
  mark: () => number,
): Judge {
  function judgeEvent(post: Post, name: string, x: NonNullable<Observed["x"]>): void {
    post.calm = undefined;
    for (const seat of post.seats.events) {
      turn(seat);
      seat.evaluator.event?.(stateOf(post, seat), ask, name, x);
    }
  }
  /** Between which values it is calm for now. */
  function calmOf(post: Post): NonNullable<Post["calm"]> {
    if (post.calm === undefined || post.calm.left === 0) post.calm = calmnessOf(post);
    post.calm.left -= 1;
    return post.calm;
  }
  /** Whom a reading concerns. */
  function concerned(post: Post, row: Float64Array, from: number): readonly Seat[] {
    const { bands, busy } = calmOf(post);
    if (isWithin(bands, 0, bands.length, row, from)) return busy;
    post.calm = undefined;
    return post.seats.readings;
  }
  function late(post: Post, t: number): void {
    if (post.seats.late.length === 0) return;
    at(t, post);
    for (const seat of post.seats.late) {
      turn(seat);
      seat.evaluator.late?.(stateOf(post, seat), ask, mark() - t);
    }
  }
  /** What is older than what was judged of its device never gets here. `mask`: of a row whose values are all good; -1: it is none. */
  function judgeReading(post: Post, { t, mask, numbers, at: from }: Turn, m: Values, q: Qualities): void {
    const { seats } = post;
    if (t <= mark()) late(post, t);
    remember(post.mind, t, m, seats.metrics);
    post.mask = mask < 0 ? maskOf(post.shape, m) : mask;
    if (mask < 0) post.calm = undefined;
    at(t, post);
    for (const seat of mask < 0 ? seats.readings : concerned(post, numbers, from)) {
      turn(seat);
      seat.evaluator.reading?.(stateOf(post, seat), ask, m, q);
    }
    if (post.listed || seats.overdue.length === 0) return;
    vigil.heard(post.device.id, t, post.device.stale * 1000);
    post.listed = true;
  }
  function judgeAhead(post: Post, { t, ahead = 0, m, e }: Observed): void {
    at(t, post);
    for (const seat of post.seats.late) {
      turn(seat);
      seat.evaluator.ahead?.(stateOf(post, seat), ask, ahead, m === undefined && e === undefined);
    }
  }
  function judgeObject(post: Post, given: Turn): void {
    const observed = observedIn(given);
    const { t, m, q, e, x } = observed;
    if (observed.ahead !== undefined) judgeAhead(post, observed);
    if (e !== undefined) {
      at(t, post);
      judgeEvent(post, e, x ?? nothing);
    } else if (m !== undefined && t > post.mind.t) judgeReading(post, { ...given, mask: -1 }, m, allAreGood(q) ? allGood : q);
  }

  return {
    judge(post, given) {
      atRest.rouse(post);
      const isRow = given.mask >= 0 && given.shape === post.shape;
      if (!isRow) judgeObject(post, given);
      else if (given.t > post.mind.t) judgeReading(post, given, readRow(given.shape.metrics, given.mask, given.numbers, given.at), allGood);
      if (isRow && isAtRest(post)) atRest.lay(given.slot, post);
    },
    late,
  };
}

/** An ordinary reading would concern nobody. */
const isAtRest = ({ calm, listed, seats, mask }: Post): boolean =>
  calm !== undefined && calm.busy.length === 0 && mask >= 0 && (listed || seats.overdue.length === 0);
