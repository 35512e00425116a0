import type { CityPlan } from "../../shared/city-plan.ts";
import type {
  ChronicleLine,
  CityPort,
  Counters,
  DeviceDetail,
  DeviceRow,
  LiveReading,
  QuarantineItem,
  Room,
  SeriesPoint,
} from "../../shared/city-port.ts";
import { refusalCodes } from "../../shared/city-port.ts";
import type { CityClock, ClockAction } from "../../shared/clock.ts";
import type { Quality, Value } from "../../shared/reading.ts";
import { ok, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { Service } from "../../shared/service.ts";
import { type StillDesk, stillDesk } from "./still-desk.ts";
import { cellsOf, fleetOf } from "./still-fleet.ts";

/**
 * A city that stands still until a test speaks for it: an in-memory port for tests of the console's server, which knows nothing but the port.
 * Flow tests use the real chain instead.
 */
export interface StillCity {
  readonly port: CityPort;
  /** The room of the port. */
  readonly desk: StillDesk;
  /** A device says something; a time before its newest is late. */
  say(device: string, t: number, m: Readonly<Record<string, Value>>, q?: Readonly<Record<string, Quality>>): void;
  /** Every live cell of the public room changes at once: as much as a tick can carry. */
  stir(): void;
  happen(line: Omit<ChronicleLine, "n">): void;
  refuse(item: Omit<QuarantineItem, "n" | "t">): void;
  /** Rows of the device table are announced as they are. */
  announce(...devices: string[]): void;
  setClock(clock: CityClock | undefined): void;
  /** Cells are numbered anew, as with another run. */
  renumber(): void;
  /** What was asked of the clock and of the register, by whom. */
  readonly acts: { readonly action: ClockAction; readonly by: Actor }[];
  readonly registered: { readonly device: string; readonly by: Actor }[];
  health: ReturnType<CityPort["health"]>["status"];
  /** History waits until the way that is returned has been gone. */
  holdHistory(): () => void;
  /** How many listen to readings of devices. */
  listeners(): number;
}

const stillStart = Date.UTC(2026, 10, 23, 15);
export const stillNow = stillStart + 24 * 3_600_000;
export const stillClock: CityClock = {
  run: "r1",
  city: "small",
  seed: 1,
  scale: 1,
  start: stillStart,
  head: stillNow,
  mark: stillNow - 1000,
  rate: 1,
  asked: 1,
  paused: false,
  phase: "live",
};

const plan: CityPlan = {
  id: "small",
  name: { ko: "작은 도시", en: "Small city" },
  zone: "Asia/Seoul",
  bounds: [126.9, 37.4, 127.1, 37.6],
  landmarks: [],
  districts: [
    { id: "north", name: { ko: "북구", en: "North" }, label: [127, 37.55] },
    { id: "south", name: { ko: "남구", en: "South" }, label: [127, 37.45] },
  ],
  layers: {
    district: { type: "FeatureCollection", features: [] },
    block: { type: "FeatureCollection", features: [] },
    road: { type: "FeatureCollection", features: [] },
    stream: { type: "FeatureCollection", features: [] },
    hill: { type: "FeatureCollection", features: [] },
  },
};

export function createStillCity(catalogue: readonly Service[], perKind = 3): StillCity {
  const fleet = fleetOf(catalogue, perKind);
  const rows = new Map(fleet.rows.map((row) => [row.id, row]));
  const said = new Map<string, { t: number; m: Readonly<Record<string, Value>>; q: Readonly<Record<string, Quality>> }[]>();
  const last = new Map<string, Record<string, { t: number; value: Value; quality: Quality }>>();
  const counters = new Map<string, Counters>();
  const none: Counters = { received: 0, accepted: 0, duplicate: 0, refused: 0, lost: 0, late: 0, stored: 0, pending: 0 };
  const cells = new Map<number, { version: number; value: number; room: Room }>();
  const onReading = new Map<string, Set<(reading: LiveReading) => void>>();
  const onClock = new Set<(clock: CityClock | undefined) => void>();
  const onDevices = new Set<(rows: readonly DeviceRow[]) => void>();
  const onChronicle = new Set<(lines: readonly ChronicleLine[]) => void>();
  const lines: ChronicleLine[] = [];
  const desk = stillDesk();
  const refused: QuarantineItem[] = [];
  let clock: CityClock | undefined = stillClock;
  let version = 0;
  let epoch = 1;
  let history = Promise.resolve();
  const subscribe = <T>(all: Set<T>, one: T) => {
    all.add(one);
    return () => void all.delete(one);
  };
  const contractOf = (row: DeviceRow) => catalogue.find((service) => service.id === row.service)!;
  const roomOf = (service: string): Room => (catalogue.find((one) => one.id === service)?.sensitive ? "care" : "public");

  function code(value: Value, words: readonly string[]): number {
    if (typeof value === "number") return value;
    if (typeof value === "boolean") return value ? 1 : 0;
    return typeof value === "string" ? words.indexOf(value) : value[0];
  }
  function setCells(row: DeviceRow, t: number, m: Readonly<Record<string, Value>>): void {
    version++;
    const room = roomOf(row.service);
    cells.set(row.cell, { version, value: t, room });
    const contract = contractOf(row);
    let cell = row.cell + 1;
    for (const name of contract.kinds[row.kind]!.metrics) {
      const metric = contract.metrics[name]!;
      const value = m[name];
      if (value !== undefined) cells.set(cell, { version, value: code(value, metric.kind === "state" ? metric.words : []), room });
      cell += metric.kind === "position" ? 2 : 1;
    }
  }
  const count = (id: string, change: Partial<Counters>) => {
    const now = counters.get(id) ?? none;
    counters.set(
      id,
      Object.fromEntries(Object.entries(now).map(([key, value]) => [key, value + (change[key as keyof Counters] ?? 0)])) as unknown as Counters,
    );
  };
  const total = () =>
    [...counters.values()].reduce(
      (sum, one) => Object.fromEntries(Object.entries(sum).map(([key, value]) => [key, value + one[key as keyof Counters]])) as unknown as Counters,
      none,
    );

  const port: CityPort = {
    clock: () => clock,
    plan: () => plan,
    devices: () => [...rows.values()],
    device(id): DeviceDetail | undefined {
      const row = rows.get(id);
      return (
        row && {
          ...row,
          model: undefined,
          fw: "1.0",
          constants: {},
          last: last.get(id) ?? {},
          counters: counters.get(id) ?? none,
          boot: 1,
        }
      );
    },
    async series({ device, metric, from, to, points }) {
      // What the store can see when the question is asked, however long the answer takes.
      const seen = [...(said.get(device) ?? [])];
      await history;
      const contract = contractOf(rows.get(device)!).metrics[metric];
      if (contract?.kind !== "number" && contract?.kind !== "flag") return refuse(`${metric} is no number; ask for spans`);
      const own = seen.filter((one) => one.t >= from && one.t < to && one.m[metric] !== undefined).sort((a, b) => a.t - b.t);
      const all = own.map((one): SeriesPoint => {
        const v = Number(one.m[metric]);
        return { t: one.t, min: v, mean: v, max: v, n: 1 };
      });
      return ok({ points: all.slice(-points), gaps: [], step: 1000 });
    },
    async spans({ device, metric, from, to }) {
      const contract = contractOf(rows.get(device)!).metrics[metric];
      if (contract?.kind !== "state" && contract?.kind !== "flag") return refuse(`${metric} is neither a state nor a flag; ask for series`);
      const own = (said.get(device) ?? []).filter((one) => one.t >= from && one.t < to && one.m[metric] !== undefined);
      return ok(own.map((one, index) => ({ from: one.t, to: own[index + 1]?.t ?? to, value: one.m[metric] as string | boolean })));
    },
    async aggregate({ service, metric, from, to }) {
      const own = [...rows.values()].filter((row) => row.service === service);
      const values = own.flatMap((row) =>
        (said.get(row.id) ?? [])
          .filter((one) => one.t >= from && one.t < to)
          .flatMap((one) => (typeof one.m[metric] === "number" ? [one.m[metric]] : [])),
      );
      if (values.length === 0) return ok([]);
      const sum = values.reduce((a, b) => a + b, 0);
      return ok([
        { t: from, district: "north", min: Math.min(...values), mean: sum / values.length, max: Math.max(...values), sum, n: values.length },
      ]);
    },
    async lastAbove({ service, metric, above, from, to }) {
      const contract = catalogue.find((one) => one.id === service)?.metrics[metric];
      if (contract?.kind !== "number") return refuse(`${metric} is no number of ${service}`);
      const own = [...rows.values()].filter((row) => row.service === service);
      return ok(
        own.flatMap(({ id }) => {
          const seen = (said.get(id) ?? []).filter((one) => one.t >= from && one.t < to && typeof one.m[metric] === "number");
          const [first] = seen;
          return first === undefined ? [] : [{ device: id, first: first.t, last: seen.findLast((one) => Number(one.m[metric]) > above)?.t ?? null }];
        }),
      );
    },
    figures: (service, from, to) =>
      (catalogue.find((one) => one.id === service)?.panel.figures ?? []).map((figure) => ({ id: figure.id, t: [from, to], v: [1, null] })),
    chronicle: ({ from, to, service, limit }) =>
      lines.filter((line) => line.t >= from && line.t <= to && line.service === (service ?? line.service)).slice(-limit),
    quarantine: ({ limit, device }) => ({
      items: refused
        .filter((item) => device === undefined || item.device === device)
        .slice(-limit)
        .reverse(),
      total: refused.length,
      byCode: Object.fromEntries(
        refusalCodes.flatMap((code) => {
          const count = refused.filter((item) => item.code === code).length;
          return count === 0 ? [] : [[code, count]];
        }),
      ),
    }),
    ledger: () => ({ ...total(), messages: total().received, since: stillStart }),
    deviceLedger: (id) => (rows.has(id) ? (counters.get(id) ?? none) : undefined),
    recent: (id, limit) =>
      [...rows.values()]
        .filter((row) => row.id === id || row.gateway === id)
        .flatMap((row) => (said.get(row.id) ?? []).map((one) => ({ ...one, topic: `urban/v1/small/${row.service}/${row.id}/obs` })))
        .sort((a, b) => b.t - a.t)
        .slice(0, limit)
        .map(({ t, topic, m }) => ({ t, topic, payload: JSON.stringify(m), verdict: "accepted" as const })),
    hops: () => ({
      gateways: { connected: 5, total: 5 },
      broker: 1,
      ingest: 2,
      store: { lag: 0, away: false, rows: total().stored },
      readingsPerSecond: 0,
    }),
    async act(action, by) {
      city.acts.push({ action, by });
      if (!clock) return refuse("no clock");
      if ("step" in action && !clock.paused) return refuse("the city must be paused to step");
      city.setClock({
        ...clock,
        ...("rate" in action ? { asked: action.rate, rate: action.rate } : {}),
        ...("paused" in action ? { paused: action.paused } : {}),
        ...("jumpTo" in action ? { head: action.jumpTo } : {}),
      });
      return ok(clock);
    },
    async register({ device }, by) {
      if (rows.has(device)) return refuse(`there is a device "${device}" already`);
      city.registered.push({ device, by });
      return ok({ username: device, password: "p", clientId: device, topics: { obs: `urban/v1/small/x/${device}/obs` }, example: "mosquitto_pub" });
    },
    feed: {
      epoch: () => `e${epoch}`,
      version: () => version,
      roomOf: (cell) => cells.get(cell)?.room ?? "public",
      figureCells: () => [{ service: "stream", figure: "level", cell: fleet.cells }],
      changed(room, after) {
        const own = [...cells].filter(([, cell]) => cell.room === room && cell.version > after).sort(([a], [b]) => a - b);
        return { i: own.map(([index]) => index), v: own.map(([, cell]) => cell.value) };
      },
      onReading(device, listener) {
        const all = onReading.get(device) ?? new Set();
        onReading.set(device, all);
        return subscribe(all, listener);
      },
      onChronicle: (listener) => subscribe(onChronicle, listener),
      onClock: (listener) => subscribe(onClock, listener),
      onDevices: (listener) => subscribe(onDevices, listener),
    },
    room: desk.port,
    health: () => ({ status: city.health, parts: { store: { status: city.health, text: "in memory" } } }),
  };

  const city: StillCity = {
    port,
    desk,
    acts: [],
    registered: [],
    health: "ok",
    holdHistory() {
      let release = (): void => undefined;
      history = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    listeners: () => [...onReading.values()].reduce((sum, all) => sum + all.size, 0),
    say(device, t, m, q = {}) {
      const row = rows.get(device)!;
      const late = t < row.lastSeen;
      said.set(device, [...(said.get(device) ?? []), { t, m, q }]);
      count(device, { received: 1, accepted: 1, stored: 1, late: late ? 1 : 0 });
      if (!late) {
        const newest = Object.fromEntries(Object.entries(m).map(([name, value]) => [name, { t, value, quality: q[name] ?? "good" }]));
        last.set(device, { ...last.get(device), ...newest });
        rows.set(device, { ...row, lastSeen: t });
        setCells(row, t, m);
      }
      for (const listener of onReading.get(device) ?? []) listener({ t, late, m, q });
    },
    stir() {
      version++;
      for (const row of rows.values()) {
        if (roomOf(row.service) !== "public") continue;
        const contract = contractOf(row);
        for (let cell = row.cell; cell < row.cell + cellsOf(contract, row.kind); cell++)
          cells.set(cell, { version, value: version + cell / 1000, room: "public" });
      }
    },
    happen(line) {
      const numbered = { ...line, n: lines.length + 1 };
      lines.push(numbered);
      for (const listener of onChronicle) listener([numbered]);
    },
    announce(...devices) {
      const changed = devices.flatMap((device) => rows.get(device) ?? []);
      for (const listener of onDevices) listener(changed);
    },
    refuse: (item) => void refused.push({ ...item, n: refused.length + 1, t: stillNow }),
    setClock(next) {
      clock = next;
      for (const listener of onClock) listener(clock);
    },
    renumber() {
      epoch++;
      version = 0;
      cells.clear();
    },
  };
  return city;
}
