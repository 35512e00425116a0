/**
 * One day of a count as if it had been seen from midnight to midnight: what was counted, over the share of a usual day that was seen. Whoever is out for the
 * morning has not moved less, he was not there. The shape of the usual day is learned from the days before. Plain data; a part is three hours.
 */
export interface DayLevel {
  /** Of the day that goes on, by part: counted, and seconds seen. */
  readonly counted: number[];
  readonly seen: number[];
  /** Counts of a whole part on a usual day, and from how many days that is known, up to a bound. */
  readonly usual: number[];
  readonly known: number[];
}
const parts = 8;
const partSeconds = 10_800;
const zeros = (): number[] => new Array<number>(parts).fill(0);
export const newDayLevel = (): DayLevel => ({ counted: zeros(), seen: zeros(), usual: zeros(), known: zeros() });

/** Days that the shape remembers. */
const memory = 28;
/** So much of a part must have been seen to teach what is usual in it. */
const leastPart = 0.25;
/** So much of a usual day must have been seen, by what is usually counted then. */
const leastShare = 0.5;
/** Less than this of the usual is no quiet day: nobody is there, somebody lies on the floor, or the sensor is dead. Other rules look after that. */
const leastLevel = 0.1;

/** @param second of the local day at which the window ended. */
export function addWindow({ counted, seen }: DayLevel, second: number, seconds: number, count: number): void {
  const part = Math.min(parts - 1, Math.floor(second / partSeconds));
  counted[part] = (counted[part] ?? 0) + count;
  seen[part] = (seen[part] ?? 0) + seconds;
}

/** Counts of a whole day like the one that ends; undefined: too little was seen of it, or it is none that teaches anything. The next day begins. */
export function closeDay(level: DayLevel): number | undefined {
  const value = levelOf(level);
  // the very first days have no usual to be held against: they teach it
  if (value !== undefined || level.known.every((days) => days === 0)) learn(level);
  forgetDay(level);
  return value;
}
export function forgetDay({ counted, seen }: DayLevel): void {
  counted.fill(0);
  seen.fill(0);
}

const seenOf = ({ seen }: DayLevel, part: number): number => Math.min(1, (seen[part] ?? 0) / partSeconds);

function levelOf(level: DayLevel): number | undefined {
  const { usual, counted } = level;
  const whole = usual.reduce((sum, count) => sum + count, 0);
  const there = usual.reduce((sum, count, part) => sum + count * seenOf(level, part), 0);
  if (whole <= 0 || there < leastShare * whole) return undefined;
  const value = (counted.reduce((sum, count) => sum + count, 0) * whole) / there;
  return value < leastLevel * whole ? undefined : value;
}
function learn(level: DayLevel): void {
  const { counted, usual, known } = level;
  for (let part = 0; part < parts; part++) {
    const share = seenOf(level, part);
    if (share < leastPart) continue;
    const days = Math.min(memory, (known[part] ?? 0) + 1);
    known[part] = days;
    usual[part] = (usual[part] ?? 0) + ((counted[part] ?? 0) / share - (usual[part] ?? 0)) / days;
  }
}
