import { Socket } from "node:net";
import { connect } from "mqtt";
import { z } from "zod";
import { type CityClock, type ClockAnswer, type ClockAsk, clockAskSchema } from "../shared/clock.ts";
import { type SimAnswer, type SimAskMessage, simAskMessageSchema } from "../shared/scenario/sim-ask.ts";
import type { Truth } from "../shared/scenario/truth.ts";
import { clockAckTopic, clockSetTopic, clockTopic, simAckTopic, simSetTopic, truthTopic } from "../shared/topics.ts";
import type { Account } from "./account.ts";

/** The simulator's own connection: tells the clock and what is true, hears what is asked of it. */
export interface ControlLine {
  /** Resolves when the broker has acknowledged it; waits through a lost connection. */
  tell(clock: CityClock): Promise<void>;
  /** Goes out before whatever is told after. */
  truth(run: string, truth: Truth): void;
  close(last: CityClock): Promise<void>;
}
export interface ControlOptions {
  readonly host: string;
  readonly port: number;
  readonly city: string;
  readonly account: Account;
  /** The will is this clock with phase `gone`. */
  readonly first: CityClock;
  onAsk(ask: ClockAsk): Promise<ClockAnswer>;
  onSimAsk(ask: SimAskMessage): Promise<SimAnswer>;
  onTrouble(text: string): void;
}

/** Of what is not understood otherwise. */
const askIdSchema = z.object({ id: z.string().max(64) });
const gone = (clock: CityClock): string => JSON.stringify({ ...clock, rate: 0, phase: "gone" });

export async function openControlLine(options: ControlOptions): Promise<ControlLine> {
  const { city, onTrouble } = options;
  const topic = clockTopic(city);
  const client = connect({
    protocol: "mqtt",
    host: options.host,
    port: options.port,
    protocolVersion: 4,
    clientId: "simulator",
    ...options.account,
    clean: true,
    keepalive: 30,
    reconnectPeriod: 500,
    will: { topic, payload: Buffer.from(gone(options.first)), qos: 1, retain: true },
  });
  const answer = <A>(what: string, to: string, done: Promise<A>): void => {
    done.then((said) => client.publishAsync(to, JSON.stringify(said), { qos: 1 })).catch((error: unknown) => onTrouble(`${what}: ${String(error)}`));
  };
  const take = (what: string, payload: Buffer): void => {
    const said = jsonOf(payload);
    const ask = what === "clock" ? clockAskSchema.safeParse(said) : simAskMessageSchema.safeParse(said);
    if (!ask.success) {
      onTrouble(`${what}: not understood: ${payload.toString().slice(0, 200)}`);
      const known = askIdSchema.safeParse(said);
      const to = what === "clock" ? clockAckTopic(city) : simAckTopic(city);
      // whoever asked would else wait until nobody answers any more
      if (known.success)
        answer(what, to, Promise.resolve({ id: known.data.id, ok: false, reason: `not understood: ${ask.error.message}`.slice(0, 500) }));
    } else if ("action" in ask.data) answer(what, clockAckTopic(city), options.onAsk(ask.data));
    else answer(what, simAckTopic(city), options.onSimAsk(ask.data));
  };
  client.on("connect", () => {
    // small messages follow each other here, and whoever steps the city waits for each: none of them waits for another's TCP acknowledgement
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  });
  client.on("error", (error) => onTrouble(`clock: ${error.message}`));
  client.on("message", (from, payload) => take(from === clockSetTopic(city) ? "clock" : "sim", payload));
  await new Promise<void>((resolve) => client.once("connect", () => resolve()));
  await client.subscribeAsync([clockSetTopic(city), simSetTopic(city)], { qos: 1 });
  return {
    async tell(clock) {
      await client.publishAsync(topic, JSON.stringify(clock), { qos: 1, retain: true });
    },
    truth(run, truth) {
      client.publishAsync(truthTopic(city, run), JSON.stringify(truth), { qos: 1 }).catch((error: unknown) => onTrouble(`truth: ${String(error)}`));
    },
    async close(last) {
      if (client.connected) await client.publishAsync(topic, gone(last), { qos: 1, retain: true });
      await client.endAsync(!client.connected);
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
