import { randomUUID } from "node:crypto";
import { type Result, refuse } from "../../shared/result.ts";
import type { Acted } from "../../shared/room-action.ts";
import type { RoomNews, RoomPort } from "../../shared/room-port.ts";
import { roomTopic } from "../../shared/topics.ts";
import type { Incoming } from "../mqtt/door.ts";
import type { Room } from "./room.ts";
import { actPayload } from "./room-records.ts";

export interface RoomPortParts {
  readonly city: string;
  readonly room: Room;
  /** Into the log; `done` when it is durable and has been taken in its turn. */
  readonly take: (message: Incoming, done: () => void) => void;
  /** Why the log takes nothing at present. */
  readonly trouble: () => string | undefined;
}

export interface RoomDesk {
  readonly port: RoomPort;
  /** What came of an action that stands in the log. */
  acted(id: string, result: Result<Acted>): void;
  tell(news: RoomNews): void;
}

const noScore = { from: 0, to: 0, hours: 0, rate: 0, judged: false };

export function createRoomPort({ city, room, take, trouble }: RoomPortParts): RoomDesk {
  const results = new Map<string, Result<Acted>>();
  const listeners = new Set<(news: RoomNews) => void>();
  const mine = new Set<string>();
  const port: RoomPort = {
    alarms: room.alarms,
    alarm: room.alarm,
    journal: room.journal,
    score: () => ({
      ...noScore,
      perTenMinutes: { now: 0, mean: 0, peak: 0, peakAt: null },
      flood: { share: 0, times: [] },
      top: { share: 0, list: [] },
      chattering: [],
      fleeting: [],
      stale: [],
      split: { 1: 0, 2: 0, 3: 0, 4: 0 },
      standing: 0,
      shelved: 0,
      suppressed: 0,
      outOfService: 0,
      toAcknowledge: { city: null, wall: null, count: 0 },
      maintenance: { raised: 0, standing: 0 },
      byService: {},
    }),
    flood: () => ({ since: null, lastTenMinutes: 0 }),
    items: () => [],
    commands: () => [],
    command: () => undefined,
    responses: () => [],
    handoffs: () => [],
    advice: () => [],
    cap: () => undefined,
    act(action, by) {
      const broken = trouble();
      if (broken !== undefined) return Promise.resolve(refuse(`nothing can be done while the log takes nothing: ${broken}`));
      const id = randomUUID();
      mine.add(id);
      return new Promise((resolve) => {
        take({ user: "", topic: roomTopic(city, "act"), payload: actPayload(id, by, action) }, () => {
          resolve(results.get(id) ?? refuse("the room did not answer"));
          results.delete(id);
          mine.delete(id);
        });
      });
    },
    onNews(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    port,
    acted(id, result) {
      if (mine.has(id)) results.set(id, result);
    },
    tell(news) {
      for (const listener of listeners) listener(news);
    },
  };
}
