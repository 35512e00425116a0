import type { Evidence } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";

/** What an evaluator knows of why; the rest is added where it is told. */
export type Evidenced = Omit<Evidence, "t" | "rule" | "version">;
type Input = Evidence["inputs"][number];

/** Of a rule that needs nothing but the device's own words: condition and inputs. */
export const evidence = (condition: Text, ...inputs: readonly (Input | undefined)[]): Evidenced => ({
  condition,
  inputs: inputs.filter((one) => one !== undefined),
  baseline: null,
  neighbours: [],
  verdict: null,
});
