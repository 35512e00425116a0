import { connectAsync, type MqttClient } from "mqtt";
import { Complaint } from "../talk.ts";

/** Who may say something to a broker, each on a connection of its own. */
export interface Party {
  readonly clientId: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}
/** Says messages at QoS 1, in order on each connection. */
export interface Outlet {
  knows(party: string): boolean;
  send(party: string, topic: string, payload: Buffer, retain: boolean): void;
  /** Sent and not acknowledged. */
  waiting(): number;
  /** Resolves when no more than so many wait. */
  drained(left?: number): Promise<void>;
  close(): Promise<void>;
}

/** Connections opened at a time, as of a city's gateways. */
const opening = 64;

/** @throws Complaint when the broker does not let everybody in. */
export async function openOutlet(url: string, parties: readonly Party[]): Promise<Outlet> {
  const clients = new Map<string, MqttClient>();
  const ofWhom = new Set<() => void>();
  let flying = 0;
  let failed: Complaint | undefined;
  const look = (): void => {
    for (const one of ofWhom) one();
  };
  const fail = (complaint: Complaint): void => {
    failed ??= complaint;
    look();
  };
  const close = async (): Promise<void> => {
    await Promise.all([...clients.values()].map((client) => client.removeAllListeners("close").endAsync()));
  };
  const queue = [...parties];
  const open = async (): Promise<void> => {
    for (let party = queue.shift(); party !== undefined; party = queue.shift()) {
      const { clientId, username, password } = party;
      const account = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
      const client = await connectAsync(url, { clientId, ...account, clean: true, reconnectPeriod: 0, connectTimeout: 10_000 });
      client.on("error", () => undefined);
      // saying it all again on a new line would double what came through
      client.once("close", () => fail(new Complaint(`the broker at ${url} has cut the connection of ${clientId}`)));
      clients.set(clientId, client);
    }
  };
  try {
    await Promise.all(Array.from({ length: opening }, open));
  } catch (cause) {
    await close();
    throw new Complaint(`the broker at ${url} does not let the replay in: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  return {
    knows: (party) => clients.has(party),
    send(party, topic, payload, retain) {
      const client = clients.get(party);
      if (client === undefined) throw new Error(`nobody speaks for ${party}`);
      flying += 1;
      client.publish(topic, payload, { qos: 1, retain }, (error) => {
        flying -= 1;
        if (error) fail(new Complaint(`${topic} could not be said: ${error.message}`));
        else look();
      });
    },
    waiting: () => flying,
    drained: (left = 0) =>
      new Promise((resolve, reject) => {
        const settle = (): boolean => {
          if (failed !== undefined) reject(failed);
          else if (flying <= left) resolve();
          else return false;
          ofWhom.delete(settle);
          return true;
        };
        if (!settle()) ofWhom.add(settle);
      }),
    close,
  };
}
