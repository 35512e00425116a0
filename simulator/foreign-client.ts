import { connect, type MqttClient } from "mqtt";
import type { Account } from "./account.ts";
import type { LineMessage } from "./devices/line-faults/line-fault.ts";

/** A client that is none of the city's gateways. */
export interface ForeignClient {
  close(): Promise<void>;
}
interface Address {
  readonly host: string;
  readonly port: number;
}

/** Wall ms that a broker gets to let it in or to refuse it. */
const patienceMs = 3000;

function open({ host, port }: Address, clientId: string, account: Account, onTrouble: (text: string) => void): MqttClient {
  const client = connect({ protocol: "mqtt", host, port, protocolVersion: 4, clientId, ...account, clean: true, reconnectPeriod: 0 });
  client.on("error", (error) => onTrouble(`${clientId}, injected: ${error.message}`));
  return client;
}
const settled = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    client.once("connect", done).once("close", done);
  });

/** Signs in under a gateway's own name, and keeps the line. */
export async function takeOver(address: Address, id: string, account: Account, onTrouble: (text: string) => void): Promise<ForeignClient> {
  const client = open(address, id, account, onTrouble);
  await settled(client);
  return { close: () => client.endAsync(true) };
}

/** Somebody whom nobody knows tries to sign in and to say this. Being refused is what it is for. */
export async function stranger(address: Address, { topic, payload }: LineMessage): Promise<void> {
  const client = open(address, "stranger", { username: "stranger", password: "guess" }, () => undefined);
  await settled(client);
  if (client.connected) await Promise.race([client.publishAsync(topic, payload, { qos: 1 }).catch(() => undefined), settled(client)]);
  await client.endAsync(true);
}
