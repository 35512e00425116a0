export type GateWord = "open" | "closing" | "closed" | "opening" | "fault";
export type Wanted = "open" | "closed";

/** A swing gate and what is wanted of it, by its float switch or by the room. Plain data. */
export interface Gate {
  readonly word: GateWord;
  /** Instant at which the word became true. */
  readonly since: number;
  readonly wanted: Wanted;
  /** Seconds of closing that are done, 0 = open, `travel` = closed. */
  readonly moved: number;
  readonly travel: number;
  /** When somebody will have mended it. */
  readonly mended: number;
}
export interface Circumstances {
  readonly t: number;
  /** Since the last call. */
  readonly seconds: number;
  /** The bar sensor sees somebody in the gap. */
  readonly blocked: boolean;
  /** When the fault that strikes now will be mended; 0 = none strikes. */
  readonly breaks: number;
}

/** A gate some seconds later; the same object when nothing has moved. At most one change of word a call. */
export function advanceGate(gate: Gate, { t, seconds, blocked, breaks }: Circumstances): Gate {
  if (gate.word === "fault") return t < gate.mended ? gate : turn(gate, wordAfterRepair(gate), t);
  if (breaks > t) return { ...turn(gate, "fault", t), mended: breaks };
  if (gate.word === gate.wanted) return gate;
  if (gate.word !== towards(gate.wanted)) return turn(gate, towards(gate.wanted), t);
  if (gate.word === "opening") return swing(gate, gate.moved - seconds, t);
  return blocked ? gate : swing(gate, gate.moved + seconds, t);
}

const towards = (wanted: Wanted): GateWord => (wanted === "closed" ? "closing" : "opening");
const turn = (gate: Gate, word: GateWord, since: number): Gate => ({ ...gate, word, since });

/** The end of the way is reached at its own second, which may lie before the end of the step. */
function swing(gate: Gate, moved: number, t: number): Gate {
  if (moved >= gate.travel) return { ...turn(gate, "closed", t - (moved - gate.travel) * 1000), moved: gate.travel };
  if (moved <= 0) return { ...turn(gate, "open", t + moved * 1000), moved: 0 };
  return { ...gate, moved };
}

function wordAfterRepair({ moved, travel, wanted }: Gate): GateWord {
  if (moved <= 0) return "open";
  return moved >= travel ? "closed" : towards(wanted);
}

/** People can walk in: it neither is closed nor opens. */
export const isPassable = ({ word, moved, travel }: Gate): boolean => word === "open" || word === "closing" || (word === "fault" && moved < travel);
