import { connect } from "mqtt";
import { type CityClock, type ClockAnswer, type ClockAsk, clockAskSchema } from "../shared/clock.ts";
import { clockAckTopic, clockSetTopic, clockTopic } from "../shared/topics.ts";
import type { Account } from "./account.ts";

/** The simulator's own connection: tells the clock, hears what is asked of it. */
export interface ControlLine {
  /** Resolves when the broker has acknowledged it; waits through a lost connection. */
  tell(clock: CityClock): Promise<void>;
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
  onTrouble(text: string): void;
}

const gone = (clock: CityClock): string => JSON.stringify({ ...clock, rate: 0, phase: "gone" });

export async function openControlLine(options: ControlOptions): Promise<ControlLine> {
  const topic = clockTopic(options.city);
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
  client.on("error", (error) => options.onTrouble(`clock: ${error.message}`));
  client.on("message", (_topic, payload) => {
    const ask = parseAsk(payload);
    if (ask === undefined) return options.onTrouble(`clock: not understood: ${payload.toString().slice(0, 200)}`);
    options
      .onAsk(ask)
      .then((answer) => client.publishAsync(clockAckTopic(options.city), JSON.stringify(answer), { qos: 1 }))
      .catch((error: unknown) => options.onTrouble(`clock: ${String(error)}`));
  });
  await new Promise<void>((resolve) => client.once("connect", () => resolve()));
  await client.subscribeAsync(clockSetTopic(options.city), { qos: 1 });
  return {
    async tell(clock) {
      await client.publishAsync(topic, JSON.stringify(clock), { qos: 1, retain: true });
    },
    async close(last) {
      if (client.connected) await client.publishAsync(topic, gone(last), { qos: 1, retain: true });
      await client.endAsync(!client.connected);
    },
  };
}

function parseAsk(payload: Buffer): ClockAsk | undefined {
  try {
    const parsed = clockAskSchema.safeParse(JSON.parse(payload.toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
