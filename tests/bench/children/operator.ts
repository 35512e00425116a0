import { io, type Socket } from "socket.io-client";
import type { Alarm } from "../../../shared/alarm.ts";
import type { ClientToServer, ServerToClient } from "../../../shared/socket-events.ts";
import { answerParent } from "../child.ts";
import { createDurations, monotonicMs, type Percentiles } from "../monotonic.ts";
import type { Addresses } from "./chain.ts";

/** A person without a screen: hears the desk as a console does, and acknowledges what came last. */
const alarms = new Map<string, Alarm>();
let flood: { readonly since: number | null; readonly lastTenMinutes: number } = { since: null, lastTenMinutes: 0 };
let floodsBegun = 0;
const answered = createDurations();
const shown = createDurations();
const waiting = new Map<string, number>();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let working = false;

/** Of one stretch of work: until the answer came, and until the list showed it. */
export interface OperatorActs {
  readonly answered: Percentiles;
  readonly shown: Percentiles;
}

function hear(rows: readonly Alarm[], level: typeof flood): void {
  for (const alarm of rows) {
    alarms.set(alarm.id, alarm);
    const since = waiting.get(alarm.id);
    if (since === undefined || !alarm.acked) continue;
    waiting.delete(alarm.id);
    shown.add(monotonicMs() - since);
  }
  if (flood.since === null && level.since !== null) floodsBegun += 1;
  flood = level;
}
async function acknowledge(http: string, token: string, { id, occurrence }: Alarm): Promise<void> {
  const began = monotonicMs();
  waiting.set(id, began);
  const answer = await fetch(`${http}/api/v1/alarms/${id}/acknowledge`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ occurrence }),
  });
  await answer.arrayBuffer();
  answered.add(monotonicMs() - began);
  if (!answer.ok) throw new Error(`acknowledging ${id} was answered with ${answer.status}`);
}

const answers = {
  come({ http, token }: Addresses): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket: Socket<ServerToClient, ClientToServer> = io(http, { transports: ["websocket"], auth: { token }, reconnection: false });
      socket.on("connect_error", reject);
      socket.on("snapshot", ({ desk }) => {
        hear(desk.alarms, desk.flood);
        resolve();
      });
      socket.on("desk", (news) => hear(news.alarms, news.flood));
    });
  },
  /** Five times a second, until it is told to stop, the newest that nobody has acknowledged. */
  async work({ http, token }: Addresses): Promise<void> {
    working = true;
    while (working) {
      const newest = [...alarms.values()].reverse().find(({ id, acked, active }) => active && !acked && !waiting.has(id));
      if (newest !== undefined) await acknowledge(http, token, newest);
      await pause(200);
    }
  },
  stop(): OperatorActs {
    working = false;
    return { answered: answered.take(), shown: shown.take() };
  },
  seen: () => ({
    raised: alarms.size,
    active: [...alarms.values()].filter(({ active }) => active).length,
    flood,
    floodsBegun,
  }),
};
export type OperatorProcess = typeof answers;
answerParent(answers);
