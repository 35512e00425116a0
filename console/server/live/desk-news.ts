import type { Alarm, JournalLine } from "../../../shared/alarm.ts";
import type { Room } from "../../../shared/city-port.ts";
import type { RoomNews, RoomPort } from "../../../shared/room-port.ts";
import { type CareMarks, withoutCareTies } from "../care-marks.ts";

/** What changed on the desk since the last tick, by room: of every row only the newest, of the journal every line. */
export interface DeskNews {
  /** Who has the `care` right is in both rooms and hears the public one first. */
  take(): readonly { readonly room: Room; readonly told: RoomNews }[];
  close(): void;
}

type Lists = Omit<RoomNews, "n" | "flood">;
const newest = <T>(key: (row: T) => string) => {
  const rows = new Map<string, T>();
  return {
    add(all: readonly T[]) {
      for (const row of all) rows.set(key(row), row);
    },
    take(): T[] {
      const all = [...rows.values()];
      rows.clear();
      return all;
    },
  };
};
const byId = <T extends { readonly id: string }>() => newest<T>(({ id }) => id);

export function createDeskNews(room: RoomPort, marks: CareMarks): DeskNews {
  const alarms = byId<Alarm>();
  const items = byId<RoomNews["items"][number]>();
  const commands = byId<RoomNews["commands"][number]>();
  const responses = byId<RoomNews["responses"][number]>();
  const handoffs = byId<RoomNews["handoffs"][number]>();
  const advice = newest<RoomNews["advice"][number]>(({ device }) => device);
  let lines: JournalLine[] = [];
  let latest: Pick<RoomNews, "n" | "flood"> | undefined;
  let flood = "";
  const stop = room.onNews((news) => {
    alarms.add(news.alarms);
    items.add(news.items);
    commands.add(news.commands);
    responses.add(news.responses);
    handoffs.add(news.handoffs);
    advice.add(news.advice);
    lines.push(...news.lines);
    latest = { n: news.n, flood: news.flood };
  });

  return {
    take() {
      if (latest === undefined) return [];
      const { n, flood: level } = latest;
      const all: Lists = {
        ...{ alarms: alarms.take(), lines, items: items.take(), commands: commands.take() },
        ...{ responses: responses.take(), handoffs: handoffs.take(), advice: advice.take() },
      };
      lines = [];
      latest = undefined;
      const risen = flood !== JSON.stringify(level);
      flood = JSON.stringify(level);
      const told: { room: Room; lists: Lists }[] = [
        { room: "public", lists: publicOf(all, marks) },
        { room: "care", lists: careOf(all, marks) },
      ];
      return told
        .filter(({ room: to, lists }) => (to === "public" && risen) || Object.values(lists).some((rows) => rows.length > 0))
        .map(({ room: to, lists }) => ({ room: to, told: { n, ...lists, flood: level } }));
    },
    close: stop,
  };
}

function publicOf(all: Lists, marks: CareMarks): Lists {
  const open = <T extends { readonly service: string }>(rows: readonly T[]) => rows.filter(({ service }) => !marks.service(service));
  return {
    alarms: open(all.alarms).map((alarm) => withoutCareTies(alarm, marks)),
    lines: all.lines.filter((line) => !marks.line(line)),
    items: open(all.items),
    commands: open(all.commands),
    responses: open(all.responses),
    handoffs: open(all.handoffs),
    advice: all.advice.filter(({ device }) => !marks.device(device)),
  };
}

/** What the public does not hear, and public alarms whole, where the public hears them without their ties. */
function careOf(all: Lists, marks: CareMarks): Lists {
  const own = <T extends { readonly service: string }>(rows: readonly T[]) => rows.filter(({ service }) => marks.service(service));
  return {
    alarms: all.alarms.filter((alarm) => marks.service(alarm.service) || withoutCareTies(alarm, marks) !== alarm),
    lines: all.lines.filter(marks.line),
    items: own(all.items),
    commands: own(all.commands),
    responses: own(all.responses),
    handoffs: own(all.handoffs),
    advice: all.advice.filter(({ device }) => marks.device(device)),
  };
}
