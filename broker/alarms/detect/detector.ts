import type { Rule } from "../../../shared/alarm-rule.ts";
import type { StateWord } from "../../../shared/reading.ts";
import type { Service } from "../../../shared/service.ts";
import { createInOrder } from "../in-order.ts";
import type { Observed, Watched } from "../observed.ts";
import { type AgendaState, createAgenda, type Timer } from "./agenda.ts";
import { createAsking } from "./asking.ts";
import type { Finding, Learned } from "./evaluator.ts";
import { createGatewayWords, type GatewayWord } from "./gateway-words.ts";
import { createJudge } from "./judge.ts";
import type { Mind } from "./mind.ts";
import { forgetRules, outgrownIn } from "./outgrown.ts";
import { createPosts, type Post, stateOf } from "./posts.ts";
import { createSeats } from "./seats.ts";
import { createVigil } from "./vigil.ts";
import { createWorld } from "./world.ts";

/**
 * Judges one timeline's readings in the order of event time. A reading of t is taken when everything due at or before t has been: timers first, then
 * whole minutes, then the reading. Nothing in here looks at a clock, so that the same readings give the same findings at every rate.
 */
export interface Detector {
  take(observed: Observed): void;
  /** A gateway has said what it is, or its last will has. */
  gatewaySaid(gateway: string, word: StateWord): void;
  /** Everything up to the mark is known: judges it, and answers what was found, in the order of event time. */
  advance(mark: number): readonly Finding[];
  /** Devices came, went, or were described anew. */
  changed(): void;
  /** How much the rules that learn know of a device; rules that need not learn are left out. */
  learned(device: string): readonly { readonly rule: string; readonly knows: Learned }[];
  state(): DetectorState;
  restore(state: DetectorState): void;
  /** Another life of the timeline begins here. */
  forget(start: number): void;
}
export interface DetectorState extends AgendaState {
  readonly mark: number;
  readonly minds: Readonly<Record<string, Mind>>;
  readonly waiting: readonly Observed[];
  /** Absent: written before they were kept. */
  readonly words?: Readonly<Record<string, GatewayWord>>;
}
export interface DetectorParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  rulesOf(service: Service, kind: string): readonly Rule[];
  /** Is shown everything in its turn, before it is judged. */
  seen?(observed: Observed): void;
}

export function createDetector({ devices, device, rulesOf, seen }: DetectorParts): Detector {
  const inOrder = createInOrder();
  const minds = new Map<string, Mind>();
  const seatsOf = createSeats(rulesOf);
  const posts = createPosts({ devices, device, minds, seatsOf: ({ contract, kind }) => seatsOf(contract, kind) });
  const vigil = createVigil((id) => minds.get(id)?.t ?? 0);
  const agenda = createAgenda(fire, passMinute, { next: vigil.next, fire: miss });
  const words = createGatewayWords();
  const { world, changed } = createWorld({ devices, device, minds, heard: agenda.heard, lastWord: words.of });
  const asking = createAsking(world, agenda.add, () => mark);
  const { ask, at, turn, found } = asking;
  const judge = createJudge(asking, vigil, () => mark);
  let mark = 0;
  /** The rules may be others than those that the minds remember. */
  let restored = false;

  function takeOne(observed: Observed): void {
    const post = posts.of(observed.device);
    if (post === undefined) return;
    judge(post, observed);
  }
  /** Somebody is overdue. */
  function miss(): void {
    const one = vigil.take();
    const post = one && posts.of(one.device);
    if (one === undefined || post === undefined) return;
    post.listed = false;
    post.calm = undefined;
    at(one.t, post);
    for (const seat of post.seats.overdue) {
      turn(seat);
      seat.evaluator.overdue?.(stateOf(post, seat), ask);
    }
  }
  /** As it stood at the mark: who was overdue by then has been told. */
  function keepVigil(): void {
    vigil.clear();
    for (const [id, mind] of [...minds].sort(([, a], [, b]) => a.t - b.t)) {
      const post = mind.t > 0 ? posts.of(id) : undefined;
      const limit = (post?.device.stale ?? 0) * 1000;
      if (post !== undefined && post.seats.overdue.length > 0 && mind.t + limit + 1 > mark) vigil.heard(id, mind.t, limit);
    }
  }

  function forgetOutgrown(): void {
    restored = false;
    for (const id of [...minds.keys()].sort()) {
      const post = posts.of(id);
      const gone = post && outgrownIn(post.mind, post.seats);
      if (post === undefined || gone === undefined || gone.size === 0) continue;
      at(mark, post);
      forgetRules(post, gone, asking);
      // a silence that the old version had told is the new one's to tell
      if (post.mind.t === 0 || !post.seats.overdue.some(({ rule }) => gone.has(rule.id))) continue;
      vigil.heard(id, post.mind.t, post.device.stale * 1000);
      post.listed = true;
    }
  }

  function fire({ t, device: id, rule }: Timer): void {
    const post = posts.of(id);
    if (post === undefined || post.mind.wakes[rule] !== t) return;
    post.mind.wakes[rule] = 0;
    const seat = post.seats.byRule.get(rule);
    if (seat === undefined) return;
    post.calm = undefined;
    at(t, post);
    turn(seat);
    seat.evaluator.wake?.(stateOf(post, seat), ask);
  }
  function passMinute(t: number): void {
    for (const post of posts.minutes()) {
      at(t, post);
      if (post.seats.stirredByMinutes) post.calm = undefined;
      for (const seat of post.seats.minutes) {
        turn(seat);
        seat.evaluator.minute?.(stateOf(post, seat), ask);
      }
    }
  }

  return {
    take: inOrder.add,
    gatewaySaid: (gateway, word) => words.say(gateway, word, mark),
    changed() {
      posts.changed();
      changed();
    },
    advance(to) {
      if (to <= mark) return [];
      posts.settle();
      if (restored) forgetOutgrown();
      for (const observed of inOrder.upTo(to)) {
        agenda.passTo(observed.t, observed.t - 1);
        agenda.hear(observed.t);
        seen?.(observed);
        takeOne(observed);
      }
      agenda.passTo(to, to);
      mark = to;
      return found();
    },
    learned(id) {
      posts.settle();
      const post = posts.of(id);
      return post === undefined ? [] : knowledgeOf(post, mark);
    },
    state: () => ({ mark, ...agenda.state(), minds: Object.fromEntries(minds), waiting: inOrder.state(), words: words.state() }),
    restore(state) {
      mark = state.mark;
      restored = true;
      minds.clear();
      for (const [id, mind] of Object.entries(state.minds)) minds.set(id, mind);
      agenda.restore(
        state,
        [...minds].flatMap(([id, { wakes }]) => Object.entries(wakes).flatMap(([rule, t]) => (t > 0 ? [{ t, device: id, rule }] : []))),
      );
      inOrder.restore(state.waiting);
      words.restore(state.words ?? {});
      this.changed();
      keepVigil();
    },
    forget(start) {
      this.restore({ mark: start, minute: 0, heard: 0, minds: {}, waiting: [] });
    },
  };
}

const knowledgeOf = (post: Post, t: number): ReturnType<Detector["learned"]> =>
  post.seats.all.flatMap((seat) => {
    const knows = seat.evaluator.learned?.(stateOf(post, seat), t);
    return knows === undefined ? [] : [{ rule: seat.rule.id, knows }];
  });
