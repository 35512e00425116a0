import { randomUUID } from "node:crypto";
import { connectAsync } from "mqtt";
import { onTestFinished } from "vitest";
import type { Injection } from "../../shared/scenario/injection.ts";
import { type SimAnswer, type SimAsk, simAnswerSchema } from "../../shared/scenario/sim-ask.ts";
import { type Truth, truthSchema } from "../../shared/scenario/truth.ts";
import { simAckTopic, simSetTopic } from "../../shared/topics.ts";

/** Whoever may ask the simulator, over a real socket. */
export interface Asker {
  ask(ask: SimAsk): Promise<SimAnswer>;
  /** As they were told, newest last. */
  readonly truths: readonly Truth[];
  /** The newest that was told of it. */
  truth(id: string): Truth | undefined;
}

export async function askerOf(city: string, mqtt: { readonly host: string; readonly port: number }, password: string): Promise<Asker> {
  const client = await connectAsync({ ...mqtt, username: "director", password, clientId: "director", reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  const truths: Truth[] = [];
  const waiting = new Map<string, (answer: SimAnswer) => void>();
  client.on("message", (topic, payload) => {
    const said: unknown = JSON.parse(payload.toString());
    if (topic.endsWith("/truth")) truths.push(truthSchema.parse(said));
    else if (topic === simAckTopic(city)) {
      const answer = simAnswerSchema.parse(said);
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    }
  });
  await client.subscribeAsync(`urban/v1/${city}/_sim/#`, { qos: 1 });
  return {
    ask: (ask) =>
      new Promise((resolve, reject) => {
        const id = randomUUID();
        waiting.set(id, resolve);
        client.publishAsync(simSetTopic(city), JSON.stringify({ id, ask }), { qos: 1 }).catch(reject);
      }),
    truths,
    truth: (id) => truths.filter((truth) => truth.id === id).at(-1),
  };
}

export const injectionOf = (kind: string, targets: readonly string[], over: Partial<Injection> = {}): Injection => ({
  id: kind.replace("/", "-"),
  kind,
  targets: [...targets],
  t: null,
  lasts: null,
  args: {},
  ...over,
});
