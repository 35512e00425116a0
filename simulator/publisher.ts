import { deviceTopic } from "../shared/topics.ts";
import type { Account } from "./account.ts";
import type { City } from "./city/city.ts";
import type { LineAct } from "./devices/bent-lines.ts";
import { births, gatewayWill, statePayload } from "./devices/birth.ts";
import type { Outgoing } from "./engine.ts";
import { GatewayConnection } from "./gateway-connection.ts";
import { createSocketFaults } from "./socket-faults.ts";

/** All gateways of a city, each on its own TCP connection. What is sent counts as done when the broker has acknowledged it. */
export interface Publisher {
  /** Resolves when every gateway has connected once and its births are acknowledged. */
  start(): Promise<void>;
  send(message: Outgoing): void;
  /** Puts what was sent on the wire, one write per connection. */
  flush(): void;
  /** Sent, not on the wire yet. */
  gathered(): number;
  /** False while the window is full: then the engine waits. */
  hasRoom(): boolean;
  /** City time of the oldest unacknowledged message; undefined when all is acknowledged. */
  oldest(): number | undefined;
  /** Sent but not acknowledged, for the state on disk: they are sent again after a restart. */
  unacknowledged(): Outgoing[];
  /** Births of all gateways again (another run). */
  announce(): void;
  connected(): number;
  /** An injected fault of a socket. Resolves when it has taken effect; nothing of that gateway is on its way then. */
  act(act: LineAct): Promise<void>;
  /** All sockets as they should be. */
  restore(): Promise<void>;
  close(): Promise<void>;
}
export interface PublisherOptions {
  readonly city: City;
  readonly host: string;
  readonly port: number;
  accountOf(gateway: string): Account;
  /** City time and boot number for births. */
  now(): number;
  bootOf(device: string): number;
  /** Something was said to a device. */
  onCommand(topic: string, payload: Buffer): void;
  /** Something was acknowledged or came back. */
  onProgress(): void;
  onTrouble(text: string): void;
}

/** Unacknowledged messages over all gateways: about a second at the highest rate, some 20 MB at most. */
const windowSize = 16_384;
/** Connections opened at a time, so that a start is no storm. */
const opening = 64;

export function createPublisher(options: PublisherOptions): Publisher {
  const { city, host, port } = options;
  const counts = new Map<number, number>();
  const dirty = new Set<GatewayConnection>();
  const unborn = new Set<string>();
  let inFlight = 0;
  let gathered = 0;
  let everybody: (() => void) | undefined;
  let ticking: NodeJS.Timeout | undefined;
  let closed = false;

  const acknowledged = (t: number): void => {
    inFlight -= 1;
    const left = (counts.get(t) ?? 1) - 1;
    if (left > 0) counts.set(t, left);
    else counts.delete(t);
    options.onProgress();
  };
  const toOpen = city.gateways.map((_, index) => index).reverse();
  const openNext = (): void => {
    const index = toOpen.pop();
    if (index !== undefined && !closed) connections[index]?.open();
  };
  const connections = city.gateways.map((gateway): GatewayConnection => {
    unborn.add(gateway.id);
    let first = true;
    const goOn = (): void => {
      if (first) openNext();
      first = false;
    };
    return new GatewayConnection({
      host,
      port,
      identity: { id: gateway.id, account: options.accountOf(gateway.id), will: gatewayWill(city.plan.id, gateway) },
      births: () => births(city.plan.id, gateway, options.now(), options.bootOf),
      commandTopics: gateway.devices.map(({ service, id }) => deviceTopic(city.plan.id, service, id, "cmd")),
      onCommand: options.onCommand,
      onBorn() {
        goOn();
        if (unborn.delete(gateway.id) && unborn.size === 0) everybody?.();
        options.onProgress();
      },
      onAcknowledged: acknowledged,
      onLost(reason) {
        goOn();
        options.onTrouble(`gateway ${gateway.id}: ${reason}`);
      },
      onTrouble: (text) => options.onTrouble(`gateway ${gateway.id}: ${text}`),
      jitter: Math.random,
    });
  });

  const faults = createSocketFaults({ ...options, connections });

  return {
    act: faults.act,
    restore: faults.restore,
    start() {
      const born = new Promise<void>((resolve) => {
        everybody = resolve;
        if (connections.length === 0) resolve();
      });
      for (let n = 0; n < opening; n++) openNext();
      ticking = setInterval(() => {
        const now = Date.now();
        for (const connection of connections) connection.tick(now);
      }, 5000);
      return born;
    },
    send(message) {
      const connection = connections[message.gateway];
      if (connection === undefined) throw new Error(`no gateway number ${message.gateway}`);
      connection.send(message);
      dirty.add(connection);
      inFlight += 1;
      gathered += 1;
      counts.set(message.t, (counts.get(message.t) ?? 0) + 1);
    },
    flush() {
      for (const connection of dirty) connection.flush();
      dirty.clear();
      gathered = 0;
    },
    gathered: () => gathered,
    hasRoom: () => inFlight < windowSize,
    // Sent in the order of t, so the first key is the oldest, as long as no second comes back after it was done: it cannot, time only grows.
    oldest: () => counts.keys().next().value,
    unacknowledged: () =>
      connections.flatMap((connection, gateway) => connection.unacknowledged.map((message) => ({ ...message, gateway }))).sort((a, b) => a.t - b.t),
    announce() {
      for (const connection of connections) connection.announce();
    },
    connected: () => connections.reduce((sum, connection) => sum + (connection.connected ? 1 : 0), 0),
    async close() {
      closed = true;
      clearInterval(ticking);
      await faults.close();
      await Promise.all(
        connections.map((connection, index) => {
          const gateway = city.gateways[index];
          const will = gateway === undefined ? undefined : gatewayWill(city.plan.id, gateway);
          return connection.close(will === undefined ? undefined : { topic: will.topic, payload: statePayload("disconnected", options.now()) });
        }),
      );
    },
  };
}
