import type { Alarm } from "../../../../shared/alarm.ts";
import type { Priority } from "../../../../shared/alarm-rule.ts";

/** Wall-clock ms: sounds are for people in the room, whatever the city's rate. */
export const betweenMs = 10_000;
export const repeatMs = 60_000;
export const silenceMs = 120_000;
/** Only these call again, and only these sound in a flood. */
const loud: readonly Priority[] = [1, 2];

export interface SoundState {
  /** Occurrences that have sounded. */
  readonly heard: ReadonlySet<string>;
  readonly lastAt: number;
  readonly silentUntil: number;
}
export const quiet: SoundState = { heard: new Set(), lastAt: Number.NEGATIVE_INFINITY, silentUntil: Number.NEGATIVE_INFINITY };

const keyOf = ({ id, occurrence, priority }: Alarm): string => `${id} ${occurrence} ${priority}`;

/**
 * The tone that is due at `wall`, if any, and what is known after it. A new alarm sounds once; a P1 or P2 that nobody has acknowledged sounds again every
 * minute; never two tones within ten seconds; nothing while it is silenced, and what came then sounds after it.
 */
export function dueTone(
  state: SoundState,
  alarms: Iterable<Alarm>,
  { wall, inFlood }: { readonly wall: number; readonly inFlood: boolean },
): { readonly tone: Priority | undefined; readonly state: SoundState } {
  const asking = [...alarms].filter((alarm) => alarm.state === "B" && alarm.class === "operations" && (!inFlood || loud.includes(alarm.priority)));
  const present = new Set(asking.map(keyOf));
  const heard = new Set([...state.heard].filter((key) => present.has(key)));
  const wait = { tone: undefined, state: { ...state, heard } };
  if (wall < state.silentUntil || wall - state.lastAt < betweenMs) return wait;
  const repeats = wall - state.lastAt >= repeatMs;
  const due = asking.filter((alarm) => !heard.has(keyOf(alarm)) || (repeats && loud.includes(alarm.priority)));
  if (due.length === 0) return wait;
  const tone = Math.min(...due.map(({ priority }) => priority)) as Priority;
  // One tone speaks for all that ask now.
  return { tone, state: { ...state, heard: present, lastAt: wall } };
}

export const silenced = (state: SoundState, wall: number): SoundState => ({ ...state, silentUntil: wall + silenceMs });
