import type { Server as HttpServer } from "node:http";
import type { Logger } from "pino";
import { Server } from "socket.io";
import { catchupRequest, unwatchRequest, watchRequest } from "../../../shared/api.ts";
import type { CityPort, Room } from "../../../shared/city-port.ts";
import { clockActionSchema } from "../../../shared/clock.ts";
import { refuse } from "../../../shared/result.ts";
import { type Actor, may, rightsOf } from "../../../shared/roles.ts";
import type { Service } from "../../../shared/service.ts";
import type { ClientToServer, ServerToClient, Snapshot } from "../../../shared/socket-events.ts";
import type { ConsoleCounters } from "../counters.ts";
import { askClock } from "../routes/city.ts";
import type { Sessions } from "../sessions.ts";
import { hourMs, nowOn } from "../time-span.ts";
import { sensitiveIds, type Visibility } from "../visibility.ts";
import { callerOf, sameOrigin } from "../who.ts";
import { backlogLimitBytes, cut, watchBacklog } from "./backlog.ts";
import { createColumns } from "./columns.ts";
import { createNews } from "./news.ts";
import { type LiveSocket, onEvent } from "./on-event.ts";
import { createWatches, type Watches } from "./watches.ts";

/** 20 Hz at most. */
const tickMs = 50;
const statusMs = 1000;
const chronicleLines = 100;

export interface LiveParts {
  readonly server: HttpServer;
  readonly port: CityPort;
  readonly catalogue: readonly Service[];
  readonly sessions: Sessions;
  readonly see: (actor: Actor) => Visibility;
  readonly counters: ConsoleCounters;
  readonly log: Logger;
}

export interface LiveServer {
  /** How many browsers listen. */
  sockets(): number;
  close(): Promise<void>;
}

type Io = Server<ClientToServer, ServerToClient, Record<string, never>, { actor: Actor }>;

export const roomsOf = (actor: Actor): readonly Room[] => (may(actor.role, "care") ? ["public", "care"] : ["public"]);

/** The live side of the console: everything that a browser hears without asking again. */
export function startLive(parts: LiveParts): LiveServer {
  const { port, log, counters } = parts;
  const io: Io = new Server(parts.server, {
    transports: ["websocket"],
    // Measured: compression makes a tick 7 times as expensive.
    perMessageDeflate: false,
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: 64 * 1024,
    // Whoever has not signed in by then is gone.
    connectTimeout: 5000,
    allowRequest: (request, done) => done(sameOrigin(request) ? null : "this page is of another origin", sameOrigin(request)),
  });
  const columns = createColumns(port.feed);
  const open = new Map<LiveSocket, { watches: Watches; backlog: () => number }>();
  const listening = (room: Room) => (io.sockets.adapter.rooms.get(room)?.size ?? 0) > 0;

  io.use(async (socket, next) => {
    const actor = await actorOf(socket, parts.sessions);
    if (actor === undefined) return next(new Error("not signed in"));
    socket.data.actor = actor;
    next();
  });
  const snapshotOf = (actor: Actor) => createSnapshot(parts, actor, columns);
  const snapshotAll = () => {
    for (const socket of open.keys()) socket.emit("snapshot", snapshotOf(socket.data.actor));
  };

  io.on("connection", (socket) => {
    const { actor } = socket.data;
    const watches = createWatches(port, parts.catalogue, (batch) => {
      if (batch.skipped > 0) counters.skipped.inc(batch.skipped);
      socket.emit("points", batch);
    });
    if (columns.renumbered()) snapshotAll();
    for (const room of roomsOf(actor)) if (!listening(room)) columns.rest(room);
    open.set(socket, { watches, backlog: watchBacklog(socket, counters) });
    socket.emit("snapshot", snapshotOf(actor));
    void socket.join([...roomsOf(actor)]);
    socket.on("disconnect", () => {
      watches.close();
      open.delete(socket);
    });
    listenTo(socket, watches, parts, (room, n) => {
      const tick = columns.since(room, n);
      if (tick === undefined) socket.emit("snapshot", snapshotOf(actor));
      return tick ?? null;
    });
  });

  const sensitive = sensitiveIds(parts.catalogue);
  const news = createNews(port.feed, (service) => (sensitive.has(service) ? "care" : "public"));
  const emitTick = (room: Room): void => {
    if (!listening(room)) columns.rest(room);
    const tick = columns.next(room);
    if (tick) io.to(room).volatile.emit("tick", tick);
  };
  const ticking = setInterval(() => {
    if (columns.renumbered()) {
      news.take();
      snapshotAll();
    }
    const fresh = news.take();
    if (fresh.clock !== undefined) io.emit("clock", fresh.clock);
    for (const { room, rows } of fresh.devices) io.to(room).emit("devices", rows);
    for (const { room, lines } of fresh.chronicle) io.to(room).emit("chronicle", lines);
    const at = Date.now();
    for (const { watches } of open.values()) watches.flush(at);
    // A volatile packet is dropped while its transport has not handed over the packet before it; that takes until the next turn of the loop.
    setImmediate(() => {
      emitTick("public");
      setImmediate(() => emitTick("care"));
    });
  }, tickMs);

  const status = setInterval(() => {
    for (const [socket, { backlog }] of open) {
      if (backlog() <= backlogLimitBytes) continue;
      counters.cut.inc();
      log.warn({ actor: socket.data.actor.name, bytes: backlog() }, "a browser does not read; cut");
      cut(socket);
    }
    if (open.size === 0) return;
    io.volatile.emit("status", { hops: port.hops(), ledger: port.ledger(), quarantine: port.quarantine({ limit: 1 }).total, at: Date.now() });
  }, statusMs);

  return {
    sockets: () => open.size,
    async close() {
      clearInterval(ticking);
      clearInterval(status);
      news.close();
      for (const [socket, { watches }] of open) {
        watches.close();
        socket.disconnect(true);
      }
      await io.close();
    },
  };
}

