import type { Account } from "./account.ts";
import type { City } from "./city/city.ts";
import type { LineAct } from "./devices/bent-lines.ts";
import type { SocketFault } from "./devices/line-faults/line-fault.ts";
import { type ForeignClient, stranger, takeOver } from "./foreign-client.ts";
import type { GatewayConnection } from "./gateway-connection.ts";

/** Injected faults of real sockets. What the city says meanwhile waits in its gateways' spools, so nothing of it is on its way here. */
export interface SocketFaults {
  /** Resolves when it has taken effect. */
  act(act: LineAct): Promise<void>;
  /** All sockets as they should be. */
  restore(): Promise<void>;
  close(): Promise<void>;
}
export interface SocketFaultsParts {
  readonly city: City;
  readonly host: string;
  readonly port: number;
  readonly connections: readonly GatewayConnection[];
  accountOf(gateway: string): Account;
  onTrouble(text: string): void;
}

export function createSocketFaults({ city, connections, accountOf, onTrouble, host, port }: SocketFaultsParts): SocketFaults {
  const address = { host, port };
  const intruders = new Map<number, ForeignClient>();
  async function restoreOne(gateway: number): Promise<void> {
    const intruder = intruders.get(gateway);
    intruders.delete(gateway);
    // the gateway comes back and throws the other one off, as that one did
    await connections[gateway]?.resume();
    await intruder?.close();
  }
  async function giveWay(gateway: number, connection: GatewayConnection): Promise<void> {
    const id = city.gateways[gateway]?.id ?? "";
    const parted = connection.giveWay();
    intruders.set(gateway, await takeOver(address, id, accountOf(id), onTrouble));
    return parted;
  }
  const plays: { readonly [Act in SocketFault | "restore"]: (gateway: number, connection: GatewayConnection) => Promise<void> } = {
    restore: (gateway) => restoreOne(gateway),
    cut: (_gateway, connection) => connection.cut(),
    freeze: (_gateway, connection) => connection.freeze(),
    takeover: giveWay,
  };
  return {
    async act(act) {
      const connection = connections[act.gateway];
      if (connection === undefined) return;
      if (act.act === "stranger") {
        const through = act.through === null ? undefined : connections[act.through];
        await (through === undefined ? stranger(address, act.message) : through.whisper(act.message));
      } else await plays[act.act](act.gateway, connection);
    },
    async restore() {
      await Promise.all(connections.map((connection, gateway) => (connection.held ? restoreOne(gateway) : undefined)));
    },
    async close() {
      await Promise.all([...intruders.values()].map((intruder) => intruder.close()));
    },
  };
}
