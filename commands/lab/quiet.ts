import type { Room } from "../../broker/room/room.ts";
import type { JournalLine } from "../../shared/alarm.ts";
import type { AlarmClass } from "../../shared/alarm-rule.ts";
import { ruleNamed } from "../../shared/rules-of.ts";
import { serviceOf } from "../../shared/services/index.ts";
import { type CityLab, type LabOptions, openLab } from "./city-lab.ts";

/** What the room told an operator; of thirty days at most, as its score. */
export interface ToldWeek {
  /** Operations alarms that were annunciated. */
  readonly alarms: number;
  /** `peak`: the fullest sliding window. */
  readonly perTenMinutes: { readonly mean: number; readonly peak: number };
  /** Share of event time in a flood (ISA-18.2: from more than ten within ten minutes until fewer than five). */
  readonly flooded: number;
  /** Raised, and not suppressed in the same instant. */
  readonly byRule: Readonly<Record<string, number>>;
  readonly maintenance: Readonly<Record<string, number>>;
  /** Items that were opened. */
  readonly queues: Readonly<Record<string, number>>;
}
export interface QuietWeek extends ToldWeek {
  readonly seed: number;
  readonly days: number;
  readonly readings: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A week of ordinary life without sockets, and what the room made of it. `progress` hears each city hour. */
export async function quietWeek(options: LabOptions, days: number, progress: (hour: number) => void): Promise<QuietWeek> {
  const { seed, start } = options;
  const lab = await openLab(options);
  try {
    lab.runTo(start + minuteMs);
    lab.open();
    const told = lab.room.newest();
    for (let hour = 1; hour <= days * 24; hour++) {
      lab.runTo(start + hour * hourMs);
      progress(hour);
    }
    return { seed, days, readings: lab.taken(), ...weekOf(lab.room, told, classIn(lab.city)) };
  } finally {
    await lab.close();
  }
}

/** By the rule of a `raised` line; what no service has is a matter of maintenance. */
function classIn(city: CityLab["city"]): (line: JournalLine) => AlarmClass {
  const kinds = new Map(city.gateways.flatMap(({ devices }) => devices).map(({ id, kind }) => [id, kind]));
  return ({ rule, device }) => {
    const contract = serviceOf(rule?.split("/")[0] ?? "");
    const known = contract && rule ? ruleNamed(contract, kinds.get(device ?? "") ?? "", rule) : undefined;
    return known?.class ?? "maintenance";
  };
}

/** @param after number of the journal line behind which the week begins. */
export function weekOf({ journal, score }: Pick<Room, "journal" | "score">, after: number, classOf: (line: JournalLine) => AlarmClass): ToldWeek {
  const lines = journal({ after, limit: Number.MAX_SAFE_INTEGER });
  const raised = annunciatedIn(lines);
  const { perTenMinutes, flood, byService } = score();
  return {
    alarms: Object.values(byService).reduce((sum, { operations }) => sum + operations, 0),
    perTenMinutes: { mean: perTenMinutes.mean, peak: perTenMinutes.peak },
    flooded: flood.share,
    byRule: perRule(raised.filter((line) => classOf(line) === "operations")),
    maintenance: perRule(raised.filter((line) => classOf(line) === "maintenance")),
    queues: perRule(lines.filter(({ what }) => what === "item-opened")),
  };
}

/** What its cause suppressed in the same instant was never told to anybody. */
export function annunciatedIn(lines: readonly JournalLine[]): readonly JournalLine[] {
  const key = ({ alarm, occurrence, t }: JournalLine): string => `${alarm} ${occurrence} ${t}`;
  const suppressed = new Set(lines.filter(({ what }) => what === "suppressed").map(key));
  return lines.filter((line) => line.what === "raised" && !suppressed.has(key(line)));
}

function perRule(lines: readonly JournalLine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of lines) counts[rule ?? "?"] = (counts[rule ?? "?"] ?? 0) + 1;
  return counts;
}
