import type { Client } from "aedes";
import type { Take } from "./door.ts";
import { readPublish } from "./frames.ts";
import type { ShortWay } from "./sieve.ts";

/** So much of one connection is on its way to the log; behind it the socket, and then the device, waits. */
const mostUnderWay = 256 * 1024;

export interface ShortWayParts {
  /** The gateway may say it, and nobody else is to hear it. */
  readonly alone: (topic: string) => boolean;
  readonly take: Take;
  readonly puback: (client: Client, id: number) => void;
}

/**
 * A gateway's PUBLISH straight from the socket's bytes to the log. Its own parser, queue and routing cost a general broker twice as much as everything that the
 * product does with a reading (docs/decisions/0022). What is not plain goes through aedes, with the same checks at the door.
 */
export function createShortWay(client: Client, gateway: string, { alone, take, puback }: ShortWayParts): ShortWay {
  const topicAt = createTopicReader();
  let underWay = 0;
  let roomy: (() => void) | undefined;

  function arrived(bytes: number): void {
    underWay -= bytes;
    if (roomy === undefined || underWay >= mostUnderWay / 2) return;
    roomy();
    roomy = undefined;
  }

  return {
    take(data, at, body, end) {
      const said = readPublish(data, at, body, end);
      if (said === undefined) return false;
      const topic = topicAt(data, body + 2, said.topicEnd);
      if (!alone(topic)) return false;
      const bytes = end - at;
      underWay += bytes;
      const { id } = said;
      take({ user: gateway, topic, payload: data.subarray(said.payload, end) }, () => {
        if (id !== 0) puback(client, id);
        arrived(bytes);
      });
      return true;
    },
    full: () => underWay >= mostUnderWay,
    onRoom(listener) {
      roomy = listener;
    },
  };
}

/** A gateway says the same topic again and again: it is one string, whose hash is known. */
function createTopicReader(): (data: Buffer, from: number, to: number) => string {
  let last = "";
  return (data, from, to) => {
    const topic = data.toString("utf8", from, to);
    if (topic !== last) last = topic;
    return last;
  };
}
