import { exponential, type Rng } from "../../random.ts";
import { dayMs, wholeSecond } from "../day-clock.ts";
import type { Played } from "../incidents.ts";
import type { Says } from "./call.ts";
import type { Activity } from "./parameters.ts";
import type { Comfort } from "./rooms.ts";
import type { Person, Weakness } from "./routine.ts";

/** Beyond any run: "not planned". Infinity would not survive a snapshot. */
export const never = 8e15;

export interface Home {
  readonly id: string;
  readonly district: string;
  readonly rng: Rng;
  readonly person: Person;
  readonly comfort: Comfort;
  activity: Activity;
  until: number;
  bout: number;
  doorCloses: number;
  visitor: boolean;
  /** The next visitor comes, or the present one leaves. */
  visit: number;
  /** Counts since the last periodic reading. */
  act: number;
  lastMotion: number;
  lastDoor: number;
  temp: number;
  gas: number;
  burner: number;
  leak: number;
  button: number;
  fire: number;
  leaks: number;
  /** The next fall, and when a resident who lies on the floor gets up without help (0 = is up). */
  fall: number;
  down: number;
  /** Until then the resident would say that help is needed. */
  needy: number;
  /** The hub's call ends then, with this; the care worker is at the door then. */
  rings: number;
  says: Says;
  worker: number;
  /** Since when somebody needs help here (0 = nobody does), and whether who lies on the floor can answer a call. */
  need: number;
  speaks: boolean;
  /** Falls when the visitor leaves, and lies there for so many ms; 0 = does not. */
  farewell: number;
  weak: Weakness | null;
  /** What makes the room hot, Celsius and hours until it is; the boiler is off. */
  heat: { readonly to: number; readonly hours: number } | null;
  cold: boolean;
}
/** Plain data. */
export interface CareState {
  begun: boolean;
  readonly homes: Home[];
  /** Earliest of a home's plans. */
  readonly next: number[];
  readonly indexOf: Record<string, number>;
  readonly incidents: Played[];
  /** Minutes in which somebody waited for help, and how many needed some. */
  waited: number;
  needs: number;
}

export const soonest = (home: Home): number =>
  Math.min(home.until, home.bout, home.doorCloses, home.visit, home.button, home.fire, home.leaks, home.fall, home.rings, home.worker);
/** When something that comes so often a year comes next. */
export const rareTime = (rng: Rng, t: number, perYear: number): number => wholeSecond(t + exponential(rng, (365 * dayMs) / perYear));
