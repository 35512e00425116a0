import type { Result } from "../../../shared/result.ts";
import type { WatchPoint, WatchStart } from "../../../shared/socket-events.ts";
import { createTrendBuffer, type TrendBuffer } from "./trend-buffer.ts";

/** How a series is followed over the live connection. */
export interface SeriesSource {
  /** History since `from`, then every point; returns the way to stop. `started` is called again after each answer. */
  watch(
    request: { readonly device: string; readonly metric: string; readonly from: number; readonly points: number },
    listener: { started(start: Result<WatchStart>): void; points(points: readonly WatchPoint[], skipped: number): void },
  ): () => void;
}

export interface SeriesOptions {
  readonly device: string;
  readonly metric: string;
  readonly rangeMs: number;
  readonly staleMs: number;
  readonly now: () => number;
}

/** One series on the screen: its points, and what went wrong. */
export interface FollowedSeries {
  readonly buffer: TrendBuffer;
  /** undefined until history has come; a sentence when it was refused. */
  state(): "loading" | "ready" | { readonly reason: string };
  /** Points that the server left out because more than it sends a second came. */
  skipped(): number;
  /** The connection is back: asks again from the newest point that is held, so that nothing is drawn twice. */
  resume(): void;
  stop(): void;
}

/** Points per plot: about one per two pixels of a wide screen; the server caps at 2,000. */
const pointsAsked = 720;
const capacity = 6000;

export function followSeries(source: SeriesSource, options: SeriesOptions): FollowedSeries {
  const buffer = createTrendBuffer({ staleMs: options.staleMs, capacity });
  let state: ReturnType<FollowedSeries["state"]> = "loading";
  let skipped = 0;
  let stopWatch: () => void = () => undefined;
  let stopped = false;
  let turn = 0;

  const begin = () => {
    const own = ++turn;
    stopWatch();
    const from = Math.round(Math.max(buffer.last() ?? 0, options.now() - options.rangeMs));
    stopWatch = source.watch(
      { device: options.device, metric: options.metric, from, points: pointsAsked },
      {
        started(start) {
          if (stopped || own !== turn) return;
          if (start.ok) buffer.fill(from, start.value);
          state = start.ok ? "ready" : { reason: start.reason };
        },
        points(points, left) {
          if (stopped || own !== turn) return;
          buffer.add(points);
          skipped += left;
          buffer.trim(options.now() - options.rangeMs * 1.05);
        },
      },
    );
  };
  begin();
  return {
    buffer,
    state: () => state,
    skipped: () => skipped,
    resume: begin,
    stop() {
      stopped = true;
      stopWatch();
    },
  };
}
