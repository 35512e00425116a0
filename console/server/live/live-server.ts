import type { Server as HttpServer } from "node:http";
import type { Logger } from "pino";
import { Server } from "socket.io";
import type { CityPort, Room } from "../../../shared/city-port.ts";
import { type Actor, rightsOf } from "../../../shared/roles.ts";
import type { ScenarioPort } from "../../../shared/scenario/scenario-port.ts";
import type { Service } from "../../../shared/service.ts";
import type { ClientToServer, ServerToClient, Snapshot } from "../../../shared/socket-events.ts";
import { createCareMarks } from "../care-marks.ts";
import type { ConsoleCounters } from "../counters.ts";
import type { Sessions } from "../sessions.ts";
import { hourMs, nowOn } from "../time-span.ts";
import type { Visibility } from "../visibility.ts";
import { callerOf, sameOrigin } from "../who.ts";
import { backlogLimitBytes, cut, watchBacklog } from "./backlog.ts";
import { listenTo, roomsOf } from "./browser-asks.ts";
import { createColumns } from "./columns.ts";
import { createDeskNews } from "./desk-news.ts";
import { createExerciseNews } from "./exercise-news.ts";
import { createMissed, takes } from "./missed.ts";
import { createNews } from "./news.ts";
import type { LiveSocket } from "./on-event.ts";
import { createWatches, type Watches } from "./watches.ts";

/** 20 Hz at most. */
const tickMs = 50;
const statusMs = 1000;
const chronicleLines = 100;
const deskLines = 200;

export interface LiveParts {
  readonly server: HttpServer;
  readonly port: CityPort;
  readonly scenarios: ScenarioPort | undefined;
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

/** Sockets on the console's own port, for pages of this origin alone. */
function listenOn(server: HttpServer): Io {
  return new Server(server, {
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
}

/** The live side of the console: everything that a browser hears without asking again. */
export function startLive(parts: LiveParts): LiveServer {
  const { port, log, counters } = parts;
  const io = listenOn(parts.server);
  const columns = createColumns(port.feed);
  const open = new Map<LiveSocket, { watches: Watches; backlog: () => number }>();
  const missed = createMissed();
  const listening = (room: Room) => (io.sockets.adapter.rooms.get(room)?.size ?? 0) > 0;

  io.use((socket, next) => {
    const admit = (actor: Actor | undefined): void => {
      if (actor) socket.data.actor = actor;
      next(actor ? undefined : new Error("not signed in"));
    };
    void actorOf(socket, parts.sessions).then(admit, next);
  });
  const snapshotOf = (actor: Actor) => createSnapshot(parts, actor, columns);
  /** Another numbering: everybody begins anew, and what was not told yet would speak of the old one. */
  const renumber = () => {
    if (!columns.renumbered()) return;
    news.take();
    deskNews.take();
    for (const socket of open.keys()) sendSnapshot(socket);
  };
  const sendSnapshot = (socket: LiveSocket) => {
    missed.forget(socket);
    socket.emit("snapshot", snapshotOf(socket.data.actor));
  };

  const welcome = (socket: LiveSocket): void => {
    const { actor } = socket.data;
    const watches = createWatches(port, parts.catalogue, (batch) => {
      if (batch.skipped > 0) counters.skipped.inc(batch.skipped);
      socket.emit("points", batch);
    });
    renumber();
    // What waits is older than the snapshot: told behind it, it would take the newcomer back for a moment.
    tellNews();
    for (const room of roomsOf(actor)) if (!listening(room)) columns.rest(room);
    open.set(socket, { watches, backlog: watchBacklog(socket, counters) });
    sendSnapshot(socket);
    void socket.join([...roomsOf(actor)]);
    exerciseNews.greet(socket);
    socket.on("disconnect", () => {
      watches.close();
      missed.forget(socket);
      open.delete(socket);
    });
    listenTo(socket, watches, parts, (room, n) => {
      missed.forget(socket, room);
      const tick = columns.since(room, n);
      if (tick === undefined) sendSnapshot(socket);
      return tick ?? null;
    });
  };
  /** What goes wrong for one browser, or once, must not end the process. */
  const safely = (work: () => void, otherwise?: () => void): void => {
    try {
      work();
    } catch (error) {
      log.error({ err: error }, "the live feed failed");
      otherwise?.();
    }
  };
  io.on("connection", (socket) =>
    safely(
      () => welcome(socket),
      () => cut(socket),
    ),
  );

  const marks = createCareMarks(port, parts.catalogue);
  const news = createNews(port.feed, (service) => (marks.service(service) ? "care" : "public"));
  const deskNews = createDeskNews(port.room, marks);
  const exerciseNews = createExerciseNews(parts.scenarios);
  const emitTick = (room: Room): void => {
    if (!listening(room)) columns.rest(room);
    const tick = columns.next(room);
    if (tick === undefined) {
      missed.mend(room, (n) => columns.since(room, n));
      return;
    }
    for (const socket of open.keys()) if (socket.rooms.has(room) && !takes(socket)) missed.note(socket, room, tick.prev);
    io.to(room).volatile.emit("tick", tick);
  };
  const tellNews = (): void => {
    const fresh = news.take();
    if (fresh.clock !== undefined) io.emit("clock", fresh.clock);
    for (const { room, rows } of fresh.devices) io.to(room).emit("devices", rows);
    for (const { room, lines } of fresh.chronicle) io.to(room).emit("chronicle", lines);
    for (const { room, told } of deskNews.take()) io.to(room).emit("desk", told);
    exerciseNews.tell(io, Date.now());
  };
  const tell = (): void => {
    renumber();
    tellNews();
    const at = Date.now();
    for (const { watches } of open.values()) watches.flush(at);
  };
  const ticking = setInterval(() => {
    safely(tell);
    // A volatile packet is dropped while its transport has not handed over the packet before it; that takes until the next turn of the loop.
    setImmediate(() => {
      safely(() => emitTick("public"));
      setImmediate(() => safely(() => emitTick("care")));
    });
  }, tickMs);

  const tellStatus = (): void => {
    for (const [socket, { backlog }] of open) {
      if (backlog() <= backlogLimitBytes) continue;
      counters.cut.inc();
      log.warn({ actor: socket.data.actor.name, bytes: backlog() }, "a browser does not read; cut");
      cut(socket);
    }
    if (open.size === 0) return;
    io.volatile.emit("status", { hops: port.hops(), ledger: port.ledger(), quarantine: port.quarantine({ limit: 1 }).total, at: Date.now() });
  };
  const status = setInterval(() => safely(tellStatus), statusMs);

  return {
    sockets: () => open.size,
    async close() {
      clearInterval(ticking);
      clearInterval(status);
      news.close();
      deskNews.close();
      exerciseNews.close();
      for (const { watches } of open.values()) watches.close();
      // Without a word of farewell: after one, browsers would not come back by themselves.
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
    desk: visible.room.desk(deskLines),
  };
}
