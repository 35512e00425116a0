import type { RuleKnowledge } from "../../../../shared/alarm.ts";
import type { Counters, DeviceRow } from "../../../../shared/city-port.ts";

/** What `GET /api/v1/devices/{id}` says beyond the row. */
export interface DeviceFacts extends Omit<DeviceRow, "cell"> {
  readonly model: string | null;
  readonly fw: string | null;
  readonly boot: number | null;
  readonly constants: Readonly<Record<string, number>>;
  readonly counters: Counters;
  /** Rules that learn what is usual here, and what they know. */
  readonly learned: readonly RuleKnowledge[];
}
