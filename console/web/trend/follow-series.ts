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
  /** Points that are not drawn, because more came than the server sends a second, and that have not been fetched since. */
  skipped(): number;
  /** Fetches what was left out from the store; does nothing until some time has passed since it was left out. `wall` = ms. */
  mend(wall: number): void;
  /** The connection is back: asks again from the newest point that is held, so that nothing is drawn twice. */
  resume(): void;
  stop(): void;
}

/** Points per plot: about one per two pixels of a wide screen; the server caps at 2,000. */
const pointsAsked = 720;
const capacity = 6000;
/** In fast time points are left out all the time: what is missing is fetched in one go this often, not at each point. */
const mendMs = 8000;

export function followSeries(source: SeriesSource, options: SeriesOptions): FollowedSeries {
  const buffer = createTrendBuffer({ staleMs: options.staleMs, capacity });
  let state: ReturnType<FollowedSeries["state"]> = "loading";
  let skipped = 0;
  /** From where on points are missing, and since when by the wall. */
  let missing: { readonly from: number; readonly wall: number | undefined } | undefined;
  let stopWatch: () => void = () => undefined;
  let stopped = false;
  let turn = 0;

  const begin = (after: number) => {
    const own = ++turn;
    stopWatch();
    const from = Math.round(Math.max(after, options.now() - options.rangeMs));
    stopWatch = source.watch(
      { device: options.device, metric: options.metric, from, points: pointsAsked },
      {
        started(start) {
          if (stopped || own !== turn) return;
          if (start.ok) {
            buffer.fill(from, start.value);
            skipped = 0;
            missing = undefined;
          }
          state = start.ok ? "ready" : { reason: start.reason };
        },
        points(points, left) {
          if (stopped || own !== turn) return;
          if (left > 0) missing ??= { from: buffer.last() ?? 0, wall: undefined };
          buffer.add(points);
          skipped += left;
          buffer.trim(options.now() - options.rangeMs * 1.05);
        },
      },
    );
  };
  begin(0);
  return {
    buffer,
    state: () => state,
    skipped: () => skipped,
    resume: () => begin(missing?.from ?? buffer.last() ?? 0),
    mend(wall) {
      if (missing === undefined || state === "loading") return;
      if (missing.wall === undefined) missing = { ...missing, wall };
      else if (wall - missing.wall >= mendMs) begin(missing.from);
    },
    stop() {
      stopped = true;
      stopWatch();
    },
  };
}
