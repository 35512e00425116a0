import type { DeclineCondition } from "../../../../../shared/alarm-rule.ts";
import { text } from "../../../../../shared/text.ts";
import { zoneOffsetMs } from "../../../../../shared/zone.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { localDate } from "../../known/local-time.ts";
import { isUsable } from "../../known/usable.ts";
import { labelOf } from "../../known/words.ts";
import { addWindow, closeDay, type DayLevel, forgetDay, newDayLevel } from "./day-level.ts";

interface Week {
  /** Monday-to-Sunday weeks since 1970, local. */
  readonly week: number;
  /** Counts of its usual day. */
  readonly level: number;
}
interface DeclineState {
  /** Local day since 1970 that goes on; 0 = none. Something stood on it that puts the sensor in doubt. */
  day: number;
  doubted: boolean;
  seen: number;
  readonly level: DayLevel;
  /** Days of the present week that count. */
  days: number[];
  /** Oldest first. */
  weeks: Week[];
  on: boolean;
}
interface Compared {
  readonly before: number;
  readonly now: number;
  readonly since: Week;
}

const dayMs = 86_400_000;
/** Fewer days do not make a week. */
const leastDays = 4;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const weekOf = (day: number): number => Math.floor((day + 3) / 7);
/** Without its fullest and its emptiest day: visitors, and a day in bed. */
function levelOf(days: readonly number[]): number {
  const sorted = [...days].sort((a, b) => a - b);
  return mean(sorted.length > leastDays ? sorted.slice(1, -1) : sorted);
}

/**
 * A count that becomes less over weeks, too slowly for any rule that looks at hours or at the same hour of the week before: those learn it. Days are judged
 * when they end, weeks when the first day of the next one does; a week is known by its middle days alone.
 */
export function declineEvaluator({ activity, away, share, deadband, weeks, unless }: DeclineCondition<string, string>): Evaluator<DeclineState> {
  function compared(state: DeclineState): Compared | undefined {
    const [since] = state.weeks;
    if (since === undefined || state.weeks.length < weeks.usual + weeks.recent) return undefined;
    const levels = state.weeks.map(({ level }) => level);
    return { before: mean(levels.slice(0, weeks.usual)), now: mean(levels.slice(-weeks.recent)), since };
  }
  function closeWeek(state: DeclineState, ask: Ask, week: number): void {
    if (state.days.length >= leastDays) state.weeks.push({ week, level: levelOf(state.days) });
    state.days = [];
    state.weeks = state.weeks.filter((one) => week - one.week < weeks.memory);
    const found = compared(state);
    const ratio = found === undefined ? 1 : found.now / found.before;
    const on = ratio <= (state.on ? 1 - share + deadband : 1 - share);
    if (on === state.on) return;
    state.on = on;
    if (found !== undefined && on) tell(state, ask, found);
    else ask.clear();
  }
  function tell(state: DeclineState, ask: Ask, { before, now, since }: Compared): void {
    const { contract, id } = ask.device;
    const label = labelOf(contract, activity);
    const [was, is, left] = [Math.round(before), Math.round(now), Math.round((100 * now) / before)];
    const from = localDate((7 * since.week - 3) * dayMs);
    ask.raise({
      metric: activity,
      value: is,
      limit: Math.round(before * (1 - share)),
      evidence: () => ({
        condition: text(
          `${label.ko}: 하루 ${was}회(${from}부터 ${weeks.usual}주)에서 ${is}회(최근 ${weeks.recent}주)로, 평소의 ${left} %`,
          `${label.en}: from ${was} a day (${weeks.usual} weeks from ${from}) to ${is} (last ${weeks.recent} weeks), ${left} % of the usual`,
        ),
        inputs: state.weeks.map(({ week, level }) => ({
          device: id,
          metric: activity,
          t: (7 * (week + 1) - 3) * dayMs - zoneOffsetMs,
          value: Math.round(level),
        })),
        baseline: { middle: was, low: Math.round(before * (1 - share)), high: Math.round(before * (1 + share)), from: "weeks" },
        neighbours: [],
        verdict: {
          what: "event",
          because: text(
            "외출과 수신 공백을 빼고도 줄었고, 센서가 의심되던 날은 세지 않았습니다",
            "less also without time away or unheard; days on which the sensor was in doubt are not counted",
          ),
        },
      }),
    });
  }
  function turnDay(state: DeclineState, ask: Ask, day: number): void {
    if (state.doubted) forgetDay(state.level);
    const value = state.doubted ? undefined : closeDay(state.level);
    if (value !== undefined) state.days.push(value);
    if (weekOf(day) !== weekOf(state.day)) closeWeek(state, ask, weekOf(state.day));
    state.doubted = false;
  }
  const isDoubted = ({ world, device }: Ask): boolean => unless.some((rule) => world.stands(`${device.service}/${rule}`, device.id));

  return {
    begin: () => ({ day: 0, doubted: false, seen: 0, level: newDayLevel(), days: [], weeks: [], on: false }),
    reading(state, ask, m, q) {
      const count = m[activity];
      if (typeof count !== "number") return;
      // the end of a window belongs to the day before it
      const local = ask.t + zoneOffsetMs - 1;
      const day = Math.floor(local / dayMs);
      if (state.day > 0 && day !== state.day) turnDay(state, ask, day);
      state.day = day;
      if (isDoubted(ask)) state.doubted = true;
      const seconds = (ask.t - state.seen) / 1000;
      state.seen = ask.t;
      // after a silence nobody knows which time the count is of
      if (seconds > ask.device.stale || m[away] === true || !isUsable(ask, activity, q)) return;
      addWindow(state.level, (local % dayMs) / 1000, seconds, count);
    },
    learned: (state) => (state.weeks.length < weeks.usual + weeks.recent ? "learning" : "weeks"),
  };
}
