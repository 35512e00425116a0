import { io, type Socket } from "socket.io-client";
import { onTestFinished } from "vitest";
import { type CellTable, createCellTable } from "../../console/web/live/cells.ts";
import type { SeriesSource } from "../../console/web/trend/follow-series.ts";
import type { Room } from "../../shared/city-port.ts";
import type { Result } from "../../shared/result.ts";
import type { Role } from "../../shared/roles.ts";
import type { ClientToServer, ServerToClient, Snapshot, Tick, WatchPoint, WatchStart } from "../../shared/socket-events.ts";
import { tokenOf } from "./still-room.ts";

type Heard = { [K in keyof ServerToClient]: Parameters<ServerToClient[K]>[0] };
export interface LiveBrowser {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  /** Kept as the page keeps it, holes mended by catch-up. */
  readonly cells: CellTable;
  /** How often a hole had to be mended. */
  readonly holes: () => number;
  /** Everything of one event so far, in order. */
  heard<K extends keyof Heard>(event: K): readonly Heard[K][];
  /** Resolves once the wish is true; looked at after each event. */
  until(wish: () => boolean): Promise<void>;
  /** The next one that is heard from now on. */
  next<K extends keyof Heard>(event: K): Promise<Heard[K]>;
  /** Reads nothing from its TCP connection any more, as a frozen tab does. */
  freeze(): void;
  thaw(): void;
  /** Trends as the page follows them. */
  readonly source: SeriesSource;
  /** Points of a trend as they come; the answer to asking for it. */
  watch(device: string, metric: string, from: number): Promise<{ start: Result<WatchStart>; points: readonly WatchPoint[] }>;
}
export interface BrowserOptions {
  readonly as?: Role;
  /** Options of the library, e.g. a cookie instead of a token. */
  readonly over?: Parameters<typeof io>[1];
  /** Names of events that are applied but not kept: a long test would measure its own notes. */
  readonly forget?: readonly (keyof ServerToClient)[];
}

/** Comes to the live feed as the page does and waits for its snapshot; leaves with the test. */
export async function openBrowser(url: string, { as = "viewer", over, forget = [] }: BrowserOptions = {}): Promise<LiveBrowser> {
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 200,
    auth: { token: tokenOf(as) },
    ...over,
  });
  onTestFinished(() => void socket.disconnect());
  const kept = new Map<string, unknown[]>();
  const waiting = new Set<() => void>();
  const cells = createCellTable();
  const asking = new Set<Room>();
  let holes = 0;
  const look = () => {
    for (const one of [...waiting]) one();
  };
  function takeTick(tick: Tick): void {
    if (cells.take(tick) !== "hole" || asking.has(tick.room)) return;
    asking.add(tick.room);
    holes++;
    socket.emit("catchup", { room: tick.room, n: cells.version(tick.room) }, (missed) => {
      asking.delete(tick.room);
      if (missed) takeTick(missed);
      look();
    });
  }
  socket.on("snapshot", ({ epoch, rooms }: Snapshot) => cells.begin(epoch, rooms));
  socket.on("tick", takeTick);
  socket.on("disconnect", () => asking.clear());
  socket.onAny((event: keyof ServerToClient, data: unknown) => {
    if (!forget.includes(event)) kept.set(event, [...(kept.get(event) ?? []), data]);
    // After the listeners of the event itself.
    queueMicrotask(look);
  });
  socket.on("connect_error", () => look());
  const until: LiveBrowser["until"] = (wish) =>
    new Promise((resolve) => {
      const one = () => {
        if (!wish()) return;
        waiting.delete(one);
        resolve();
      };
      waiting.add(one);
      one();
    });
  const heard = <K extends keyof Heard>(event: K) => (kept.get(event) ?? []) as Heard[K][];
  const followers = new Map<number, (points: readonly WatchPoint[], skipped: number) => void>();
  socket.on("points", ({ id, points, skipped }) => followers.get(id)?.(points, skipped));
  socket.on("disconnect", () => followers.clear());
  const source: SeriesSource = {
    watch(request, listener) {
      let id: number | undefined;
      socket.emit("watch", request, (start) => {
        if (start.ok) {
          id = start.value.id;
          followers.set(id, listener.points);
        }
        listener.started(start);
        look();
      });
      return () => {
        if (id === undefined) return;
        followers.delete(id);
        socket.emit("unwatch", id);
      };
    },
  };
  const wire = () => (socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }).ws;
  await new Promise<void>((resolve, reject) => {
    socket.once("snapshot", () => resolve());
    if (over?.reconnection !== true) socket.once("connect_error", reject);
  });
  return {
    socket,
    cells,
    holes: () => holes,
    heard,
    until,
    async next(event) {
      const before = heard(event).length;
      await until(() => heard(event).length > before);
      return heard(event)[before]!;
    },
    freeze: () => wire().pause(),
    thaw: () => wire().resume(),
    source,
    async watch(device, metric, from) {
      const batches = new Map<number, WatchPoint[]>();
      const pointsOf = (id: number) => batches.get(id) ?? batches.set(id, []).get(id)!;
      // Points may follow the answer in the same breath.
      socket.on("points", (batch) => void pointsOf(batch.id).push(...batch.points));
      const start = await socket.emitWithAck("watch", { device, metric, from, points: 600 });
      return { start, points: start.ok ? pointsOf(start.value.id) : [] };
    },
  };
}
