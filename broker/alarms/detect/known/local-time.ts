import { localIso } from "../../../../shared/zone.ts";

/** `yyyy-mm-dd` and `hh:mm` of the city's own day. */
export const localDate = (t: number): string => localIso(t).slice(0, 10);
export const localMinute = (t: number): string => localIso(t).slice(11, 16);
