import type { Watched } from "../observed.ts";
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
  /** Undefined: to be looked at. */
  calm: Calmness | undefined;
  /** Stands on the vigil's list. */
  listed: boolean;
}

export interface Posts {
  of(id: string): Post | undefined;
  /** Posts whose rules want every minute, in order of id. */
  minutes(): readonly Post[];
  /** Devices came, went, or were described anew: thousands of times in a row when a city begins, so it takes effect with `settle`. */
  changed(): void;
  settle(): void;
}

export interface PostsParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  seatsOf(device: Watched): Seats;
  readonly minds: Map<string, Mind>;
}

export function createPosts({ devices, device: lookup, seatsOf, minds }: PostsParts): Posts {
  const posts = new Map<string, Post>();
  let minutes: readonly Post[] | undefined;
  let stale = false;
  function renew(): void {
    stale = false;
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
    const made: Post = { device, mind, seats: seatsOf(device), states: [], calm: undefined, listed: false };
    posts.set(id, made);
    return made;
  }
  return {
    of,
    minutes() {
      minutes ??= [...devices()]
        .filter((device) => seatsOf(device).minutes.length > 0)
        .map(({ id }) => id)
        .sort()
        .flatMap((id) => of(id) ?? []);
      return minutes;
    },
    changed() {
      stale = true;
    },
    settle() {
      if (stale) renew();
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
