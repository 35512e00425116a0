import type { ChronicleLine, DeviceRow, LiveFeed, Room } from "../../../shared/city-port.ts";
import type { CityClock } from "../../../shared/clock.ts";

/** What was announced since the last tick, by room; of clock and device rows only the newest. */
export interface News {
  take(): {
    /** undefined: nothing new; null: there is no clock any more. */
    readonly clock: CityClock | null | undefined;
    readonly devices: readonly { readonly room: Room; readonly rows: readonly DeviceRow[] }[];
    readonly chronicle: readonly { readonly room: Room; readonly lines: readonly ChronicleLine[] }[];
  };
  close(): void;
}

const rooms: readonly Room[] = ["public", "care"];

export function createNews(feed: LiveFeed, roomOfService: (service: string) => Room): News {
  let clock: CityClock | null | undefined;
  let rows = new Map<string, DeviceRow>();
  let lines: ChronicleLine[] = [];
  const stops = [
    feed.onClock((next) => {
      clock = next ?? null;
    }),
    feed.onDevices((changed) => {
      for (const row of changed) rows.set(row.id, row);
    }),
    feed.onChronicle((fresh) => {
      lines.push(...fresh);
    }),
  ];
  const ofRoom = <T extends { service: string }>(items: readonly T[], room: Room) => items.filter((item) => roomOfService(item.service) === room);
  return {
    take() {
      const devices = rooms.map((room) => ({ room, rows: ofRoom([...rows.values()], room) })).filter((one) => one.rows.length > 0);
      const chronicle = rooms.map((room) => ({ room, lines: ofRoom(lines, room) })).filter((one) => one.lines.length > 0);
      const taken = { clock, devices, chronicle };
      clock = undefined;
      rows = new Map();
      lines = [];
      return taken;
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
