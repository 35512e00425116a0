import type { Timeline } from "../../shared/timeline.ts";
import type { Standing } from "./standing.ts";

export type Mode = "auto" | "manual";
export interface ResponsesState {
  readonly modes: Readonly<Record<string, { readonly mode: Mode; readonly by: string }>>;
  readonly standing: readonly Standing[];
}

/** What stands of which response, and which of them people have switched. */
export interface ResponseBook {
  modeOf(response: string): { readonly mode: Mode; readonly by: string } | undefined;
  setMode(response: string, mode: Mode, by: string): void;
  add(one: Standing): void;
  /** @returns the same, changed. */
  change(one: Standing, given: Partial<Standing>): Standing;
  /** Takes away what stands of this response because of this device; of one key alone, if it is given. */
  remove(response: string, source: string, key?: string): void;
  of(response: string): readonly Standing[];
  all(): readonly Standing[];
  /** The countdown that ends first, at or before `t`; of several the one with the smallest key. */
  due(timeline: Timeline, t: number): Standing | undefined;
  /** Ids of responses of which something has changed since the last call. */
  changed(): readonly string[];
  state(): ResponsesState;
  restore(state: ResponsesState, only?: Timeline): void;
  forget(timeline: Timeline): void;
}

const counting = ({ over, waits, fires }: Standing): boolean => over === null && waits === null && fires !== null;
const endOf = ({ fires }: Standing): number => fires ?? Number.POSITIVE_INFINITY;

export function createResponseBook(): ResponseBook {
  const modes = new Map<string, { mode: Mode; by: string }>();
  const fresh = new Set<string>();
  let standing: readonly Standing[] = [];
  /** End of the first countdown of all: it is asked for at every reading. */
  let next = Number.POSITIVE_INFINITY;

  function set(all: readonly Standing[]): void {
    standing = all;
    next = all.reduce((least, one) => (counting(one) ? Math.min(least, endOf(one)) : least), Number.POSITIVE_INFINITY);
  }

  return {
    modeOf: (response) => modes.get(response),
    setMode(response, mode, by) {
      modes.set(response, { mode, by });
      fresh.add(response);
    },
    add(one) {
      set([...standing, one]);
      fresh.add(one.response);
    },
    change(before, given) {
      const after = { ...before, ...given };
      set(standing.map((one) => (one === before ? after : one)));
      fresh.add(before.response);
      return after;
    },
    remove(response, source, key) {
      const left = standing.filter((one) => one.response !== response || one.source !== source || (key !== undefined && one.key !== key));
      if (left.length === standing.length) return;
      set(left);
      fresh.add(response);
    },
    of: (response) => standing.filter((one) => one.response === response),
    all: () => standing,
    due(timeline, t) {
      if (next > t) return undefined;
      const due = standing.filter((one) => one.timeline === timeline && counting(one) && endOf(one) <= t);
      return due.sort((a, b) => endOf(a) - endOf(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))[0];
    },
    changed() {
      const ids = [...fresh];
      fresh.clear();
      return ids;
    },
    state: () => ({ modes: Object.fromEntries(modes), standing }),
    restore(state, only) {
      if (only !== undefined) {
        set([...standing.filter(({ timeline }) => timeline !== only), ...state.standing.filter(({ timeline }) => timeline === only)]);
        return;
      }
      modes.clear();
      for (const [id, mode] of Object.entries(state.modes)) modes.set(id, { ...mode });
      set([...state.standing]);
    },
    forget(timeline) {
      for (const one of standing) if (one.timeline === timeline) fresh.add(one.response);
      set(standing.filter((one) => one.timeline !== timeline));
    },
  };
}
