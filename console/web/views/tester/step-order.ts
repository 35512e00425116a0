import type { PlannedStep } from "../../../../shared/scenario/scenario-port.ts";

/** In the order in which they come; those whose time nobody knows yet come last. Among equals the file's order stays. */
export const inTime = (steps: readonly PlannedStep[]): readonly PlannedStep[] =>
  [...steps].sort((a, b) => (a.t === b.t ? 0 : a.t === null ? 1 : b.t === null ? -1 : a.t - b.t));
