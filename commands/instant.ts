import { z } from "zod";
import { Complaint } from "./talk.ts";

/** A time of day needs its offset; a date alone is midnight UTC. */
const isInstant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** What was given as `--from`. @throws Complaint when it is no instant. */
export function instantOf(text: string): number {
  const from = isInstant.safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(from)) throw new Complaint(`--from must be ISO 8601 with an offset, e.g. 2026-06-08T21:00:00Z, not "${text}"`, 2);
  return from;
}
