import { Counter, Gauge, type Registry } from "prom-client";
import { type Command, type CommandState, commandStates } from "../../shared/command.ts";
import type { RoomPort } from "../../shared/room-port.ts";

/** So many newest commands are remembered, or one that is told of twice would count twice. */
const remembered = 10_000;

/** Figures of the room, over all services alike: they name no device. Returns the way to stop listening. */
export function addRoomMetrics(room: RoomPort, registry: Registry): () => void {
  const registers = [registry];
  new Gauge({
    name: "gwanje_alarms",
    help: "Alarms that are in a list, by state (IEC 62682 letter), priority and class",
    labelNames: ["state", "priority", "class"],
    registers,
    collect() {
      this.reset();
      for (const { state, priority, class: kind } of room.alarms()) this.inc({ state, priority, class: kind });
    },
  });
  new Counter({
    name: "gwanje_journal_lines_total",
    help: "Lines of the journal of alarms and actions",
    registers,
    collect() {
      this.reset();
      this.inc(room.journal({ limit: 1 }).at(-1)?.n ?? 0);
    },
  });
  new Gauge({
    name: "gwanje_alarm_flood",
    help: "1 while the room is flooded with alarms (ISA-18.2: more than 10 within 10 minutes, until fewer than 5)",
    registers,
    collect() {
      this.set(room.flood().since === null ? 0 : 1);
    },
  });
  new Gauge({
    name: "gwanje_alarms_last_10_minutes",
    help: "Operations alarms annunciated within 10 minutes of event time",
    registers,
    collect() {
      this.set(room.flood().lastTenMinutes);
    },
  });
  const commands = new Counter({
    name: "gwanje_commands_total",
    help: "Commands that came into a state since this process began; each begins as pending",
    labelNames: ["state"],
    registers,
  });
  for (const state of commandStates) commands.inc({ state }, 0);
  const states = new Map<string, CommandState>();
  const count = ({ id, state }: Command): void => {
    const before = states.get(id);
    if (before === state) return;
    if (before === undefined && state !== "pending") commands.inc({ state: "pending" });
    commands.inc({ state });
    states.delete(id);
    states.set(id, state);
    const oldest = states.size > remembered ? states.keys().next().value : undefined;
    if (oldest !== undefined) states.delete(oldest);
  };
  for (const { id, state } of room.commands({ limit: remembered })) states.set(id, state);
  return room.onNews((news) => news.commands.forEach(count));
}
