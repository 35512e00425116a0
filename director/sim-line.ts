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
  readonly log: Logger;
}
/** The director's own connection: asks the simulator, hears its answers and what is true. */
export interface SimLine {
  /** Resolves with the answer's data. What is asked while the line is down is sent when it is up again. */
  ask(ask: SimAsk): Promise<Result<unknown>>;
  close(): Promise<void>;
}

/** A fork lives through a night, which takes minutes on a slow machine. */
const answerMs = 600_000;

export function openSimLine({ host, port, city, account, onTruth, log }: SimLineOptions): SimLine {
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
  client.on("connect", () => {
    // an ask right behind an acknowledgement would wait 40 ms for TCP's
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  });
  const waiting = new Map<string, (answer: Result<unknown>) => void>();
  const truths = truthTopic(city, "+");
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
  const settle = ({ id, ok: fine, reason, data }: SimAnswer): void => {
    waiting.get(id)?.(fine ? ok(data) : refuse(reason ?? "the simulator refused"));
    waiting.delete(id);
  };
  client.on("error", (error) => log.warn({ reason: error.message }, "the line to the simulator"));
  client.on("message", heard);
  // a clean session forgets what it listens to; what was on its way when the line broke is not answered any more
  client.on("connect", () => void client.subscribeAsync([simAckTopic(city), truths], { qos: 1 }).catch(() => undefined));
  const ready = new Promise<void>((resolve) =>
    client.once(
      "connect",
      () =>
        void client.subscribeAsync([simAckTopic(city), truths], { qos: 1 }).then(
          () => resolve(),
          () => undefined,
        ),
    ),
  );

  return {
    async ask(ask) {
      await ready;
      const id = randomUUID();
      return new Promise<Result<unknown>>((resolve) => {
        const timer = setTimeout(() => finish(refuse("the simulator did not answer")), answerMs);
        const finish = (answer: Result<unknown>): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answer);
        };
        waiting.set(id, finish);
        client
          .publishAsync(simSetTopic(city), JSON.stringify({ id, ask }), { qos: 1 })
          .catch((cause: unknown) => finish(refuse(`the simulator could not be asked: ${String(cause)}`)));
      });
    },
    async close() {
      for (const finish of [...waiting.values()]) finish(refuse("the director is closing"));
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
