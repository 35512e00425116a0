import type { Room } from "../../broker/room/room.ts";
import { trafficTruth } from "../../simulator/ground-truth.ts";
import { type LabOptions, openLab } from "./city-lab.ts";

export interface AdvisedDay {
  readonly seed: number;
  readonly hours: number;
  /** True mean seconds that vehicles lose at a stop line: with the fixed plans, and with the adviser in auto mode, on the same demand. */
  readonly fixed: number;
  readonly advised: number;
  readonly vehicles: number;
  /** Sent by the room in the advised day. */
  readonly commands: number;
}

const hourMs = 3_600_000;
/** A day, in which the adviser sees every plan that controllers have by time of day: as the history before a city's clock goes live. */
const warmUpHours = 24;

/** The same day twice: what the adviser is worth. */
export async function advisedDay(options: LabOptions, hours: number, progress: (hour: number) => void): Promise<AdvisedDay> {
  const fixed = await day(options, hours, "manual", progress);
  const advised = await day(options, hours, "auto", (hour) => progress(hours + hour));
  return { seed: options.seed, hours, fixed: fixed.delay, advised: advised.delay, vehicles: advised.passed, commands: advised.commands };
}

async function day(options: LabOptions, hours: number, mode: "auto" | "manual", progress: (hour: number) => void) {
  const lab = await openLab(options);
  try {
    lab.runTo(options.start + warmUpHours * hourMs);
    lab.open();
    const done = lab.room.act({ do: "adviser-mode", device: null, mode }, { name: "lab", role: "admin" }, lab.engine.now());
    if (!done.ok) throw new Error(done.reason);
    const before = trafficTruth(lab.engine);
    const told = lab.room.newest();
    for (let hour = 1; hour <= hours; hour++) {
      lab.runTo(options.start + (warmUpHours + hour) * hourMs);
      progress(hour);
    }
    const after = trafficTruth(lab.engine);
    const passed = after.passed - before.passed;
    return { passed, delay: (after.delay - before.delay) / passed, commands: commandsSent(lab.room, told) };
  } finally {
    await lab.close();
  }
}

/** Behind this line of the journal, which has all of them: the room itself keeps only the newest. */
export const commandsSent = ({ journal }: Pick<Room, "journal">, after: number): number =>
  journal({ after, limit: Number.MAX_SAFE_INTEGER }).filter(({ what, before }) => what === "command" && before === null).length;
