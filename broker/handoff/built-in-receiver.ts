import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";
import type { Logger } from "pino";
import { z } from "zod";
import { builtInReceiver, type Handoff, type LinkId, linkIds } from "../../shared/links.ts";
import type { ReceiptBody } from "../../shared/receipt.ts";
import { receiptPath } from "./link-event.ts";
import { checkSignature, signed } from "./signature.ts";
import { within } from "./within.ts";

/**
 * The built-in receiver (demonstration): plays the other side of the five links, so that a hand-over can be shown from end to end. It is nobody. It says
 * so in every answer and note, takes exercises alone, and listens on the loopback address only.
 */
export interface BuiltInReceiver {
  url(link: LinkId): string;
  /** The console has opened: from now on it is told what comes of hand-overs. */
  answerTo(console: string): void;
  /** What it had taken in before the process ended: goes on with these. */
  resume(handoffs: readonly Pick<Handoff, "id" | "to" | "state">[]): void;
  close(): Promise<void>;
}
export interface BuiltInReceiverParts {
  readonly secret: string;
  readonly log: Logger;
  /** Multiplies the delays; a test is quicker than a crew. */
  readonly pace?: number;
}

type Step = Pick<ReceiptBody, "state"> & { readonly after: number; readonly ko: string; readonly en: string };
/** Seconds after it was received, by kind of link: the same in every demonstration. */
const courses: Readonly<Record<LinkId, readonly Step[]>> = {
  "video-112": steps(3, 60, "영상 열람", "watches the video"),
  "dispatch-112": steps(8, 90, "순찰차 출동", "a patrol car is on its way"),
  "dispatch-119": steps(6, 120, "구급·소방 출동", "a crew is on its way"),
  disaster: steps(15, 180, "상황판단회의 소집", "the situation meeting is called"),
  vulnerable: steps(20, 240, "담당자 출발", "a care worker is on the way"),
};
function steps(dispatched: number, closed: number, ko: string, en: string): readonly Step[] {
  return [
    { state: "dispatched", after: dispatched, ko, en },
    { state: "closed", after: closed, ko: "상황 종료", en: "closed" },
  ];
}

const eventSchema = z.looseObject({
  specversion: z.literal("1.0"),
  id: z.string().min(1).max(400),
  type: z.literal("gwanje.alarm.handed-over.exercise"),
  exercise: z.literal(true),
});
const name = `${builtInReceiver.ko} · ${builtInReceiver.en}`;
const answerTries = 5;
const remembered = 2000;

export async function startBuiltInReceiver({ secret, log, pace = 1 }: BuiltInReceiverParts): Promise<BuiltInReceiver> {
  const taken = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  const end = new AbortController();
  let console = "";
  let forgotten = 0;
  /** Said before anybody listened. */
  const unsaid: (() => void)[] = [];

  function later(seconds: number, work: () => void): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        work();
      },
      seconds * 1000 * pace,
    );
    timers.add(timer);
  }
  async function say(link: LinkId, receipt: ReceiptBody, tried = 1): Promise<void> {
    const body = JSON.stringify(receipt);
    const headers = { "content-type": "application/json; charset=utf-8", ...signed(secret, `${receipt.id}:${receipt.state}`, body, Date.now()) };
    const answer = await within(10_000, end.signal, (signal) =>
      fetch(new URL(receiptPath(link), console), { method: "POST", headers, body, signal }),
    ).catch((cause: unknown) => cause);
    if (end.signal.aborted) return;
    if (answer instanceof Response) await answer.body?.cancel();
    if (answer instanceof Response && answer.status < 500) {
      // it is followed after the city was reset as well, and the room has forgotten it with the run
      if (answer.status === 404) forgotten++;
      else if (!answer.ok) log.warn({ link, id: receipt.id, status: answer.status }, "the room did not take a receipt of the built-in receiver");
    } else if (tried < answerTries) later(2 ** tried, () => void say(link, receipt, tried + 1));
    else log.warn({ link, id: receipt.id }, "the room cannot be reached by the built-in receiver");
  }
  function follow(link: LinkId, id: string, done: Handoff["state"]): void {
    taken.add(id);
    for (const old of taken) {
      if (taken.size <= remembered) break;
      taken.delete(old);
    }
    for (const { state, after, ko, en } of courses[link]) {
      if (done === state) continue;
      later(after, () => {
        const tell = (): void => void say(link, { id, state, note: `${name}: ${ko} · ${en}` });
        if (console === "") unsaid.push(tell);
        else tell();
      });
    }
  }

  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set("server", "gwanje-built-in-receiver (demonstration; not a real service)");
    next();
  });
  app.post("/links/:link", express.text({ type: "*/*", limit: "256kb" }), (request, response) => {
    const link = linkIds.find((id) => id === request.params.link);
    const refuse = (status: number, reason: string): void => void response.status(status).type("text/plain").send(`${name}: ${reason}`);
    if (link === undefined) return refuse(404, "no such link");
    const body = typeof request.body === "string" ? request.body : "";
    const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
    const genuine = checkSignature(secret, headers, body);
    if (!genuine.ok) return refuse(401, genuine.reason);
    const event = eventSchema.safeParse(jsonOf(body));
    if (!event.success)
      return refuse(
        422,
        "only exercises end here; a real alarm needs a real receiver: call the service (실제 상황이면 해당 기관에 직접 전화하십시오)",
      );
    if (!taken.has(event.data.id)) follow(link, event.data.id, "received");
    response.status(202).json({ receiver: name, real: false });
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    url: (link) => `http://127.0.0.1:${port}/links/${link}`,
    answerTo(address) {
      console = address;
      for (const tell of unsaid.splice(0)) tell();
    },
    resume(handoffs) {
      for (const { id, to, state } of handoffs) if (!taken.has(id)) follow(to, id, state);
    },
    async close() {
      if (forgotten > 0) log.info({ receipts: forgotten }, "the built-in receiver answered hand-overs of runs that are gone");
      end.abort();
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
