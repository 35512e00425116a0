import type { Observed } from "../observed.ts";
import { observedIn, type Turn } from "../order/in-order.ts";
import { type RowShape, readRow } from "../order/row-shape.ts";

/** Which of a device's readings somebody wants to see: each, or only what it said last before anything is found or done. */
export type Interest = "each" | "newest" | "none";

export interface Onlooker {
  /** What was seen, in the order of event time, up to the mark. */
  seen(observed: Observed): void;
  /** Of a device's readings, until devices change; of its events, asked for each. Default: each. */
  interest?(device: string): Interest;
  wantsEvents?(device: string): boolean;
  /** Nothing that anybody does hangs on a single reading: what was said last is enough. Asked before anything is judged. Default: not so. */
  isIdle?(): boolean;
  /** Somebody waits for this device's readings after all. Asked unless all is idle. */
  waitsFor?(device: string): boolean;
}

/** Gathers what the onlooker wants. */
export interface Sightings {
  begin(): void;
  look(turn: Turn, isQuiet: boolean): void;
  /** All up to the mark has been looked at. */
  end(): void;
  /** Devices came, went, or were described anew. */
  changed(): void;
}

/** A row that is seen unless a later one takes its place; it stays readable until all up to the mark has been looked at. */
interface Held {
  isHeld: boolean;
  t: number;
  device: string;
  shape: RowShape;
  mask: number;
  numbers: Float64Array;
  at: number;
}

export function createSightings({ seen, interest = () => "each", wantsEvents = () => true, isIdle = () => false, waitsFor }: Onlooker): Sightings {
  const interests: (Interest | undefined)[] = [];
  const held: (Held | undefined)[] = [];
  let holding: Held[] = [];
  let sights: Observed[] = [];
  let idle = false;

  function show(one: Held): void {
    if (!one.isHeld) return;
    one.isHeld = false;
    sights.push({ t: one.t, device: one.device, m: readRow(one.shape.metrics, one.mask, one.numbers, one.at) });
  }
  function showAll(): void {
    for (const one of holding) show(one);
    holding = [];
  }
  function hold({ slot, t, device, shape, mask, numbers, at }: Turn): void {
    let one = held[slot];
    if (one === undefined) {
      one = { isHeld: false, t, device, shape, mask, numbers, at };
      held[slot] = one;
    }
    // it says something that the later one does not
    if (one.isHeld && (one.mask & ~mask) !== 0) show(one);
    if (!one.isHeld) holding.push(one);
    one.isHeld = true;
    one.t = t;
    one.device = device;
    one.shape = shape;
    one.mask = mask;
    one.numbers = numbers;
    one.at = at;
  }
  function interestIn({ slot, device }: Turn): Interest {
    const known = interests[slot] ?? interest(device);
    interests[slot] = known;
    return known === "none" && !idle && waitsFor?.(device) === true ? "each" : known;
  }

  return {
    begin() {
      idle = isIdle();
    },
    look(turn, isQuiet) {
      if (turn.object?.e !== undefined) {
        if (wantsEvents(turn.device)) sights.push(turn.object);
        return;
      }
      const wanted = interestIn(turn);
      if (wanted === "none") return;
      if (wanted === "newest" && idle && isQuiet && turn.mask >= 0) return hold(turn);
      showAll();
      sights.push(observedIn(turn));
    },
    end() {
      showAll();
      const all = sights;
      sights = [];
      // what was held was pushed behind later ones of other devices
      if (all.some(({ t }, k) => k > 0 && t < (all[k - 1]?.t ?? t))) all.sort((a, b) => a.t - b.t);
      for (const one of all) seen(one);
    },
    changed() {
      interests.length = 0;
      held.length = 0;
    },
  };
}
