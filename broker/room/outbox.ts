import type { Logger } from "pino";
import type { Alarm } from "../../shared/alarm.ts";
import type { RoomNews } from "../../shared/room-port.ts";
import { alarmTopic } from "../../shared/topics.ts";
import { createCommandSender } from "../commands/command-sender.ts";
import type { Room } from "./room.ts";

export interface OutboxParts {
  readonly city: string;
  readonly room: Room;
  readonly publish: (topic: string, payload: string, options: { retain: boolean }) => void;
  readonly tell: (news: RoomNews) => void;
  /** Somebody else's broker is down. */
  readonly away: () => boolean;
  /** Calls with ids of devices that have come back, or say of themselves what they are. */
  readonly onBack: (listener: (devices: readonly string[]) => void) => void;
  /** Hand-overs may have to be carried. */
  readonly carry: () => void;
  readonly log: Logger;
}

/** 20 Hz at most: browsers hear no more often, and a flood of alarms is a few pieces of news. */
const everyMs = 50;

/** What the room has to say to the outside: open alarms retained on MQTT, commands to devices, hand-overs to the other side, news to whoever watches. Returns the way to stop. */
export function startOutbox({ city, room, publish, tell, away, onBack, carry, log }: OutboxParts): () => void {
  const announce = (alarm: Alarm): void => publish(alarmTopic(city, alarm.id), alarm.state === "A" ? "" : JSON.stringify(alarm), { retain: true });
  // our broker's memory of retained messages ends with the process
  for (const alarm of room.alarms()) announce(alarm);
  // what closed shortly before a kill is still retained by somebody else's broker
  for (const alarm of room.news()?.alarms ?? []) if (alarm.state === "A") announce(alarm);
  const sender = createCommandSender({ city, unheard: room.commands.unheard, late: room.late, publish, away });
  onBack(sender.again);
  function tellNews(): void {
    const news = room.news();
    if (news === undefined) return;
    for (const alarm of news.alarms) announce(alarm);
    tell(news);
  }
  function guarded(turn: () => void): void {
    try {
      turn();
    } catch (cause) {
      log.error({ err: cause }, "the room's news could not be told");
    }
  }
  const timer = setInterval(
    () =>
      guarded(() => {
        sender.look(performance.now());
        carry();
        tellNews();
      }),
    everyMs,
  );
  return () => {
    clearInterval(timer);
    // the checkpoint of the end holds it as told
    guarded(tellNews);
  };
}
