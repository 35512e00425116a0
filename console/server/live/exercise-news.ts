import type { Server } from "socket.io";
import { type Actor, may } from "../../../shared/roles.ts";
import { runGoesOn, type ScenarioPort, type ScenarioRun } from "../../../shared/scenario/scenario-port.ts";
import type { ClientToServer, ServerToClient } from "../../../shared/socket-events.ts";
import type { LiveSocket } from "./on-event.ts";

type Everybody = Pick<Server<ClientToServer, ServerToClient>, "emit" | "to">;

/** What is told of scenarios: to everybody that there is an exercise, to those who play them their runs. */
export interface ExerciseNews {
  /** What has changed since the last time. */
  tell(io: Everybody, at: number): void;
  /** To a newcomer: of runs those that go on; the others are asked for by whoever looks at them. */
  greet(socket: LiveSocket): void;
  close(): void;
}

/** Room of the sockets that hear of runs. */
const runsRoom = "runs";
const hearsRuns = ({ role }: Actor): boolean => may(role, "inject") || may(role, "clock");
/** A run with its truths may be some 100 kB. */
const leastMs = 1000;

export function createExerciseNews(scenarios: ScenarioPort | undefined): ExerciseNews {
  let changed = false;
  let told = String([false, false]);
  const now = (): readonly [boolean, boolean] => [scenarios?.exercise() ?? false, scenarios?.seeks() ?? false];
  let toldAt = Number.NEGATIVE_INFINITY;
  const known = new Map<string, { readonly run: ScenarioRun; readonly text: string }>();
  const stop = scenarios?.onChange(() => {
    changed = true;
  });
  function fresh(): readonly ScenarioRun[] {
    const all = scenarios?.runs() ?? [];
    const news = all.filter((run) => {
      const before = known.get(run.id);
      if (before?.run === run) return false;
      const text = JSON.stringify(run);
      known.set(run.id, { run, text });
      return before?.text !== text;
    });
    for (const id of known.keys()) if (!all.some((run) => run.id === id)) known.delete(id);
    return news;
  }
  return {
    tell(io, at) {
      if (!changed || at - toldAt < leastMs) return;
      changed = false;
      toldAt = at;
      const news = now();
      if (String(news) !== told) io.emit("exercise", ...news);
      told = String(news);
      const runs = fresh();
      if (runs.length > 0) io.to(runsRoom).emit("runs", runs);
    },
    greet(socket) {
      socket.emit("exercise", ...now());
      if (!hearsRuns(socket.data.actor)) return;
      void socket.join(runsRoom);
      const runs = (scenarios?.runs() ?? []).filter(({ state }) => runGoesOn(state));
      if (runs.length > 0) socket.emit("runs", runs);
    },
    close: () => stop?.(),
  };
}
