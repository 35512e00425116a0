import type { Logger } from "pino";
import type { CityClock } from "../../shared/clock.ts";
import type { Service } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Entry, Registry } from "../devices/registry.ts";
import type { Runs } from "../runs.ts";
import type { Fold } from "./fold.ts";
import { openLane, type StoreLane } from "./lane-of-run.ts";

/** The two stores that are open at a time: the run's and the field's, and the passage from one run to the next. */
export interface OpenStores {
  lane(timeline: Timeline): StoreLane | undefined;
  begin(clock: CityClock, position: number): Promise<void>;
  /** Called at the instant that the clock names: everything in the fold up to here belongs into the image. */
  saveImage(name: string, position: number): void;
  flush(position: number, always: boolean): void;
  /** Highest position that a store had when it was opened. */
  had(): number;
  /** Position up to which both stores have everything. */
  confirmed(): number;
  rows(): number;
  pending(): number;
  /** Age of the oldest batch that no store has confirmed, ms. */
  lag(): number;
  room(): Promise<void> | undefined;
  know(entry: Entry): void;
  close(): Promise<void>;
}

export interface OpenStoresParts {
  readonly runs: Runs;
  readonly registry: Registry;
  readonly fold: Fold;
  readonly services: readonly Service[];
  readonly log: Logger;
  readonly confirm: () => void;
}

export async function openStores(parts: OpenStoresParts): Promise<OpenStores> {
  const { runs, registry, fold, services, log } = parts;
  const open = async (timeline: Timeline, run: string, image?: string): Promise<StoreLane> => {
    const devices = [...registry.entries.values()].filter((entry) => entry.timeline === timeline);
    return openLane(await runs.open(run, image), services, devices, { log, confirm: parts.confirm });
  };
  const lanes: { city: StoreLane | undefined; field: StoreLane } = { city: undefined, field: await open("field", "field") };
  const both = (): StoreLane[] => (lanes.city ? [lanes.city, lanes.field] : [lanes.field]);
  let previous: string | undefined;
  if (fold.clock !== undefined) {
    previous = fold.clock.run;
    lanes.city = await open("city", fold.clock.run).catch(async (cause: unknown) => {
      await lanes.field.close();
      throw cause;
    });
  }
  // A batch without rows: shows at once whether the store is there, and takes the position that the checkpoint vouches for.
  for (const lane of both()) lane.flush(fold.position, true);

  /** Both halves of the run's image; undefined when it has none, or one that cannot be used: then the run has an empty history and goes on. */
  async function beginFromImage(clock: CityClock): Promise<StoreLane | undefined> {
    if (clock.image === undefined) return undefined;
    try {
      const state = await runs.imageState(clock.image);
      if (state === undefined) throw new Error("its file is missing");
      const lane = await open("city", clock.run, clock.image);
      fold.restore(state, "city");
      return lane;
    } catch (cause) {
      log.error({ image: clock.image, err: cause }, "the run's image cannot be used: its history is empty; a reset generates it anew");
      await runs.forget(clock.run, clock.image);
      fold.forgetCity(clock.start, clock.run);
      return undefined;
    }
  }

  return {
    lane: (timeline) => lanes[timeline],
    async begin(clock, position) {
      const old = lanes.city;
      old?.flush(position, false);
      await old?.feed.drained();
      await old?.close();
      fold.forgetCity(clock.start, clock.run);
      lanes.city = (await beginFromImage(clock)) ?? (await open("city", clock.run));
      lanes.city.flush(position, true);
      const kept = previous;
      previous = clock.run;
      await runs.keepOnly(["field", clock.run, ...(kept ? [kept] : [])]);
      log.info({ run: clock.run, seed: clock.seed, image: clock.image }, "run begins");
    },
    saveImage(name, position) {
      const lane = lanes.city;
      // in a replay the store may hold later rows already: its image would not be of this instant
      if (lane === undefined || position < lane.had) return;
      lane.flush(position, true);
      const state = fold.image();
      lane.feed
        .between(() => runs.saveImage(name, lane.store, state))
        .then((done) => {
          if (!done) throw new Error("the store is away");
        })
        .catch((cause: unknown) => log.error({ err: cause }, "image not saved: a reset will generate the history anew"));
    },
    flush(position, always) {
      for (const lane of both()) lane.flush(position, always);
    },
    had: () => Math.max(...both().map(({ had }) => had)),
    confirmed: () => Math.min(...both().map(({ feed }) => feed.confirmed())),
    rows: () => both().reduce((sum, { columns }) => sum + columns.rows(), 0),
    pending: () => both().reduce((sum, lane) => sum + lane.pending(), 0),
    lag: () => Math.max(...both().map(({ feed }) => feed.lag())),
    room: () => lanes.city?.feed.room() ?? lanes.field.feed.room(),
    know: (entry) => lanes[entry.timeline]?.know(entry),
    async close() {
      for (const lane of both()) {
        await lane.feed.drained();
        await lane.close();
      }
    },
  };
}
