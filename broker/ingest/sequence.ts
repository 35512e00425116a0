/**
 * Which (boot, seq) of a device were seen. Exact instead of a sliding bitmap: per boot the highest number and the holes below it, so that a
 * backlog of any age is told from a repetition (docs/decisions/0003). Two boots are kept.
 */
export interface Sequence extends Heard {
  previous: Heard | undefined;
  /** Numbers lost for good: in holes that were given up because there were too many, or in boots before the last two. */
  givenUp: number;
}
/** What was heard of one boot; -1 = nothing. */
interface Heard {
  boot: number;
  /** The first number heard: what lies below may still come, but is nobody's loss. */
  first: number;
  highest: number;
  /** Missing ranges below `highest`, oldest first, ends included. */
  holes: [from: number, to: number][];
}

export const newSequence = (): Sequence => ({ boot: -1, first: -1, highest: -1, holes: [], previous: undefined, givenUp: 0 });

/** Beyond this many holes the oldest is given up: its readings count as lost for good. */
const holeLimit = 64;

/** About two years of a reading a minute. */
const leapLimit = 1_000_000;

/** Notes (boot, seq); false = it was there already. Boots before the last two are taken for repetitions. */
export function note(sequence: Sequence, boot: number, seq: number): boolean {
  if (boot > sequence.boot) {
    const { boot: before, first, highest, holes, previous } = sequence;
    if (previous !== undefined) sequence.givenUp += lostIn(previous);
    sequence.previous = before < 0 ? undefined : { boot: before, first, highest, holes };
    Object.assign(sequence, begun(boot, seq));
    return true;
  }
  if (boot < sequence.boot && (sequence.previous === undefined || boot > sequence.previous.boot)) {
    if (sequence.previous !== undefined) sequence.givenUp += lostIn(sequence.previous);
    sequence.previous = begun(boot, seq);
    return true;
  }
  const side = boot === sequence.boot ? sequence : sequence.previous?.boot === boot ? sequence.previous : undefined;
  if (side === undefined) return false;
  if (seq <= side.highest) return fill(side.holes, seq);
  if (seq > side.highest + leapLimit) {
    // no line loses so much: the device counts anew, and what lies between is nobody's loss
    sequence.givenUp += lostIn(side);
    side.first = seq;
  }
  if (seq > side.highest + 1) side.holes.push([side.highest + 1, seq - 1]);
  side.highest = seq;
  const oldest = side.holes.length > holeLimit ? side.holes.shift() : undefined;
  if (oldest !== undefined) sequence.givenUp += lengthFrom(side.first, oldest);
  return true;
}

const begun = (boot: number, seq: number): Heard => ({ boot, first: seq, highest: seq, holes: seq > 0 ? [[0, seq - 1]] : [] });
const lengthFrom = (first: number, [from, to]: readonly [number, number]): number => Math.max(0, to - Math.max(from, first) + 1);
const lostIn = ({ first, holes }: Heard): number => holes.reduce((lost, hole) => lost + lengthFrom(first, hole), 0);

/** Numbers that have not come (yet). */
export const lostOf = (sequence: Sequence): number => sequence.givenUp + lostIn(sequence) + (sequence.previous ? lostIn(sequence.previous) : 0);

function fill(holes: [number, number][], seq: number): boolean {
  const at = holes.findIndex(([from, to]) => from <= seq && seq <= to);
  const hole = holes[at];
  if (hole === undefined) return false;
  const [from, to] = hole;
  const rest: [number, number][] = [];
  if (from < seq) rest.push([from, seq - 1]);
  if (seq < to) rest.push([seq + 1, to]);
  holes.splice(at, 1, ...rest);
  return true;
}
