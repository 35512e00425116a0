import { randomUUID } from "node:crypto";
import { Socket } from "node:net";
import { connect } from "mqtt";
import type { Logger } from "pino";
import { z } from "zod";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { SimAnswer, SimAsk } from "../shared/scenario/sim-ask.ts";
import { simAnswerSchema } from "../shared/scenario/sim-ask.ts";
import { type Truth, truthSchema } from "../shared/scenario/truth.ts";
import { simAckTopic, simSetTopic, truthTopic } from "../shared/topics.ts";

export interface SimLineOptions {
  readonly host: string;
  readonly port: number;
  readonly city: string;
  readonly account: { readonly username: string; readonly password: string };
  readonly onTruth: (run: string, truth: Truth) => void;
  /** It listens again after it was down: something may have been missed. */
  readonly onAgain: () => void;
  readonly log: Logger;
}
/** The director's own connection: asks the simulator, hears its answers and what is true. */
export interface SimLine {
  /**
   * Resolves with the answer's data. What is asked while the line is down is sent when it is up again. What was on its way when it went down is refused at
   * once, for nobody knows whether it was heard; but what is to end is asked again, which does no harm.
   */
  ask(ask: SimAsk): Promise<Result<unknown>>;
  close(): Promise<void>;
}

interface Waiting {
  readonly ask: SimAsk;
  /** Of its message; null: it waits for the line. */
  sent: number | null;
  finish(answer: Result<unknown>): void;
}

/** A fork lives through a night, which takes minutes on a slow machine. */
const answerMs = 600_000;

export function openSimLine({ host, port, city, account, onTruth, onAgain, log }: SimLineOptions): SimLine {
  const client = connect({
    protocol: "mqtt",
    host,
    port,
    protocolVersion: 4,
    clientId: "director",
    ...account,
    clean: true,
    keepalive: 30,
    reconnectPeriod: 500,
  });
  const waiting = new Map<string, Waiting>();
  const topics = [simAckTopic(city), truthTopic(city, "+")];
  let up = false;
  let closed = false;
  let before = false;

  const heard = (topic: string, payload: Buffer): void => {
    const said = jsonOf(payload);
    if (topic === simAckTopic(city)) {
      const answer = simAnswerSchema.safeParse(said);
      if (answer.success) settle(answer.data);
      else log.warn({ payload: payload.toString().slice(0, 200) }, "an answer of the simulator was not understood");
      return;
    }
    const run = topic.split("/")[4] ?? "";
    const truth = truthSchema.safeParse(said);
    if (truth.success) onTruth(run, truth.data);
    else log.warn({ topic, why: z.prettifyError(truth.error) }, "a truth was not understood");
  };
  const settle = ({ id, ok: fine, reason, data }: SimAnswer): void =>
    waiting.get(id)?.finish(fine ? ok(data) : refuse(reason ?? "the simulator refused"));

  function send(id: string, one: Waiting): void {
    client
      .publishAsync(simSetTopic(city), JSON.stringify({ id, ask: one.ask }), { qos: 1 })
      .catch((cause: unknown) => one.sent !== null && one.finish(refuse(`the simulator could not be asked: ${String(cause)}`)));
    one.sent = client.getLastMessageId();
  }
  function listens(): void {
    up = true;
    for (const [id, one] of waiting) send(id, one);
    if (before) onAgain();
    before = true;
  }
  function down(): void {
    up = false;
    for (const one of [...waiting.values()]) {
      const { sent } = one;
      if (sent === null) continue;
      one.sent = null;
      if (!("clear" in one.ask)) one.finish(refuse("the line to the simulator went down: nobody knows whether it was heard"));
      // else it would be said a second time by the client itself
      client.removeOutgoingMessage(sent);
    }
  }

  client.on("connect", () => {
    // an ask right behind an acknowledgement would wait 40 ms for TCP's
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    // a clean session forgets what it listens to
    client.subscribeAsync(topics, { qos: 1 }).then(listens, () => undefined);
  });
  client.on("close", down);
  client.on("error", (error) => log.warn({ reason: error.message }, "the line to the simulator"));
  client.on("message", heard);

  return {
    ask: (ask) =>
      new Promise<Result<unknown>>((resolve) => {
        if (closed) return resolve(refuse("the director is closing"));
        const id = randomUUID();
        const timer = setTimeout(() => finish(refuse("the simulator did not answer")), answerMs);
        const finish = (answer: Result<unknown>): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answer);
        };
        const one: Waiting = { ask, sent: null, finish };
        waiting.set(id, one);
        if (up) send(id, one);
      }),
    async close() {
      closed = true;
      for (const { finish } of [...waiting.values()]) finish(refuse("the director is closing"));
      await client.endAsync(true);
    },
  };
}

function jsonOf(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}
