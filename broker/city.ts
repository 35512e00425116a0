import type { CityPlan } from "../shared/city-plan.ts";
import type { CityPort, Counters, DeviceDetail, DeviceRow, Ledger, RawMessage, Series, SeriesQuery } from "../shared/city-port.ts";
import { type Quality, qualities, type Value } from "../shared/reading.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { RoomPort } from "../shared/room-port.ts";
import type { Metric, Service } from "../shared/service.ts";
import { fieldLagMs, type Timeline } from "../shared/timeline.ts";
import { type ClockAsksParts, createClockAsks } from "./clock-asks.ts";
import { type DeviceAsk, registerDevice } from "./device-access.ts";
import type { Entry, Registry } from "./devices/registry.ts";
import type { Fold } from "./ingest/fold.ts";
import type { Ingest } from "./ingest/ingest.ts";
import { lostBy, newTrack, type Track } from "./ingest/track.ts";
import type { ReadingStore } from "./store/reading-store.ts";

export interface CityParts extends ClockAsksParts {
  readonly plan: CityPlan;
  readonly services: readonly Service[];
  readonly registry: Registry;
  readonly ingest: Ingest;
  readonly gateways: { readonly connected: () => number; readonly away: () => boolean };
  readonly readingsPerSecond: () => number;
  readonly room: RoomPort;
  readonly device: DeviceAsk;
}

/** Implements the port over the fold, the log's stores and the listener. */
export function createCity(parts: CityParts): CityPort {
  const { registry, fold, ingest, announcements } = parts;
  const entryOf = (id: string): Entry | undefined => registry.entries.get(id);
  const unknown = (id: string) => refuse(`there is no device "${id}"`);

  function metricOf(device: string, metric: string): Result<Entry> {
    const entry = entryOf(device);
    if (entry === undefined) return unknown(device);
    const known = entry.contract.kinds[entry.kind]?.metrics ?? [];
    return known.includes(metric) ? ok(entry) : refuse(`device ${device} has no metric "${metric}"; it has ${known.join(", ")}`);
  }
  /** The store cannot tell silence from readings on their way; the timeline's mark can. */
  function withSilence(series: Series, { id, stale, timeline }: Entry, { from, to }: SeriesQuery): Series {
    const newest = fold.tracks.get(id)?.newest ?? 0;
    const until = Math.min(to, ingest.timelines.markOf(timeline));
    const gap = { from: Math.max(from, newest), to: until };
    if (newest === 0 || until - newest <= stale * 1000 || gap.from >= gap.to) return series;
    return { ...series, gaps: [...series.gaps.filter((other) => other.to <= gap.from), gap] };
  }
  /** The timeline's store, holding everything that was acknowledged. While it is away, asking it says why. */
  const storeOf = async (timeline: Timeline): Promise<ReadingStore | undefined> => {
    ingest.flush();
    const lane = ingest.stores.lane(timeline);
    await lane?.feed.drained();
    return lane?.store;
  };

  return {
    clock: () => fold.clock,
    plan: () => parts.plan,
    devices: () => [...registry.entries.values()].map((entry) => rowOf(entry, fold)),
    device(id) {
      const entry = entryOf(id);
      return entry && detailOf(entry, fold, ingest);
    },
    async series(query) {
      const entry = metricOf(query.device, query.metric);
      if (!entry.ok) return entry;
      const kind = entry.value.contract.metrics[query.metric]?.kind;
      if (kind !== "number" && kind !== "flag") return refuse(`"${query.metric}" is a ${kind}: ask for its spans`);
      const store = await storeOf(entry.value.timeline);
      const series = await store?.series(query);
      return ok(
        series === undefined
          ? { points: [], gaps: [{ from: query.from, to: query.to }], step: query.to - query.from }
          : withSilence(series, entry.value, query),
      );
    },
    async spans(query) {
      const entry = metricOf(query.device, query.metric);
      if (!entry.ok) return entry;
      const kind = entry.value.contract.metrics[query.metric]?.kind;
      if (kind !== "state" && kind !== "flag") return refuse(`"${query.metric}" is a ${kind}: ask for its series`);
      return ok((await (await storeOf(entry.value.timeline))?.spans(query)) ?? []);
    },
    async aggregate(query) {
      const metric = parts.services.find(({ id }) => id === query.service)?.metrics[query.metric];
      if (metric === undefined) return refuse(`there is no metric "${query.metric}" of service "${query.service}"`);
      if (metric.kind !== "number" && metric.kind !== "flag") return refuse(`a ${metric.kind} cannot be aggregated`);
      const store = await storeOf(fold.clock ? "city" : "field");
      return ok((await store?.aggregate(query)) ?? []);
    },
    async lastAbove(query) {
      const metric = parts.services.find(({ id }) => id === query.service)?.metrics[query.metric];
      if (metric === undefined) return refuse(`there is no metric "${query.metric}" of service "${query.service}"`);
      if (metric.kind !== "number") return refuse(`"${query.metric}" is a ${metric.kind}: only a number is above another`);
      // Real devices of the service stand in a list with the city's.
      const stores = await Promise.all((["city", "field"] as const).map(storeOf));
      return ok((await Promise.all(stores.map(async (store) => (await store?.lastAbove(query)) ?? []))).flat());
    },
    figures: (service, from, to) => fold.figures.series(service, from, to),
    chronicle: ({ from, to, service, limit }) =>
      fold.chronicle
        .lines()
        .filter((line) => line.t >= from && line.t <= to && (service === undefined || line.service === service))
        .slice(-limit),
    quarantine: (query) => fold.quarantine.page(query),
    ledger: () => ledgerOf(fold, ingest),
    deviceLedger(id) {
      const entry = entryOf(id);
      return entry && countersOf(fold.tracks.get(id) ?? newTrack(), ingest.stores.lane(entry.timeline)?.feed.confirmed() ?? 0);
    },
    recent(device, limit) {
      const entry = entryOf(device);
      const own = announcements.recent(device);
      const shared =
        entry && entry.meta.gateway !== device ? announcements.recent(entry.meta.gateway).flatMap((message) => partOf(message, device)) : [];
      return [...own, ...shared]
        .reverse()
        .sort((a, b) => b.t - a.t)
        .slice(0, limit);
    },
    hops: () => hopsOf(parts),
    act: createClockAsks(parts),
    async register(request) {
      const made = registerDevice({ ...parts.device, registry, services: parts.services, plan: parts.plan }, request);
      const entry = entryOf(request.device);
      if (made.ok && entry !== undefined) parts.device.birth(entry);
      return made;
    },
    feed: {
      epoch: announcements.epoch,
      version: () => fold.board.version(),
      roomOf: announcements.roomOf,
      figureCells: () => registry.figureCells,
      changed: (room, after) => fold.board.changedAfter(after, (cell) => announcements.roomOf(cell) === room),
      ...announcements.subscribe,
    },
    room: parts.room,
    health: () => healthOf(parts),
  };
}

