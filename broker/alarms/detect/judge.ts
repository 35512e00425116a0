import type { Observed } from "../observed.ts";
import type { Asking } from "./asking.ts";
import { calmnessOf, isOrdinary } from "./calm.ts";
import { allGood } from "./evaluator.ts";
import { remember } from "./mind.ts";
import { type Post, stateOf } from "./posts.ts";
import type { Seat } from "./seats.ts";
import type { Vigil } from "./vigil.ts";

const nothing = {};

/** Puts one reading or event before all rules of its device. `mark`: up to where everything has been judged. */
export function createJudge({ ask, at, turn }: Asking, vigil: Pick<Vigil, "heard">, mark: () => number): (post: Post, observed: Observed) => void {
  function judgeEvent(post: Post, name: string, x: NonNullable<Observed["x"]>): void {
    post.calm = undefined;
    for (const seat of post.seats.events) {
      turn(seat);
      seat.evaluator.event?.(stateOf(post, seat), ask, name, x);
    }
  }
  /** Whom a reading concerns. */
  function concerned(post: Post, m: NonNullable<Observed["m"]>, isGood: boolean): readonly Seat[] {
    if (post.calm === undefined || post.calm.left === 0) post.calm = calmnessOf(post);
    const { calm } = post;
    calm.left -= 1;
    if (isGood && isOrdinary(calm, m)) return calm.busy;
    post.calm = undefined;
    return post.seats.readings;
  }
  /** What is older than what was judged of its device never gets here. */
  function judgeReading(post: Post, m: NonNullable<Observed["m"]>, q: NonNullable<Observed["q"]>): void {
    const { t } = ask;
    const { seats } = post;
    if (t <= mark())
      for (const seat of seats.late) {
        turn(seat);
        seat.evaluator.late?.(stateOf(post, seat), ask, mark() - t);
      }
    remember(post.mind, t, m, seats.metrics);
    for (const seat of concerned(post, m, q === allGood)) {
      turn(seat);
      seat.evaluator.reading?.(stateOf(post, seat), ask, m, q);
    }
    if (post.listed || seats.overdue.length === 0) return;
    vigil.heard(post.device.id, t, post.device.stale * 1000);
    post.listed = true;
  }

  function judgeAhead(post: Post, { ahead = 0, m, e }: Observed): void {
    for (const seat of post.seats.late) {
      turn(seat);
      seat.evaluator.ahead?.(stateOf(post, seat), ask, ahead, m === undefined && e === undefined);
    }
  }

  return (post, observed) => {
    at(observed.t, post);
    if (observed.ahead !== undefined) judgeAhead(post, observed);
    if (observed.e !== undefined) judgeEvent(post, observed.e, observed.x ?? nothing);
    else if (observed.m !== undefined && observed.t > post.mind.t) judgeReading(post, observed.m, isEmpty(observed.q) ? allGood : observed.q);
  };
}

function isEmpty(q: Observed["q"]): q is undefined {
  for (const _name in q) return false;
  return true;
}
