import { isoInstant } from "../shared/timestamp.ts";
import { Complaint } from "./talk.ts";

/** What was given as `--from`. @throws Complaint when it is no instant. */
export function instantOf(text: string): number {
  const from = isoInstant(text);
  if (from === undefined) throw new Complaint(`--from must be ISO 8601 with an offset, e.g. 2026-06-08T21:00:00Z, not "${text}"`, 2);
  return from;
}
