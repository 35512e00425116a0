import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Command } from "../../../../../../shared/command.ts";

export interface GateState {
  readonly row: DeviceRow;
  /** Kilometres from the upstream end; NaN = not known yet. */
  readonly at: number;
  /** The newest command to the gate itself; not to its display. */
  readonly command: Command | undefined;
  readonly fresh: boolean;
}

/** What needs a look first: orders that failed, orders on their way, gates that are not heard; then downstream. */
const rank = ({ command, fresh }: GateState): number => (command?.state === "failed" ? 0 : command?.state === "pending" ? 1 : !fresh ? 2 : 3);

export const inGateOrder = (a: GateState, b: GateState): number => rank(a) - rank(b) || (a.at || 0) - (b.at || 0) || (a.row.id < b.row.id ? -1 : 1);
/** Failed or not yet as commanded. */
export const isNotAsCommanded = ({ command }: GateState): boolean => command !== undefined && command.state !== "confirmed";
