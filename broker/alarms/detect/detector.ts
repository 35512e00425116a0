import type { Rule } from "../../../shared/alarm-rule.ts";
import type { StateWord } from "../../../shared/reading.ts";
import type { Service } from "../../../shared/service.ts";
import type { Observed, Watched } from "../observed.ts";
import { createInOrder, type Turn, type Waiting } from "../order/in-order.ts";
import { type AgendaState, createAgenda } from "./agenda.ts";
import { createAsking } from "./asking.ts";
import { createAtRest } from "./at-rest.ts";
import { createComeDue } from "./come-due.ts";
import type { Finding, Learned } from "./evaluator.ts";
import { createGatewayWords, type GatewayWord } from "./gateway-words.ts";
import { createJudge } from "./judge.ts";
import type { Mind } from "./mind.ts";
import { forgetOutgrown } from "./outgrown.ts";
import { createPosts, type Post, type Posts, stateOf } from "./posts.ts";
import { createSeats } from "./seats.ts";
import { createSightings, type Onlooker } from "./sightings.ts";
import { createVigil, type Vigil } from "./vigil.ts";
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
  /** A device came, went, or was described anew. */
  changed(id: string): void;
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
  /** A list: written before they were columns. */
  readonly waiting: Waiting | readonly Observed[];
  /** Absent: written before they were kept. */
  readonly words?: Readonly<Record<string, GatewayWord>>;
}
export interface DetectorParts extends Partial<Onlooker> {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  rulesOf(service: Service, kind: string): readonly Rule[];
}

export function createDetector({ devices, device, rulesOf, seen, ...onlooker }: DetectorParts): Detector {
  const inOrder = createInOrder(device);
  const minds = new Map<string, Mind>();
  const seatsOf = createSeats(rulesOf);
  const atRest = createAtRest();
  const posts = createPosts({ devices, device, minds, atRest, seatsOf: ({ contract, kind }) => seatsOf(contract, kind) });
  const vigil = createVigil((id) => posts.mindOf(id)?.t ?? 0);
  const agenda = createAgenda(
    (timer) => dues.wake(timer),
    (t) => dues.minute(t),
    { next: vigil.next, fire: () => dues.miss() },
  );
  const words = createGatewayWords();
  const { world, changed } = createWorld({ devices, device, minds, mindOf: posts.mindOf, heard: agenda.heard, lastWord: words.of });
  const asking = createAsking({ world, add: agenda.add, mindAt: (id) => posts.of(id)?.mind, mark: () => mark });
  const { found, isQuiet } = asking;
  const sightings = seen && createSightings({ seen, ...onlooker });
  const dues = createComeDue({ posts, vigil, asking, atRest });
  const { judge, late } = createJudge(asking, vigil, atRest, () => mark);
  let mark = 0;
  /** The rules may be others than those that the minds remember. */
  let restored = false;

  /** By the slots in which readings wait. */
  const seated: (Post | undefined)[] = [];

  function reseat(): void {
    seated.length = 0;
    sightings?.changed();
  }
  function settle(): void {
    if (posts.settle()) reseat();
  }
  function takeOne(one: Turn): void {
    agenda.passTo(one.t, one.t - 1);
    agenda.hear(one.t);
    sightings?.look(one, isQuiet());
    const post = seated[one.slot] ?? posts.of(one.device);
    if (post === undefined) return;
    seated[one.slot] = post;
    const taken = one.mask < 0 ? "no" : atRest.take(one);
    if (taken === "no") judge(post, one);
    else if (taken === "taken" && one.t <= mark) late(post, one.t);
  }

  return {
    take: inOrder.add,
    gatewaySaid: (gateway, word) => words.say(gateway, word, mark),
    changed(id) {
      posts.changed(id);
      inOrder.changed();
      changed();
    },
    advance(to) {
      if (to <= mark) return [];
      settle();
      if (restored) forgetOutgrown([...minds.keys()].sort(), posts, vigil, asking, mark);
      restored = false;
      sightings?.begin();
      inOrder.upTo(to, takeOne, () => sightings?.end());
      agenda.passTo(to, to);
      mark = to;
      return found();
    },
    learned(id) {
      settle();
      const post = posts.of(id);
      return post === undefined ? [] : knowledgeOf(post, mark);
    },
    state() {
      posts.write();
      return { mark, ...agenda.state(), minds: Object.fromEntries(minds), waiting: inOrder.state(), words: words.state() };
    },
    restore(state) {
      reseat();
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
      posts.restored();
      inOrder.changed();
      changed();
      keepVigil(minds, posts, vigil, mark);
    },
    forget(start) {
      this.restore({ mark: start, minute: 0, heard: 0, minds: {}, waiting: [] });
    },
  };
}

/** As it stood at the mark: who was overdue by then has been told. */
function keepVigil(minds: ReadonlyMap<string, Mind>, posts: Posts, vigil: Vigil, mark: number): void {
  vigil.clear();
  for (const [id, mind] of [...minds].sort(([, a], [, b]) => a.t - b.t)) {
    const post = mind.t > 0 ? posts.of(id) : undefined;
    const limit = (post?.device.stale ?? 0) * 1000;
    if (post !== undefined && post.seats.overdue.length > 0 && mind.t + limit + 1 > mark) vigil.heard(id, mind.t, limit);
  }
}

const knowledgeOf = (post: Post, t: number): ReturnType<Detector["learned"]> =>
  post.seats.all.flatMap((seat) => {
    const knows = seat.evaluator.learned?.(stateOf(post, seat), t);
    return knows === undefined ? [] : [{ rule: seat.rule.id, knows }];
  });
