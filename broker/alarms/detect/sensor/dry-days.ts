/** Middles of a level on days on which nothing fed it, one after the other, newest last; a day that was fed, or too little seen, begins anew. Plain data. */
export interface DryDays {
  /** Hour by hour. */
  today: number[];
  fed: boolean;
  days: number[];
}
export const newDryDays = (): DryDays => ({ today: [], fed: false, days: [] });

/** `feed`: what feeds it, as the same device measures it; undefined = that is not known, so nothing can be said of the day. */
export function addHour(dry: DryDays, value: number, feed: number | undefined): void {
  dry.today.push(value);
  if (feed !== 0) dry.fed = true;
}

/** @param kept so many steps from one day to the next are looked at. */
export function closeDryDay(dry: DryDays, kept: number, leastHours: number): void {
  dry.days = dry.fed || dry.today.length < leastHours ? [] : [...dry.days.slice(-kept), middleOf(dry.today)];
  dry.today = [];
  dry.fed = false;
}

export const middleOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
/** From each day to the next. */
export const stepsOf = (days: readonly number[]): readonly number[] => days.slice(1).map((day, k) => day - (days[k] ?? day));
