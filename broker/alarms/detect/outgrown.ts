import type { Asking } from "./asking.ts";
import { leftRule } from "./left-rule.ts";
import type { Mind } from "./mind.ts";
import type { Post, Posts } from "./posts.ts";
import type { Seat } from "./seats.ts";
import type { Vigil } from "./vigil.ts";

const ruleIn = (key: string): string => key.slice(0, key.lastIndexOf("@"));

/** Rules that a mind remembers in a version that nobody judges by any more: another version, or none at all. */
function outgrownIn({ rules }: Mind, seats: Post["seats"]): ReadonlySet<string> {
  return new Set(
    Object.keys(rules).flatMap((key) => {
      const id = ruleIn(key);
      return seats.byRule.get(id)?.key === key ? [] : [id];
    }),
  );
}

/** Of all these devices, in this order, at the mark. */
export function forgetOutgrown(ids: readonly string[], posts: Pick<Posts, "of">, vigil: Pick<Vigil, "heard">, asking: Asking, mark: number): void {
  for (const id of ids) {
    const post = posts.of(id);
    const gone = post && outgrownIn(post.mind, post.seats);
    if (post === undefined || gone === undefined || gone.size === 0) continue;
    asking.at(mark, post);
    forgetRules(post, gone, asking);
    // a silence that the old version had told is the new one's to tell
    if (post.mind.t === 0 || !post.seats.overdue.some(({ rule }) => gone.has(rule.id))) continue;
    vigil.heard(id, post.mind.t, post.device.stale * 1000);
    post.listed = true;
  }
}

/**
 * Takes back what such rules had said, because nobody else would: what they raised is over, what they doubted is trusted, nobody is woken for them. The new
 * version begins anew, also when it has judged beside what the old one left. `asking` stands at this post.
 */
function forgetRules(post: Post, gone: ReadonlySet<string>, { ask, turn }: Pick<Asking, "ask" | "turn">): void {
  const { mind, seats } = post;
  for (const id of gone) {
    turn(seats.byRule.get(id) ?? seatOfNobody(id, post));
    ask.clear();
    delete mind.wakes[id];
  }
  for (const key of Object.keys(mind.rules)) if (gone.has(ruleIn(key))) delete mind.rules[key];
  post.states.length = 0;
  post.calm = undefined;
  countDoubts(mind, seats.all);
}

const seatOfNobody = (id: string, { device }: Post): Seat => {
  const rule = leftRule(id, device.kind);
  return { index: -1, rule, name: `${device.service}/${id}`, key: `${id}@${rule.version}`, evaluator: { begin: () => null } };
};

/** From what the rules that are left remember. */
function countDoubts(mind: Mind, seats: readonly Seat[]): void {
  mind.doubts = {};
  mind.doubted = 0;
  for (const { key, evaluator } of seats) {
    const state = mind.rules[key];
    for (const metric of state === undefined ? [] : (evaluator.doubts?.(state) ?? [])) {
      mind.doubts[metric] = (mind.doubts[metric] ?? 0) + 1;
      mind.doubted += 1;
    }
  }
}
