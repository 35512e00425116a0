import type { FloodState } from "../../shared/alarm.ts";
import type { RoomNews } from "../../shared/room-port.ts";
import type { Adviser } from "../adviser/adviser.ts";
import type { Desk } from "../alarms/desk/desk.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Control } from "../commands/control.ts";
import type { FollowUp } from "./follow-up.ts";

export interface NewsParts {
  readonly desk: Desk;
  readonly control: Control;
  readonly followUp: FollowUp;
  readonly adviser: Adviser;
  readonly journal: Journal;
  flood(): FloodState;
}

/** Lines of one piece of news; what is beyond is asked for by number. */
const linesAtOnce = 5000;

/** What changed in the room since the last call; undefined = nothing. */
export function createNews({ desk, control, followUp, adviser, journal, flood }: NewsParts) {
  let told = journal.newest();
  let flooded: FloodState = { since: null, lastTenMinutes: 0 };
  return {
    take(): RoomNews | undefined {
      const alarms = desk.changed();
      const [{ commands, responses } = { commands: [], responses: [] }] = control.changed();
      const [{ items, handoffs } = { items: [], handoffs: [] }] = followUp.changed();
      const advice = adviser.changed();
      const n = journal.newest();
      const now = flood();
      const calm = now.since === flooded.since && now.lastTenMinutes === flooded.lastTenMinutes;
      const changes = alarms.length + commands.length + responses.length + items.length + handoffs.length + advice.length;
      if (changes === 0 && n === told && calm) return undefined;
      const lines = journal.lines({ after: told, limit: linesAtOnce });
      flooded = now;
      told = n;
      return { n, alarms, lines, items, commands, responses, handoffs, advice, flood: now };
    },
    /** What was known before is no news. */
    restart(): void {
      told = journal.newest();
    },
  };
}
