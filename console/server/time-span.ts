import type { CityPort, DeviceRow } from "../../shared/city-port.ts";
import { fieldLagMs, type Timeline } from "../../shared/timeline.ts";
import { type Answer, wrongParameter } from "./problem.ts";

export const hourMs = 3_600_000;

/** Now, on the timeline of a device; without a city clock there is only the field's. */
export function nowOn(port: CityPort, timeline: Timeline, wall: number = Date.now()): number {
  return (timeline === "city" ? port.clock()?.head : undefined) ?? wall - fieldLagMs;
}
export const nowOf = (port: CityPort, row: DeviceRow): number => nowOn(port, row.timeline);

/** Fills in what a query leaves out and refuses a span that runs backwards. */
export function spanOf(
  query: { from?: number | undefined; to?: number | undefined },
  now: number,
  standardMs: number,
): { ok: true; from: number; to: number } | { ok: false; answer: Answer } {
  const to = query.to ?? now;
  const from = query.from ?? to - standardMs;
  if (from < to) return { ok: true, from, to };
  const detail = `must lie before \`to\`: ${new Date(from).toISOString()} is not before ${new Date(to).toISOString()}`;
  return { ok: false, answer: wrongParameter("from", detail) };
}
