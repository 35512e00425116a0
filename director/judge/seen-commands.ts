import type { JournalLine } from "../../shared/alarm.ts";
import type { CommandSeen } from "./evidence.ts";

/** Commands by their lines in the journal, which forgets none: the room's own list is short, and an adviser fills it within hours. */
export interface SeenCommands {
  /** A line that concerns none is passed over. */
  take(line: JournalLine): void;
  /** Oldest first. */
  list(): readonly CommandSeen[];
}

export function createSeenCommands(from: number): SeenCommands {
  const known = new Map<string, CommandSeen>();
  return {
    take({ what, x, service, device, t, at, alarm, before, after }) {
      if (what !== "command" || x?.command === undefined) return;
      const id = String(x.command);
      const one = known.get(id);
      if (one !== undefined) {
        if (after === "confirmed") known.set(id, { ...one, confirmedAt: t });
      } else if (before === null && service !== null && device !== null && t >= from)
        known.set(id, { id, op: String(x.op ?? ""), service, device, t, at, alarm, confirmedAt: null });
    },
    list: () => [...known.values()],
  };
}
