import type { Watched } from "../observed.ts";
import { maskOf, type RowShape, rowShapeOf } from "../order/row-shape.ts";
import type { AtRest } from "./at-rest.ts";
import type { Calmness } from "./calm.ts";
import { type Mind, newMind } from "./mind.ts";
import type { Seat, Seats } from "./seats.ts";

/** A device as it is judged: what is known of it, what is remembered, and the rules that look at it. Looked up once a reading. */
export interface Post {
  readonly device: Watched;
  readonly mind: Mind;
  readonly seats: Seats;
  /** Of the evaluators, in the order of the seats; the mind's own objects. */
  readonly states: unknown[];
  readonly shape: RowShape;
  /** Metrics of the values in its mind, as of a row; -1: they are none. */
  mask: number;
  /** Where it is kept at rest; 0 = it is not. */
  place: number;
  /** Undefined: to be looked at. */
  calm: Calmness | undefined;
  /** Stands on the vigil's list. */
  listed: boolean;
}

export interface Posts {
  of(id: string): Post | undefined;
  /** What is remembered of a device, with the values of its newest reading. */
  mindOf(id: string): Mind | undefined;
  /** So that all minds are what they remember: before they are looked at as data. */
  write(): void;
  /** Posts whose rules want every minute, in order of id. */
  minutes(): readonly Post[];
  /** A device came, went, or was described anew: thousands of times in a row when a city begins, so it takes effect with `settle`. */
  changed(id: string): void;
  /** All that is remembered is something else now. */
  restored(): void;
  /** True: something has changed since the last time. */
  settle(): boolean;
}

export interface PostsParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  seatsOf(device: Watched): Seats;
  readonly minds: Map<string, Mind>;
  readonly atRest: Pick<AtRest, "write" | "clear">;
}

export function createPosts({ devices, device: lookup, seatsOf, minds, atRest }: PostsParts): Posts {
  const posts = new Map<string, Post>();
  let minutes: readonly Post[] | undefined;
  /** A device that has been judged is another now. */
  let stale = false;
  /** Only others have come: whoever was there is judged as before. */
  let more = false;
  function write(): void {
    for (const post of posts.values()) atRest.write(post);
  }
  function renew(): void {
    stale = false;
    write();
    atRest.clear();
    posts.clear();
    minutes = undefined;
    // whoever comes back under the same name is not who left
    for (const id of minds.keys()) if (lookup(id) === undefined) minds.delete(id);
  }
  function of(id: string): Post | undefined {
    const known = posts.get(id);
    if (known !== undefined) return known;
    const device = lookup(id);
    if (device === undefined) return undefined;
    const mind = minds.get(id) ?? newMind();
    minds.set(id, mind);
    const shape = rowShapeOf(device.contract, device.kind);
    const mask = maskOf(shape, mind.values);
    const made: Post = { device, mind, seats: seatsOf(device), states: [], shape, mask, place: 0, calm: undefined, listed: false };
    posts.set(id, made);
    return made;
  }
  return {
    of,
    mindOf(id) {
      const post = posts.get(id);
      if (post === undefined) return minds.get(id);
      atRest.write(post);
      return post.mind;
    },
    write,
    minutes() {
      minutes ??= [...devices()]
        .filter((device) => seatsOf(device).minutes.length > 0)
        .map(({ id }) => id)
        .sort()
        .flatMap((id) => of(id) ?? []);
      return minutes;
    },
    changed(id) {
      if (posts.has(id) || minds.has(id)) stale = true;
      else more = true;
    },
    restored() {
      stale = true;
    },
    settle() {
      if (!stale && !more) return false;
      if (stale) renew();
      more = false;
      minutes = undefined;
      return true;
    },
  };
}

/** What this rule remembers of the device. */
export function stateOf({ states, mind }: Post, { index, key, evaluator }: Seat): unknown {
  const known = states[index];
  if (known !== undefined) return known;
  const state = mind.rules[key] ?? evaluator.begin();
  mind.rules[key] = state;
  states[index] = state;
  return state;
}
