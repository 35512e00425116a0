import type { Logger } from "pino";
import { type CityClock, clockSchema } from "../../shared/clock.ts";
import type { LogRecord } from "../log/message-log.ts";
import { parseJson } from "./decode.ts";
import type { Fold } from "./fold.ts";
import type { IngestListeners } from "./listeners.ts";
import type { OpenStores } from "./stores-of-run.ts";
import type { Timelines } from "./timeline.ts";

export interface ClockRecords {
  /** Only the passage to another run takes its time. */
  take(record: LogRecord, position: number): Promise<void> | undefined;
  /** Between two runs there is neither a city nor only the field: no time goes on. */
  passing(): boolean;
}

export interface ClockRecordsParts {
  readonly fold: Fold;
  readonly timelines: Timelines;
  readonly stores: OpenStores;
  readonly listeners: IngestListeners;
  readonly log: Logger;
}

/** The city's clock as the simulator tells it: moves event time on, opens runs, asks for images. */
export function createClockRecords({ fold, timelines, stores, listeners, log }: ClockRecordsParts): ClockRecords {
  let passing = false;

  function set(clock: CityClock, position: number, at: number): void {
    const before = fold.clock;
    fold.clock = clock;
    // what it tells belongs into the chronicle before that moves on
    fold.room.advance("city", clock.mark, at);
    if (clock.phase === "live") fold.room.opens(at);
    listeners.chronicle(timelines.advance("city", clock.mark));
    if (before?.run === clock.run && clock.image !== undefined && clock.image !== before.image) stores.saveImage(clock.image, position);
    listeners.clock(clock);
  }

  async function passTo(clock: CityClock, position: number, at: number): Promise<void> {
    timelines.rewind(0);
    passing = true;
    await stores.begin(clock, position);
    passing = false;
    set(clock, position, at);
  }

  return {
    take(record, position) {
      const body = parseJson(record.payload);
      const parsed = body.ok ? clockSchema.safeParse(body.value) : undefined;
      if (!parsed?.success) {
        log.error({ payload: record.payload.toString("utf8").slice(0, 300) }, "clock document not understood");
        return undefined;
      }
      const clock = asOfNow(parsed.data, fold.clock);
      if (fold.clock?.run !== clock.run) return passTo(clock, position, record.at);
      set(clock, position, record.at);
      return undefined;
    },
    passing: () => passing,
  };
}

/** A last will was written when its connection began: that the simulator has gone is news, how far the city was then and in which run is not. */
function asOfNow(said: CityClock, known: CityClock | undefined): CityClock {
  if (said.phase !== "gone" || known === undefined || (said.run === known.run && said.mark >= known.mark)) return said;
  return { ...known, rate: 0, phase: "gone" };
}
