import type { Logger } from "pino";
import type { Alarm } from "../../shared/alarm.ts";
import type { RoomNews } from "../../shared/room-port.ts";
import { alarmTopic } from "../../shared/topics.ts";
import type { Room } from "./room.ts";

export interface OutboxParts {
  readonly city: string;
  readonly room: Room;
  readonly publish: (topic: string, payload: string, options: { retain: boolean }) => void;
  readonly tell: (news: RoomNews) => void;
  readonly log: Logger;
}

/** 20 Hz at most: browsers hear no more often, and a flood of alarms is a few pieces of news. */
const everyMs = 50;

/** What the room has to say to the outside: open alarms retained on MQTT, news to whoever watches. Returns the way to stop. */
export function startOutbox({ city, room, publish, tell, log }: OutboxParts): () => void {
  const announce = (alarm: Alarm): void => publish(alarmTopic(city, alarm.id), alarm.state === "A" ? "" : JSON.stringify(alarm), { retain: true });
  // our broker's memory of retained messages ends with the process
  for (const alarm of room.alarms()) announce(alarm);
  room.news();
  const timer = setInterval(() => {
    try {
      const news = room.news();
      if (news === undefined) return;
      for (const alarm of news.alarms) announce(alarm);
      tell(news);
    } catch (cause) {
      log.error({ err: cause }, "the room's news could not be told");
    }
  }, everyMs);
  return () => clearInterval(timer);
}
