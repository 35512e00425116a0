import type { JournalLine } from "../../../shared/alarm.ts";

/** What a countdown of this device came to without a command: stopped by a person, or left; newest first. */
export const stoppedOf = (lines: readonly JournalLine[], device: string): readonly JournalLine[] =>
  lines.filter(({ what, device: own, after }) => what === "response" && own === device && (after === "aborted" || after === "left")).reverse();
