/**
 * Who hangs under whom. Alarms are trees: a cause with what follows from it, first-out marked. A change touches its own branch and the way to the
 * top, never the whole list; who was first is looked for once, however many left meanwhile.
 */
export interface CauseForest {
  link(id: string, cause: string): void;
  unlink(id: string): void;
  causeOf(id: string): string | null;
  effectsOf(id: string): ReadonlySet<string>;
  /** Itself, when nothing is above it. */
  topOf(id: string): string;
  /** All that hangs under it. */
  sizeOf(id: string): number;
  /** First of its group; undefined while it stands alone. */
  firstOf(id: string): string | undefined;
  /** Finds and touches whoever is first now. */
  refresh(): void;
  links(): readonly (readonly [id: string, cause: string])[];
  clear(): void;
}

interface Node {
  cause: string | null;
  readonly effects: Set<string>;
  size: number;
}
const none: ReadonlySet<string> = new Set();

/** @param raisedAt tells who was first; `touch` hears of everybody whose place has changed. */
export function createCauseForest(raisedAt: (id: string) => number, touch: (id: string) => void): CauseForest {
  const nodes = new Map<string, Node>();
  /** By top. */
  const firsts = new Map<string, string>();
  const unsure = new Set<string>();

  const nodeOf = (id: string): Node => {
    const known = nodes.get(id);
    if (known !== undefined) return known;
    const made: Node = { cause: null, effects: new Set(), size: 0 };
    nodes.set(id, made);
    return made;
  };
  const causeOf = (id: string): string | null => nodes.get(id)?.cause ?? null;
  function topOf(id: string): string {
    let top = id;
    for (let above = causeOf(id); above !== null; above = causeOf(above)) top = above;
    return top;
  }
  function branch(id: string, depth: number, each: (id: string, depth: number) => void): void {
    each(id, depth);
    for (const effect of nodes.get(id)?.effects ?? none) branch(effect, depth + 1, each);
  }
  /** The earliest; at the same instant whoever is nearest to the cause, then the least id. */
  function findFirst(top: string): string {
    let [first, least, nearest] = [top, raisedAt(top), 0];
    branch(top, 0, (id, depth) => {
      const apart = raisedAt(id) - least || depth - nearest;
      if (apart < 0 || (apart === 0 && id < first)) [first, least, nearest] = [id, raisedAt(id), depth];
    });
    return first;
  }
  function settle(top: string): void {
    unsure.delete(top);
    const before = firsts.get(top);
    const first = (nodes.get(top)?.size ?? 0) === 0 ? undefined : findFirst(top);
    if (first === before) return;
    if (first === undefined) firsts.delete(top);
    else firsts.set(top, first);
    for (const id of [before, first]) if (id !== undefined) touch(id);
  }
  function grow(id: string, by: number): void {
    for (let at: string | null = id; at !== null; at = causeOf(at)) {
      nodeOf(at).size += by;
      touch(at);
    }
  }
  function dropIfAlone(id: string): void {
    const node = nodes.get(id);
    if (node?.cause === null && node.effects.size === 0) nodes.delete(id);
  }

  function unlink(id: string): void {
    const node = nodes.get(id);
    if (node === undefined || node.cause === null) return;
    const { cause } = node;
    unsure.add(topOf(cause)).add(id);
    nodes.get(cause)?.effects.delete(id);
    node.cause = null;
    grow(cause, -1 - node.size);
    branch(id, 0, touch);
    dropIfAlone(cause);
    dropIfAlone(id);
  }

  return {
    link(id, cause) {
      unlink(id);
      const node = nodeOf(id);
      node.cause = cause;
      nodeOf(cause).effects.add(id);
      grow(cause, 1 + node.size);
      branch(id, 0, touch);
      unsure.add(topOf(cause)).add(id);
    },
    unlink,
    causeOf,
    effectsOf: (id) => nodes.get(id)?.effects ?? none,
    topOf,
    sizeOf: (id) => nodes.get(id)?.size ?? 0,
    firstOf(id) {
      const top = topOf(id);
      if (unsure.has(top)) settle(top);
      return firsts.get(top);
    },
    refresh() {
      for (const id of unsure) settle(topOf(id) === id ? id : forgotten(id));
    },
    links: () => [...nodes].flatMap(([id, { cause }]) => (cause === null ? [] : [[id, cause] as const])),
    clear() {
      nodes.clear();
      firsts.clear();
      unsure.clear();
    },
  };

  /** No longer a top: nobody is first of it; its own top is looked at. */
  function forgotten(id: string): string {
    unsure.delete(id);
    firsts.delete(id);
    return topOf(id);
  }
}
