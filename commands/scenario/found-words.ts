import { durationOf } from "../../shared/scenario/duration.ts";
import type { Found } from "../../shared/scenario/scorecard.ts";

const named = 2;
/** What an incident waits for may take its time: a truck must drive with a load. Sooner than that is at once. */
const waitS = 60;

/** One truth and who found it, with what keeps a reader from blaming the room: how long it took until there was anything to see. */
export function foundLine({ truth: { kind, devices, onset, observable }, by, delay }: Found): string {
  const more = devices.length > named ? ` and ${devices.length - named} more` : "";
  const what = devices.length === 0 ? kind : `${kind} at ${devices.slice(0, named).join(", ")}${more}`;
  const waited = observable === null ? 0 : (observable - onset) / 1000;
  const shown = waited < waitS ? undefined : `${durationOf(waited)} after its step`;
  if (by === null)
    return `missed ${what}${observable === null ? ", which never showed" : shown === undefined ? "" : `, which first showed ${shown}`}`;
  const took = durationOf(delay ?? 0);
  if (shown !== undefined) return `found  ${what} by ${by.rule}: it first showed ${shown}, and was found ${took} later`;
  return `found  ${what} by ${by.rule}, ${took} after ${observable === null ? "its step" : "it first showed"}`;
}
