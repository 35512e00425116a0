import type { JournalLine } from "../../shared/alarm.ts";
import { ruleNamed } from "../../shared/rules-of.ts";
import { serviceOf } from "../../shared/services/index.ts";
import { type CityLab, type LabOptions, openLab } from "./city-lab.ts";

export interface QuietWeek {
  readonly seed: number;
  readonly days: number;
  readonly readings: number;
  /** Operations alarms that were annunciated. */
  readonly alarms: number;
  readonly perTenMinutes: { readonly mean: number; readonly peak: number };
  /** Share of ten-minute spans with more than ten. */
  readonly flooded: number;
  readonly byRule: Readonly<Record<string, number>>;
  readonly maintenance: Readonly<Record<string, number>>;
  readonly queues: Readonly<Record<string, number>>;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const spanMs = 600_000;

/** A week of ordinary life without sockets, and what the room made of it. `progress` hears each city hour. */
export async function quietWeek(options: LabOptions, days: number, progress: (hour: number) => void): Promise<QuietWeek> {
  const lab = await openLab(options);
  const raised: JournalLine[] = [];
  let told = 0;
  try {
    lab.runTo(options.start + minuteMs);
    lab.open();
    for (let hour = 1; hour <= days * 24; hour++) {
      lab.runTo(options.start + hour * hourMs);
      raised.push(...newLines(lab, told).filter(({ what }) => what === "raised" || what === "opened"));
      told = lab.room.newest();
      progress(hour);
    }
    return summary(lab, raised, { ...options, days });
  } finally {
    await lab.close();
  }
}

const newLines = (lab: CityLab, after: number): readonly JournalLine[] => lab.room.journal({ after, limit: Number.MAX_SAFE_INTEGER });

function classOf(lab: CityLab, { rule, device }: JournalLine): string {
  const [service = ""] = rule?.split("/") ?? [];
  const contract = serviceOf(service);
  const kind = lab.city.gateways.flatMap(({ devices }) => devices).find(({ id }) => id === device)?.kind;
  const known = contract && rule ? ruleNamed(contract, kind ?? "", rule) : undefined;
  return known === undefined ? "maintenance" : known.outcome === "alarm" ? known.class : known.outcome;
}

function summary(lab: CityLab, raised: readonly JournalLine[], { seed, days, start }: LabOptions & { days: number }): QuietWeek {
  const counts: Record<string, Record<string, number>> = {};
  const spans = new Map<number, number>();
  let alarms = 0;
  for (const line of raised) {
    const kind = classOf(lab, line);
    counts[kind] ??= {};
    const own = counts[kind];
    own[line.rule ?? "?"] = (own[line.rule ?? "?"] ?? 0) + 1;
    if (kind !== "operations") continue;
    alarms += 1;
    const span = Math.floor((line.t - start) / spanMs);
    spans.set(span, (spans.get(span) ?? 0) + 1);
  }
  const all = (days * 24 * hourMs) / spanMs;
  const { operations = {}, maintenance = {}, ...queues } = counts;
  return {
    seed,
    days,
    readings: lab.taken(),
    alarms,
    perTenMinutes: { mean: alarms / all, peak: Math.max(0, ...spans.values()) },
    flooded: [...spans.values()].filter((count) => count > 10).length / all,
    byRule: operations,
    maintenance,
    queues: Object.assign({}, ...Object.values(queues)),
  };
}
