import type { RootDatabase } from "lmdb";
import { type Entry, openRegistry } from "../../broker/devices/registry.ts";
import { openChronicle } from "../../broker/ingest/chronicle.ts";
import { createColumnBuilder } from "../../broker/ingest/column-builder.ts";
import { createFigures } from "../../broker/ingest/figures.ts";
import { createFold } from "../../broker/ingest/fold.ts";
import { createPipeline } from "../../broker/ingest/pipeline.ts";
import { openQuarantine } from "../../broker/ingest/quarantine.ts";
import { createTimelines } from "../../broker/ingest/timeline.ts";
import { roomOver } from "../../broker/room/room-over.ts";
import type { ColumnBatch } from "../../broker/store/column-batch.ts";
import type { LiveReading, RawMessage } from "../../shared/city-port.ts";
import type { CityClock } from "../../shared/clock.ts";
import type { Meta } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";
import { services as catalogue } from "../../shared/services/index.ts";
import type { Timeline } from "../../shared/timeline.ts";

export const city = "town";
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A whole hour in event time. */
export const start = Date.UTC(2026, 9, 11, 15);

/** A birth document; the gateway is the device itself unless said. */
export const birth = (d: string, kind: string, change: Partial<Meta> = {}): Meta => ({
  v: 1,
  d,
  kind,
  name: { ko: d, en: d },
  gateway: d,
  district: "north",
  lat: 37.5,
  lon: 127,
  ...change,
});
export const clockAt = (head: number, change: Partial<CityClock> = {}): CityClock => ({
  run: "r1",
  city,
  seed: 1,
  scale: 1,
  start,
  head,
  mark: head,
  rate: 1,
  asked: 1,
  paused: false,
  phase: "live",
  ...change,
});
/** What a sensor says, as the object on the wire. */
export const reading = (d: string, t: number, m: object, more: object = {}): object => ({ v: 1, d, t, m, ...more });
export const event = (d: string, t: number, e: string, x?: object, more: object = {}): object => ({
  v: 1,
  d,
  t,
  e,
  ...(x === undefined ? {} : { x }),
  ...more,
});

export interface Put {
  readonly service: string;
  readonly timeline?: Timeline;
  readonly meta: Meta;
}
export interface WorldOptions {
  readonly services?: readonly Service[];
  readonly devices?: readonly Put[];
  readonly retentionMs?: number;
  /** What the store has confirmed. */
  readonly confirmed?: () => number;
}

/** The real fold, registry, timelines and pipeline over a real ledger file; only the store is missing: rows stay in `columns`. */
export function ingestWorld(root: RootDatabase, options: WorldOptions = {}) {
  const { services = catalogue, devices = [], retentionMs = 30 * day, confirmed = () => 0 } = options;
  const changed: Entry[] = [];
  const registry = openRegistry(root, services, (entry) => void changed.push(entry));
  for (const { service, timeline = "city", meta } of devices) {
    const put = registry.put(service, timeline, meta);
    if (!put.ok) throw new Error(put.reason);
  }
  const chronicle = openChronicle(root);
  const room = roomOver(registry, chronicle);
  const fold = createFold({ registry, figures: createFigures(services), chronicle, quarantine: openQuarantine(root), room });
  fold.clock = clockAt(start);
  const timelines = createTimelines(fold, registry);
  const columns = createColumnBuilder(services);
  const announced: { device: string; reading: LiveReading }[] = [];
  const pipeline = createPipeline({
    fold,
    registry,
    retentionMs,
    target: (entry, late) => columns.lane(entry.service, late),
    confirmed,
    observe: (entry, observed) => fold.room.observe(entry.timeline, observed),
    announce: (entry, said) => void announced.push({ device: entry.id, reading: said }),
  });
  return {
    registry,
    fold,
    timelines,
    announced,
    changed,
    /** Sends raw bytes to a topic. */
    send(topic: string, payload: Buffer | string, at = start, user = "gw"): RawMessage["verdict"] {
      fold.position += 1;
      return pipeline({ at, user, topic, payload: Buffer.from(payload) }, fold.position);
    },
    /** Says an object, or a pack, as its sender. */
    say(
      service: string,
      sender: string,
      what: object,
      { channel = "obs", at = start }: { channel?: string; at?: number } = {},
    ): RawMessage["verdict"] {
      return this.send(`urban/v1/${city}/${service}/${sender}/${channel}`, JSON.stringify(what), at, sender);
    },
    track: (device: string) => fold.tracks.get(device),
    entry(device: string): Entry {
      const entry = registry.entries.get(device);
      if (entry === undefined) throw new Error(`no device ${device}`);
      return entry;
    },
    /** Live value of a metric of a device. */
    live(device: string, metric: string): number {
      const entry = this.entry(device);
      return fold.board.get(entry.cell + (entry.plan.metrics.get(metric)?.offset ?? Number.NaN));
    },
    rows: (): ColumnBatch => columns.take(fold.position, []),
    reasons: () => fold.quarantine.page({ limit: 1000 }).items.map(({ code, reason }) => ({ code, reason })),
  };
}
export type IngestWorld = ReturnType<typeof ingestWorld>;
