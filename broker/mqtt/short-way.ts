import type { Duplex } from "node:stream";
import type { Client } from "aedes";
import type { Take } from "./door.ts";
import { readPublish } from "./frames.ts";
import type { ShortWay } from "./guarded-stream.ts";

/** So much of one connection is on its way to the log; behind it the socket, and then the device, waits. */
const mostUnderWay = 256 * 1024;

export interface ShortWayParts {
  /** The gateway may say it, and nobody else is to hear it. */
  readonly may: (topic: string) => boolean;
  readonly take: Take;
  readonly puback: (client: Client, id: number) => void;
}

/**
 * A gateway's PUBLISH straight from the socket's bytes to the log. Its own parser, queue and routing cost a general broker twice as much as everything that the
 * product does with a reading ([why](../../docs/decisions/0022-short-way.md)). What is not plain goes through aedes, with the same checks at the door.
 */
export function createShortWay(client: Client, gateway: string, { may, take, puback }: ShortWayParts): ShortWay {
  const stream = client.conn as Duplex;
  let underWay = 0;
  let held = false;

  function arrived(bytes: number): void {
    underWay -= bytes;
    if (!held || underWay >= mostUnderWay / 2) return;
    held = false;
    // not within the log's own turn
    setImmediate(() => stream.emit("readable"));
  }

  return {
    take(data, at, body, end) {
      const said = readPublish(data, at, body, end);
      if (said === undefined || !may(said.topic)) return false;
      const bytes = end - at;
      underWay += bytes;
      const { id } = said;
      take({ user: gateway, topic: said.topic, payload: data.subarray(said.payload, end) }, () => {
        if (id !== 0) puback(client, id);
        arrived(bytes);
      });
      return true;
    },
    full() {
      held ||= underWay >= mostUnderWay;
      return held;
    },
  };
}
