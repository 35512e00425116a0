/**
 * Which (boot, seq) of a device were seen. Exact instead of a sliding bitmap: the highest number per boot and the holes below it, so that a
 * backlog of any age is told from a repetition (docs/decisions/0003). Two boots are kept.
 */
export interface Sequence {
  boot: number;
  highest: number;
  /** Missing ranges below `highest`, oldest first, ends included. */
  holes: [from: number, to: number][];
  previous: { boot: number; highest: number; holes: [number, number][] } | undefined;
  /** Numbers in holes that were given up because there were too many holes. */
  givenUp: number;
}

export const newSequence = (): Sequence => ({ boot: -1, highest: -1, holes: [], previous: undefined, givenUp: 0 });

/** Beyond this many holes the oldest is given up: its readings count as lost for good. */
const holeLimit = 64;

/** Notes (boot, seq); false = it was there already. Boots before the last two are taken for repetitions. */
export function note(sequence: Sequence, boot: number, seq: number): boolean {
  if (boot > sequence.boot) {
    sequence.previous = sequence.boot < 0 ? undefined : { boot: sequence.boot, highest: sequence.highest, holes: sequence.holes };
    sequence.boot = boot;
    // the first number heard of a boot is where counting begins: what came before us is nobody's loss
    sequence.highest = seq;
    sequence.holes = [];
    return true;
  }
  const side = boot === sequence.boot ? sequence : sequence.previous?.boot === boot ? sequence.previous : undefined;
  if (side === undefined) return false;
  if (seq > side.highest) {
    if (seq > side.highest + 1) side.holes.push([side.highest + 1, seq - 1]);
    side.highest = seq;
    const oldest = side.holes.length > holeLimit ? side.holes.shift() : undefined;
    if (oldest !== undefined) sequence.givenUp += oldest[1] - oldest[0] + 1;
    return true;
  }
  return fill(side.holes, seq);
}

/** Numbers that have not come (yet). */
export function lostOf(sequence: Sequence): number {
  let lost = sequence.givenUp;
  for (const [from, to] of sequence.holes) lost += to - from + 1;
  for (const [from, to] of sequence.previous?.holes ?? []) lost += to - from + 1;
  return lost;
}

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
