import { batch } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import type { CityPlan } from "../../../shared/city-plan.ts";
import type { ChronicleLine, DeviceRow, Room } from "../../../shared/city-port.ts";
import type { CityClock, ClockAction } from "../../../shared/clock.ts";
import { type Result, refuse } from "../../../shared/result.ts";
import type { Acted, RoomAction } from "../../../shared/room-action.ts";
import type { Service } from "../../../shared/service.ts";
import type { ClientToServer, ServerToClient, Snapshot, Tick, WatchPoint, WatchStart } from "../../../shared/socket-events.ts";
import { fieldLagMs } from "../../../shared/timeline.ts";
import { t } from "../language.ts";
import { beginDesk, takeNews } from "./desk.ts";
import { exercise, seeksCue, takeRuns } from "./exercise.ts";
import { fetchJson } from "./http.ts";
import { beginFigures, takePresentFigures } from "./present-figures.ts";
import * as room from "./state.ts";

const beatMs = 250;
/** `status` comes every second; nothing at all for this long means that the connection is gone, whatever the socket believes. */
const silenceMs = 2500;
/** An hour at a busy rate; drawn as ticks, so more would not be seen. */
const chronicleKept = 3000;
const hourMs = 3_600_000;

const socket: Socket<ServerToClient, ClientToServer> = io({
  transports: ["websocket"],
  autoConnect: false,
  reconnectionDelay: 500,
  reconnectionDelayMax: 3000,
});
let heardAt = Date.now();
const asking = new Set<Room>();
let frame = 0;

const mergeSoon = (): void => {
  if (frame !== 0) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    batch(() => room.showChanged(false));
  });
};

/** Cells come a tick after the clock: what it says is acknowledged is on the screen only then. */
const settleMs = 300;
let settling: { readonly wall: number; readonly run: string; readonly mark: number }[] = [];

function settle(wall: number): void {
  const run = room.clock.peek()?.run;
  const settled = settling.filter((heard) => wall - heard.wall >= settleMs || heard.run !== run).at(-1);
  if (!settled) return;
  settling = settling.slice(settling.indexOf(settled) + 1);
  if (settled.run === run) room.settledMark.value = settled.mark;
}

function takeClock(clock: CityClock | null): void {
  room.clock.value = clock ?? undefined;
  if (!clock) return;
  const wall = Date.now();
  room.cityTime.hear(clock, wall);
  settling.push({ wall, run: clock.run, mark: clock.mark });
}

function takeSnapshot(snapshot: Snapshot): void {
  batch(() => {
    const again = room.epoch.peek() !== "";
    room.cells.begin(snapshot.epoch, snapshot.rooms);
    room.me.value = snapshot.me;
    room.deviceRows.value = snapshot.devices;
    room.chronicle.value = snapshot.chronicle;
    room.figureCells.value = new Map(snapshot.figureCells.map((entry) => [room.figureKey(entry.service, entry.figure), entry.cell]));
    beginFigures(snapshot.figures);
    takeClock(snapshot.clock);
    beginDesk(snapshot.desk);
    room.epoch.value = snapshot.epoch;
    room.link.value = { state: "live" };
    room.showChanged(true);
    if (again) room.connection.value++;
  });
  pass();
  void fillChronicle(snapshot.epoch);
}

function takeTick(tick: Tick): void {
  const taken = room.cells.take(tick);
  if (taken === "taken") mergeSoon();
  // A tick of another numbering is followed or preceded by its snapshot; only a hole asks.
  if (taken !== "hole" || asking.has(tick.room)) return;
  asking.add(tick.room);
  socket.emit("catchup", { room: tick.room, n: room.cells.version(tick.room) }, (missed) => {
    asking.delete(tick.room);
    if (missed) takeTick(missed);
  });
}

function takeLines(lines: readonly ChronicleLine[]): void {
  const known = room.chronicle.peek();
  const newest = known.at(-1)?.n ?? Number.NEGATIVE_INFINITY;
  if (lines.every((line, at) => line.n > (lines[at - 1]?.n ?? newest))) {
    room.chronicle.value = [...known, ...lines].slice(-chronicleKept);
    return;
  }
  const all = new Map([...known, ...lines].map((line) => [line.n, line]));
  room.chronicle.value = [...all.values()].sort((a, b) => a.n - b.n).slice(-chronicleKept);
}

/** The snapshot brings only the newest lines; the hour on the screen may have more. */
async function fillChronicle(epoch: string): Promise<void> {
  const to = Math.ceil(room.now.peek());
  const answer = await fetchJson<{ lines: readonly ChronicleLine[] }>(`/api/v1/chronicle?from=${to - hourMs}&to=${to}&limit=2000`);
  if (answer.ok && room.epoch.peek() === epoch) takeLines(answer.value.lines);
}

