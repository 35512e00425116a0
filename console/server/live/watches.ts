import type { CityPort, LiveReading } from "../../../shared/city-port.ts";
import { type Result, refuse } from "../../../shared/result.ts";
import type { Metric, Service } from "../../../shared/service.ts";
import type { WatchPoint, WatchStart } from "../../../shared/socket-events.ts";
import { nowOf } from "../time-span.ts";
import type { Visibility } from "../visibility.ts";
import { createConflation } from "./conflate.ts";

/** Panels of one screen together; more is a mistake of the page. */
export const watchLimit = 50;

export interface Watches {
  /** Answers history; points follow from the moment of asking, so that none falls between. */
  start(
    request: { device: string; metric: string; from: number; points: number },
    see: Visibility,
    answer: (start: Result<WatchStart>) => void,
  ): Promise<void>;
  stop(id: number): void;
  /** Sends what is waiting. */
  flush(at: number): void;
  close(): void;
}

interface Watch {
  readonly conflation: ReturnType<typeof createConflation>;
  /** Live points wait until the history has gone out. */
  open: boolean;
  release(): void;
}

export type SendPoints = (batch: { id: number; points: readonly WatchPoint[]; skipped: number }) => void;

/** The trends that one browser follows. */
export function createWatches(port: CityPort, catalogue: readonly Service[], send: SendPoints, now: () => number = Date.now): Watches {
  const watches = new Map<number, Watch>();
  let closed = false;
  let nextId = 1;

  function follow(device: string, metric: string, contract: Metric): number {
    const id = nextId++;
    const conflation = createConflation(now());
    const release = port.feed.onReading(device, (reading) => {
      const point = pointOf(reading, metric, contract);
      if (point) conflation.add(point);
    });
    watches.set(id, { conflation, open: false, release });
    return id;
  }
  function stop(id: number): void {
    watches.get(id)?.release();
    watches.delete(id);
  }

  return {
    async start(request, see, answer) {
      const row = see.row(request.device);
      if (!row) return answer(refuse(`there is no device "${request.device}" that you can see`));
      const service = catalogue.find((one) => one.id === row.service);
      const contract = service?.kinds[row.kind]?.metrics.includes(request.metric) ? service.metrics[request.metric] : undefined;
      if (contract === undefined) return answer(refuse(`${row.id} has no metric "${request.metric}"`));
      if (contract.kind === "position") return answer(refuse(`"${request.metric}" is a position, which is no trend`));
      if (watches.size >= watchLimit) return answer(refuse(`at most ${watchLimit} trends can be followed at once; release one first`));
      const id = follow(row.id, request.metric, contract);
      try {
        const to = Math.max(nowOf(port, row), row.lastSeen, request.from) + 1;
        const series = await port.series({ ...request, to });
        if (!series.ok || closed) {
          stop(id);
          if (!series.ok) answer(series);
          return;
        }
        answer({ ok: true, value: { id, points: series.value.points, gaps: series.value.gaps, step: series.value.step } });
        const watch = watches.get(id);
        if (watch) watch.open = true;
      } catch (error) {
        stop(id);
        throw error;
      }
    },
    stop,
    flush(at) {
      for (const [id, watch] of watches) {
        const batch = watch.open ? watch.conflation.take(at) : undefined;
        if (batch) send({ id, ...batch });
      }
    },
    close() {
      closed = true;
      for (const id of [...watches.keys()]) stop(id);
    },
  };
}

/** A reading as one point of a trend: flags are 0 or 1, states the index of their word, as in the live feed. */
function pointOf(reading: LiveReading, metric: string, contract: Metric): WatchPoint | undefined {
  const value = reading.m[metric];
  if (value === undefined) return undefined;
  const quality = reading.q[metric];
  return {
    t: reading.t,
    v: numberOf(value, contract),
    ...(quality === undefined || quality === "good" ? {} : { q: quality }),
    ...(reading.late ? { late: true as const } : {}),
  };
}

function numberOf(value: LiveReading["m"][string], contract: Metric): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const code = contract.kind === "state" && typeof value === "string" ? contract.words.indexOf(value) : -1;
  return code < 0 ? null : code;
}
