import type { Value } from "./reading.ts";
import type { Derived } from "./service.ts";

/** What the room computes from a reading and its device's constants; undefined when the sensor gave the metric itself or an input is missing. */
export function derive(derived: Derived, m: Readonly<Record<string, Value>>, constants: Readonly<Record<string, number>>): number | undefined {
  if (derived.metric in m) return undefined;
  const inputs: number[] = [];
  for (const name of derived.from) {
    const input = m[name];
    if (typeof input !== "number") return undefined;
    inputs.push(input);
  }
  const fixed: number[] = [];
  for (const name of derived.constants) {
    const constant = constants[name];
    if (constant === undefined) return undefined;
    fixed.push(constant);
  }
  return derived.value(inputs, fixed);
}