function mergeRows(rows: readonly DeviceRow[]): void {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const kept = room.deviceRows.peek().map((row) => {
    const next = fresh.get(row.id);
    fresh.delete(row.id);
    return next ?? row;
  });
  room.deviceRows.value = [...kept, ...fresh.values()];
}

/** Time passes: hands move, figures enter their minute, silence is noticed. */
function pass(): void {
  const wall = Date.now();
  batch(() => {
    if (room.link.peek().state === "live" && wall - heardAt > silenceMs) room.link.value = { state: "down", since: heardAt };
    room.fieldNow.value = wall - fieldLagMs;
    room.now.value = room.cityTime.at(wall) ?? wall - fieldLagMs;
    settle(wall);
    if (room.link.peek().state === "live") takePresentFigures();
    room.beat.value++;
  });
}

async function fetchFrame(): Promise<void> {
  const [services, plan] = await Promise.all([fetchJson<{ services: readonly Service[] }>("/api/v1/services"), fetchJson<CityPlan>("/api/v1/plan")]);
  if (services.ok) room.catalogue.value = services.value.services;
  if (plan.ok) room.plan.value = plan.value;
  if (!services.ok || !plan.ok) setTimeout(() => void fetchFrame(), 3000);
}

const lose = (): void => {
  if (room.link.peek().state !== "down") room.link.value = { state: "down", since: Date.now() };
};

/** Opens the live connection; once per page. */
export function connect(): void {
  socket.on("snapshot", takeSnapshot);
  socket.on("tick", takeTick);
  socket.on("clock", takeClock);
  socket.on("devices", mergeRows);
  socket.on("chronicle", takeLines);
  socket.on("desk", takeNews);
  socket.on("exercise", (on, seeks) => {
    exercise.value = on;
    seeksCue.value = seeks;
  });
  socket.on("runs", takeRuns);
  socket.on("status", (status) => {
    const way = Date.now() - status.at;
    room.socketMs.value = way >= -5 && way < 10_000 ? Math.max(0, way) : undefined;
    room.status.value = status;
  });
  socket.on("points", ({ id, points, skipped }) => listeners.get(id)?.(points, skipped));
  socket.onAny(() => {
    heardAt = Date.now();
    // The server was only slow: what came meanwhile is asked for by the next tick.
    if (room.link.peek().state === "down" && socket.connected && room.epoch.peek() !== "") room.link.value = { state: "live" };
  });
  socket.on("disconnect", (reason) => {
    lose();
    listeners.clear();
    asking.clear();
    // The server ended it on purpose: the library does not come back by itself then.
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 1000);
  });
  socket.on("connect_error", (error) => {
    lose();
    if (error.message === "not signed in") location.assign("/sign-in");
  });
  socket.connect();
  setInterval(pass, beatMs);
  void fetchFrame();
}

const listeners = new Map<number, (points: readonly WatchPoint[], skipped: number) => void>();

/** Follows one series; `started` says its history. Returns the way to stop. */
export function watch(
  request: { readonly device: string; readonly metric: string; readonly from: number; readonly points: number },
  listener: { started(start: Result<WatchStart>): void; points(points: readonly WatchPoint[], skipped: number): void },
): () => void {
  let id: number | undefined;
  let stopped = false;
  socket.emit("watch", request, (start) => {
    if (start.ok) id = start.value.id;
    if (stopped) return stop();
    if (id !== undefined) listeners.set(id, listener.points);
    listener.started(start);
  });
  const stop = (): void => {
    stopped = true;
    if (id === undefined) return;
    listeners.delete(id);
    if (socket.connected) socket.emit("unwatch", id);
    id = undefined;
  };
  return stop;
}

/** Nothing is asked while the connection is gone, because it would happen later, unforeseen. */
const down = () => refuse(t("연결이 끊겨 있습니다.", "The connection is down."));

/** Asks the city's time. */
export function askClock(action: ClockAction): Promise<Result<CityClock>> {
  if (!socket.connected) return Promise.resolve(down());
  return new Promise((resolve) => {
    socket.emit("clock", action, resolve);
  });
}

/** An action that is not answered by then may have happened or not: the desk's news will tell. */
const actPatienceMs = 10_000;

/** Acts in the room: alarms, commands, queues. Answers when it is durable; what came of it is on the screen when `deskN` has reached its number. */
export async function act(action: RoomAction): Promise<Result<Acted>> {
  if (!socket.connected) return down();
  try {
    return await socket.timeout(actPatienceMs).emitWithAck("act", action);
  } catch {
    return refuse(t("서버가 답하지 않았습니다. 일지를 보고 다시 하십시오.", "The server did not answer. Look at the journal before trying again."));
  }
}
