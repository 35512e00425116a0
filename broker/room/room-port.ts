import { randomUUID } from "node:crypto";
import { type Result, refuse } from "../../shared/result.ts";
import type { Acted } from "../../shared/room-action.ts";
import type { RoomNews, RoomPort } from "../../shared/room-port.ts";
import { roomTopic } from "../../shared/topics.ts";
import { capDocument } from "../cap/cap-feed.ts";
import type { CapPlan } from "../cap/cap-xml.ts";
import type { ReceiptDesk } from "../handoff/receipt-desk.ts";
import type { Incoming } from "../mqtt/door.ts";
import type { Room } from "./room.ts";
import { actPayload } from "./room-records.ts";

export interface RoomPortParts {
  readonly plan: CapPlan;
  readonly room: Room;
  readonly receipt: ReceiptDesk["receipt"];
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

/** It stands in the log: a replay does it in its turn. */
const unanswered = (broken: string | undefined): string =>
  broken === undefined
    ? "the room did not answer"
    : `the room has stopped: ${broken}; what was asked stands in the log, and is done when it starts again`;

export function createRoomPort({ plan, room, receipt, take, trouble }: RoomPortParts): RoomDesk {
  const results = new Map<string, Result<Acted>>();
  const listeners = new Set<(news: RoomNews) => void>();
  const mine = new Set<string>();
  const port: RoomPort = {
    alarms: room.alarms,
    alarm: room.alarm,
    journal: room.journal,
    score: room.score,
    flood: room.flood,
    items: room.followUp.items,
    commands: room.commands.list,
    command: room.commands.one,
    responses: room.responses,
    handoffs: room.followUp.handoffs,
    receipt,
    advice: room.advice,
    learned: room.learned,
    cap: (id) => capDocument(room.followUp.messages(), plan, id),
    act(action, by) {
      const broken = trouble();
      if (broken !== undefined) return Promise.resolve(refuse(`nothing can be done while the log takes nothing: ${broken}`));
      const id = randomUUID();
      mine.add(id);
      return new Promise((resolve) => {
        take({ user: "", topic: roomTopic(plan.id, "act"), payload: actPayload(id, by, action) }, () => {
          resolve(results.get(id) ?? refuse(unanswered(trouble())));
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
