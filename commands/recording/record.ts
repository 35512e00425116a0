import { connectAsync, type MqttClient } from "mqtt";
import { Complaint } from "../talk.ts";
import type { MqttTarget } from "./mqtt-target.ts";
import { type Head, headLine, messageLine, type Recorded } from "./recorded.ts";
import { clockOf, kindOf, timesOf } from "./said.ts";

export interface RecordRequest {
  readonly target: MqttTarget;
  /** MQTT filters; none: all that may be heard. */
  readonly topics: readonly string[];
  /** Ids of real devices, for the head. */
  readonly field: readonly string[];
  /** Ends the recording. */
  readonly until: AbortSignal;
}
/** How far a recording is. */
export interface RecordProgress {
  readonly messages: number;
  readonly bytes: number;
  /** City time of the first and the newest clock; null where none was heard. */
  readonly from: number | null;
  readonly to: number | null;
}

/** A head waits so long for a clock: it is retained, so a broker that has one says it at once. Our own city has one as soon as it begins. */
const headMs = { own: 60_000, foreign: 1500 };
export const unheardByReader: readonly string[] = [
  "services of homes (care): topics, gateways and alarms",
  "_sim (ground truth)",
  "_clock/set and _clock/ack",
  "what was refused, and repetitions",
];

/**
 * Listens until it is told to end, and hands out the lines of a recording. Resolves with what was recorded, when the last line has been handed out.
 * @throws Complaint when the broker lets nobody in, grants a filter not, or goes away.
 */
export async function record(
  { target, topics, field, until }: RecordRequest,
  write: (line: string) => void,
  progress?: (now: RecordProgress) => void,
) {
  const client = await connect(target);
  const from = Date.now();
  let [messages, bytes, first, mark] = [0, 0, null as number | null, null as number | null];
  let waiting: Recorded[] | undefined = [];
  let head: Pick<Head, "city" | "run" | "seed"> | undefined;
  const put = (message: Recorded): void => {
    const line = messageLine(message);
    bytes += line.length + 1;
    write(line);
  };
  const begin = (): void => {
    if (waiting === undefined) return;
    write(headLine({ ...(head ?? { city: null, run: null, seed: null }), from, without: target.own ? [...unheardByReader] : [], field: [...field] }));
    for (const message of waiting) put(message);
    waiting = undefined;
  };
  client.on("message", (topic, payload, { qos, retain }) => {
    const clock = kindOf(topic).kind === "clock" ? clockOf(payload) : undefined;
    if (clock !== undefined) {
      head ??= { city: clock.city, run: clock.run, seed: clock.seed };
      mark = clock.mark;
      first ??= mark;
    }
    const message = { at: Date.now(), t: clock?.mark ?? timesOf(payload)?.[1] ?? mark, topic, payload, qos, retain };
    messages += 1;
    if (waiting === undefined) put(message);
    else {
      waiting.push(message);
      if (clock !== undefined) begin();
    }
  });
  const broken = new Promise<never>((_resolve, reject) => {
    client.once("close", () => reject(new Complaint(`the broker at ${target.url} has gone: the recording ends here`)));
  });
  broken.catch(() => undefined);
  const ended = new Promise<void>((resolve) => {
    if (until.aborted) resolve();
    until.addEventListener("abort", () => resolve(), { once: true });
  });
  const heading = setTimeout(begin, target.own ? headMs.own : headMs.foreign);
  const now = (): RecordProgress => ({ messages, bytes, from: first, to: mark });
  const telling = progress && setInterval(() => progress(now()), 2000);
  try {
    await subscribe(client, topics, target);
    progress?.(now());
    await Promise.race([ended, broken]);
  } finally {
    clearTimeout(heading);
    clearInterval(telling);
    client.removeAllListeners("close");
    await client.endAsync(true);
    begin();
  }
  return now();
}

async function connect({ url, account }: MqttTarget): Promise<MqttClient> {
  const clientId = `gwanje-record-${process.pid}-${Date.now().toString(36)}`;
  return connectAsync(url, { ...account, clientId, clean: true, reconnectPeriod: 0, connectTimeout: 10_000 }).catch((cause: unknown) => {
    throw new Complaint(`the broker at ${url} lets nobody in: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
}

async function subscribe(client: MqttClient, topics: readonly string[], { url }: MqttTarget): Promise<void> {
  const filters = topics.length === 0 ? ["#"] : [...topics];
  const granted = await client.subscribeAsync(filters, { qos: 1 }).catch((cause: unknown) => {
    throw new Complaint(`the broker at ${url} grants no subscription to ${filters.join(", ")}: ${String(cause)}`);
  });
  const refused = granted.filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
  if (refused.length > 0) throw new Complaint(`the broker at ${url} grants no subscription to ${refused.join(", ")}`);
}
