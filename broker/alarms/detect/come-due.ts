import type { Timer } from "./agenda.ts";
import type { Asking } from "./asking.ts";
import type { AtRest } from "./at-rest.ts";
import { type Post, type Posts, stateOf } from "./posts.ts";
import type { Vigil } from "./vigil.ts";

export interface ComeDueParts {
  readonly posts: Pick<Posts, "of" | "minutes">;
  readonly vigil: Pick<Vigil, "take">;
  readonly asking: Asking;
  readonly atRest: Pick<AtRest, "rouse">;
}
/** What rules do when something comes due by event time alone, without a reading. */
export interface ComeDue {
  /** A timer of a rule. */
  wake(timer: Timer): void;
  /** Somebody is overdue. */
  miss(): void;
  minute(t: number): void;
}

export function createComeDue({ posts, vigil, asking: { ask, at, turn }, atRest }: ComeDueParts): ComeDue {
  function stir(post: Post): void {
    atRest.rouse(post);
    post.calm = undefined;
  }
  return {
    wake({ t, device, rule }) {
      const post = posts.of(device);
      if (post === undefined || post.mind.wakes[rule] !== t) return;
      post.mind.wakes[rule] = 0;
      const seat = post.seats.byRule.get(rule);
      if (seat === undefined) return;
      stir(post);
      at(t, post);
      turn(seat);
      seat.evaluator.wake?.(stateOf(post, seat), ask);
    },
    miss() {
      const one = vigil.take();
      const post = one && posts.of(one.device);
      if (one === undefined || post === undefined) return;
      post.listed = false;
      stir(post);
      at(one.t, post);
      for (const seat of post.seats.overdue) {
        turn(seat);
        seat.evaluator.overdue?.(stateOf(post, seat), ask);
      }
    },
    minute(t) {
      for (const post of posts.minutes()) {
        at(t, post);
        if (post.seats.stirredByMinutes) stir(post);
        for (const seat of post.seats.minutes) {
          turn(seat);
          seat.evaluator.minute?.(stateOf(post, seat), ask);
        }
      }
    },
  };
}
