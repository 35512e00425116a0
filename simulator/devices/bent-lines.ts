import { chanceOf } from "../chance-of.ts";
import type { ActiveInjection } from "../injections/active-injection.ts";
import { createRng } from "../random.ts";
import type { Fleet, GatewayUnit } from "./fleet.ts";
import type { LineFault, LineMemory, LineMessage, Passed, SocketFault } from "./line-faults/line-fault.ts";

/** What is to be done at a gateway's socket, beside the city's own messages. */
export type LineAct =
  | { readonly gateway: number; readonly act: SocketFault | "restore" }
  /** Another client says this: through that gateway's own connection, or as somebody whom nobody knows. */
  | { readonly gateway: number; readonly act: "stranger"; readonly through: number | null; readonly message: LineMessage };

/** What is wrong between one gateway and the broker. */
interface LineBend {
  /** Something passes, both ways. */
  readonly carries: boolean;
  /** Nothing passes: what is said at t waits in the spool. */
  down(t: number): boolean;
  pass(message: LineMessage, t: number): readonly Passed[];
}
/** The faults between gateways and the broker. */
export interface BentLines {
  begin(active: ActiveInjection, fault: WireFault): void;
  /** Answers what was held back, by gateway. */
  end(id: string): readonly (readonly [GatewayUnit, readonly Passed[]])[];
  of(unit: GatewayUnit): LineBend | undefined;
  /** What was held back until now, by gateway. */
  release(t: number): readonly (readonly [GatewayUnit, readonly Passed[]])[];
  /** Sockets as they have to be while these faults last, after a restart. */
  acts(): readonly LineAct[];
}
/** What strangers do is beside the wire: `strangers.ts`. */
type WireFault = Exclude<LineFault, { readonly on: "beside" }>;
interface Bent {
  readonly active: ActiveInjection;
  readonly fault: WireFault;
  readonly memory: LineMemory;
}
export interface BentLinesParts {
  readonly seed: number;
  readonly fleet: Fleet;
  observed(active: ActiveInjection, t: number): void;
  act(act: LineAct): void;
}

export function createBentLines({ seed, fleet, observed, act }: BentLinesParts): BentLines {
  const byGateway = new Map<number, Bent[]>();
  const bends = new Map<number, LineBend>();

  const socketOf = (all: readonly Bent[]): SocketFault | undefined => {
    for (const { fault } of all) if (fault.on === "line" && fault.socket !== undefined) return fault.socket;
    return undefined;
  };
  const bendOf = (all: readonly Bent[]): LineBend => {
    const closed = all.filter(({ fault }) => fault.on === "line");
    return {
      carries: closed.length === 0,
      down(t) {
        for (const { active } of closed) observed(active, t);
        return closed.length > 0;
      },
      pass(message, t) {
        let passed: readonly Passed[] = [message];
        for (const { active, fault, memory } of all) {
          if (fault.on !== "message") continue;
          const before = passed;
          passed = before.flatMap((one) => fault.pass(one, { t, args: active.injection.args, memory }));
          if (passed.length !== before.length || passed.some((one, n) => one.payload !== before[n]?.payload)) observed(active, t);
        }
        return passed;
      },
    };
  };
  const put = (index: number, all: readonly Bent[]): void => {
    const [was, is] = [socketOf(byGateway.get(index) ?? []), socketOf(all)];
    if (all.length === 0) {
      byGateway.delete(index);
      bends.delete(index);
    } else {
      byGateway.set(index, [...all]);
      bends.set(index, bendOf(all));
    }
    // whichever came first has the socket until all of them are over
    if (was === undefined && is !== undefined) act({ gateway: index, act: is });
    if (was !== undefined && is === undefined) act({ gateway: index, act: "restore" });
  };
  const unitsOf = ({ injection }: ActiveInjection): readonly GatewayUnit[] => {
    const units = new Set(injection.targets.flatMap((id) => fleet.unitOf.get(id)?.[0] ?? []));
    return [...units].sort((a, b) => a.index - b.index);
  };
  const late = ({ topic, payload }: LineMessage): Passed => ({ topic, payload, late: true });

  return {
    begin(active, fault) {
      for (const unit of unitsOf(active)) {
        const key = unit.gateway.id;
        const memory = active.lines[key] ?? { rng: createRng(seed, `injection:${chanceOf(active.injection.id)}:${key}`), held: [] };
        active.lines[key] = memory;
        put(unit.index, [...(byGateway.get(unit.index) ?? []), { active, fault, memory }]);
      }
    },
    end(id) {
      const released: [GatewayUnit, Passed[]][] = [];
      for (const [index, all] of [...byGateway].sort(([a], [b]) => a - b)) {
        const over = all.filter(({ active }) => active.injection.id === id);
        if (over.length === 0) continue;
        const unit = fleet.units[index];
        const held = over.flatMap(({ memory }) => memory.held.splice(0));
        put(
          index,
          all.filter(({ active }) => active.injection.id !== id),
        );
        if (unit !== undefined && held.length > 0) released.push([unit, held.map(late)]);
      }
      return released;
    },
    of: (unit) => (bends.size === 0 ? undefined : bends.get(unit.index)),
    release(t) {
      const released: [GatewayUnit, Passed[]][] = [];
      for (const [index, all] of byGateway) {
        const unit = fleet.units[index];
        for (const { memory } of all) {
          if (unit === undefined || !memory.held.some(({ due }) => due <= t)) continue;
          released.push([unit, memory.held.filter(({ due }) => due <= t).map(late)]);
          memory.held = memory.held.filter(({ due }) => due > t);
        }
      }
      return released.sort(([a], [b]) => a.index - b.index);
    },
    acts: () =>
      [...byGateway].flatMap(([gateway, all]): LineAct[] => {
        const socket = socketOf(all);
        return socket === undefined ? [] : [{ gateway, act: socket }];
      }),
  };
}