export function rowOf(entry: Entry, fold: Fold): DeviceRow {
  const { id, service, kind, district, timeline, every, stale, cell, meta } = entry;
  const track = fold.tracks.get(id);
  const gateway = fold.gatewayStates.get(meta.gateway);
  const state = gateway === "lost" ? "lost" : (track?.state ?? "unknown");
  return {
    id,
    service,
    kind,
    name: meta.name,
    district,
    gateway: meta.gateway,
    lat: meta.lat,
    lon: meta.lon,
    timeline,
    every,
    stale,
    state,
    lastSeen: track?.newest ?? 0,
    cell,
  };
}

function detailOf(entry: Entry, fold: Fold, ingest: Ingest): DeviceDetail {
  const track = fold.tracks.get(entry.id) ?? newTrack();
  const last: Record<string, { t: number; value: Value; quality: Quality }> = {};
  for (const [name, { offset, bit }] of entry.plan.metrics) {
    const value = valueOfCells(entry.contract.metrics[name], track.values[offset], track.values[offset + 1]);
    if (value !== undefined) last[name] = { t: track.times[offset] ?? 0, value, quality: qualities[(track.quality >> (3 * bit)) & 7] ?? "good" };
  }
  const counters = countersOf(track, ingest.stores.lane(entry.timeline)?.feed.confirmed() ?? 0);
  const boot = track.sequence.boot < 0 ? undefined : track.sequence.boot;
  return { ...rowOf(entry, fold), model: entry.meta.model, fw: entry.meta.fw, constants: entry.meta.constants ?? {}, last, counters, boot };
}