/** A browser comes with its session, a program with a token. */
async function actorOf(socket: LiveSocket, sessions: Sessions): Promise<Actor | undefined> {
  const token: unknown = socket.handshake.auth.token;
  if (typeof token === "string") return sessions.actorOfToken(token, undefined);
  return (await callerOf(socket.request, sessions))?.actor;
}

function createSnapshot({ port, catalogue, see }: LiveParts, actor: Actor, columns: ReturnType<typeof createColumns>): Snapshot {
  const visible = see(actor);
  const now = nowOn(port, "city");
  return {
    epoch: port.feed.epoch(),
    me: { ...actor, rights: rightsOf[actor.role] },
    clock: port.clock() ?? null,
    devices: visible.rows(),
    figureCells: port.feed.figureCells(),
    figures: Object.fromEntries(catalogue.map((service) => [service.id, port.figures(service.id, now - hourMs, now)])),
    rooms: roomsOf(actor).map((room) => columns.whole(room)),
    chronicle: visible.chronicle({ from: now - 24 * hourMs, to: now, limit: chronicleLines }),
  };
}

function listenTo(
  socket: LiveSocket,
  watches: Watches,
  { port, see, log }: LiveParts,
  catchup: (room: Room, n: number) => ReturnType<ReturnType<typeof createColumns>["since"]> | null,
): void {
  const { actor } = socket.data;
  const visible = see(actor);
  onEvent(
    socket,
    "catchup",
    {
      schema: catchupRequest,
      right: "read",
      refusal: () => null,
      handle: ({ room, n }, answer) => answer(roomsOf(actor).includes(room) ? catchup(room, n) : null),
    },
    log,
  );
  onEvent(
    socket,
    "watch",
    { schema: watchRequest, right: "read", refusal: refuse, handle: (request, answer) => watches.start(request, visible, answer) },
    log,
  );
  onEvent(socket, "unwatch", { schema: unwatchRequest, right: "read", refusal: () => undefined, handle: (id) => watches.stop(id) }, log);
  onEvent(
    socket,
    "clock",
    {
      schema: clockActionSchema,
      right: "clock",
      refusal: refuse,
      handle: async (action, answer) => answer(await askClock(port, action, actor)),
    },
    log,
  );
}
