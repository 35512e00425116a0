import type { Injection } from "../../shared/scenario/injection.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { FaultMemory } from "../devices/faults/sensor-fault.ts";
import type { LineMemory } from "../devices/line-faults/line-fault.ts";

/** An injection from its begin to its end. Plain data. */
export interface ActiveInjection {
  /** Of an incident its targets are the places that it befell: those that it could not are left out when it begins. */
  injection: Injection & { readonly t: number };
  /** Epoch ms of the first second without it; null = until it is cleared, or over by itself. */
  readonly ends: number | null;
  /** As it was told last. */
  truth: Truth;
  /** By device and metric, and by gateway. */
  readonly sensors: Record<string, FaultMemory>;
  readonly lines: Record<string, LineMemory>;
}