/** A live cell as the wire would say it; undefined = never heard. `next` is the second cell of a position. */
function valueOfCells(metric: Metric | undefined, cell = Number.NaN, next = 0): Value | undefined {
  if (metric === undefined || Number.isNaN(cell)) return undefined;
  if (metric.kind === "flag") return cell === 1;
  if (metric.kind === "state") return metric.words[cell];
  return metric.kind === "position" ? [cell, next] : cell;
}

function countersOf(track: Track, confirmed: number): Counters {
  const { received, accepted, duplicate, refused, late } = track;
  const pending = track.lastPosition > confirmed ? Math.min(track.unsettled, accepted) : 0;
  return { received, accepted, duplicate, refused, late, lost: lostBy(track), stored: accepted - pending, pending };
}

function ledgerOf(fold: Fold, ingest: Ingest): Ledger {
  const sum = { received: fold.totals.strayReceived, accepted: 0, duplicate: 0, refused: fold.totals.strayRefused, late: 0, lost: 0 };
  for (const track of fold.tracks.values()) {
    sum.received += track.received;
    sum.accepted += track.accepted;
    sum.duplicate += track.duplicate;
    sum.refused += track.refused;
    sum.late += track.late;
    sum.lost += lostBy(track);
  }
  const pending = ingest.stores.pending();
  return { ...sum, pending, stored: sum.accepted - pending, messages: fold.totals.messages, since: fold.totals.since };
}

/** The part of a pack that speaks of the device. */
function partOf(message: RawMessage, device: string): RawMessage[] {
  if (!message.payload.includes(`"${device}"`)) return [];
  try {
    const pack: unknown = JSON.parse(message.payload);
    const part = Array.isArray(pack) ? pack.find((reading: { d?: unknown }) => reading?.d === device) : pack;
    return part === undefined ? [] : [{ ...message, payload: JSON.stringify(part) }];
  } catch {
    return [message];
  }
}

function hopsOf({ registry, fold, ingest, gateways, readingsPerSecond }: CityParts) {
  const total = new Set([...registry.entries.values()].map(({ meta }) => meta.gateway)).size;
  const { durable, accepted } = ingest.delays();
  const away = (["city", "field"] as const).some((timeline) => ingest.stores.lane(timeline)?.feed.away());
  const { accepted: rows } = ledgerOf(fold, ingest);
  return {
    gateways: { connected: gateways.connected(), total },
    broker: durable,
    ingest: accepted,
    store: { lag: ingest.stores.lag(), away, rows: rows - ingest.stores.pending() },
    readingsPerSecond: readingsPerSecond(),
  };
}

function healthOf({ fold, ingest, gateways }: CityParts): ReturnType<CityPort["health"]> {
  const trouble = ingest.stores.lane("city")?.feed.trouble() ?? ingest.stores.lane("field")?.feed.trouble();
  const broken = ingest.trouble();
  const { clock } = fold;
  const parts: ReturnType<CityPort["health"]>["parts"] = {
    mqtt: gateways.away()
      ? { status: "degraded", text: "the outside broker is away: it keeps what it can" }
      : { status: "ok", text: `${gateways.connected()} gateways on the line` },
    log:
      broken === undefined
        ? { status: "ok", text: `${ingest.waiting()} messages wait for their commit` }
        : { status: "down", text: `nothing is acknowledged: ${broken}` },
    store:
      trouble === undefined
        ? { status: "ok", text: `${ingest.stores.pending()} rows pending` }
        : { status: "degraded", text: `away: the log keeps ${ingest.stores.pending()} rows for it. ${trouble}` },
    simulator:
      clock?.phase === "gone"
        ? { status: "degraded", text: "gone: the city stands still" }
        : { status: "ok", text: clock ? `${clock.phase}, rate ${clock.rate}` : "none: field devices only" },
    field: { status: "ok", text: `timeline is the wall clock minus ${fieldLagMs / 1000} s` },
  };
  const states = Object.values(parts).map(({ status }) => status);
  return { status: states.includes("down") ? "down" : states.includes("degraded") ? "degraded" : "ok", parts };
}
