import type { CityClock } from "../../shared/clock.ts";
import { fieldLagMs } from "../../shared/timeline.ts";
import { clockTopic } from "../../shared/topics.ts";
import { createClockThinning } from "./clock-thinning.ts";
import type { Outlet } from "./outlet.ts";
import type { Pace } from "./pace.ts";
import type { ClockKeeper } from "./play.ts";
import { clockOf } from "./said.ts";

export interface ClockOptions {
  readonly outlet: Outlet;
  readonly party: string;
  readonly city: string;
  /** Of the replay; `null` = the highest. */
  readonly rate: number | null;
  /** Everything up to this clock has been taken. */
  readonly onTold: () => void;
}

/** City time by the recorded clock, so that the room judges what it judged. */
export function recordedClock(options: ClockOptions): ClockKeeper {
  const thinning = createClockThinning(options.rate);
  const tell = teller(options);
  const tellAll = async (clocks: readonly CityClock[], at: number, pace: Pace): Promise<void> => {
    for (const clock of clocks) await tell(clock, at, pace);
  };
  let newest = 0;
  return {
    async take({ payload, at }, pace) {
      const clock = clockOf(payload);
      newest = at;
      if (clock !== undefined) await tellAll(thinning.take(clock), at, pace);
    },
    before: ({ at }, times, pace) => tellAll(thinning.before(times), at, pace),
    rest: (pace) => tellAll(thinning.rest(), newest, pace),
  };
}

/**
 * Where no clock was heard the traffic is that of real devices: their time is the wall clock at which they were heard, minus what the field timeline lags, and stops at
 * every second of it.
 */
export function heardClock(options: ClockOptions, [from, to]: readonly [number, number]): ClockKeeper {
  const tell = teller(options);
  let mark = Number.NEGATIVE_INFINITY;
  const upTo = async (at: number, pace: Pace): Promise<void> => {
    const now = Math.floor((at - fieldLagMs) / 1000) * 1000;
    if (now <= mark) return;
    mark = now;
    const still = { seed: 0, scale: 1, rate: 1, asked: 1, paused: false, phase: "live" } as const;
    await tell({ run: "captured", city: options.city, start: Math.min(now, from - fieldLagMs), head: now, mark: now, ...still }, at, pace);
  };
  return {
    take: () => Promise.resolve(),
    before: ({ at }, _times, pace) => upTo(at, pace),
    // the last second, and its lag
    rest: (pace) => upTo(to + fieldLagMs + 1000, pace),
  };
}

function teller({ outlet, party, city, onTold }: ClockOptions) {
  return async ({ image: _image, ...clock }: CityClock, at: number, pace: Pace): Promise<void> => {
    await outlet.drained();
    await pace.until(at);
    outlet.send(party, clockTopic(city), Buffer.from(JSON.stringify({ ...clock, city })), true);
    pace.said(at);
    await outlet.drained();
    onTold();
  };
}
