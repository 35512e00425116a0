import type { StayLaw } from "../../../../../../shared/alarm-rule.ts";
import type { Service } from "../../../../../../shared/service.ts";

type StayLimit = StayLaw["limits"][number];

/** How long a stay may last by the law that held when it began. */
export interface LegalStay {
  /** Instant at which the law is broken, epoch ms. */
  readonly ends: number;
  readonly seconds: number;
  readonly notCounted: readonly [number, number] | undefined;
  readonly law: StayLaw;
}
export interface Stay {
  readonly vehicle: string;
  /** Epoch ms. */
  readonly begin: number;
  readonly constants: Readonly<Record<string, number>>;
  readonly zone: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Offset of the zone at that instant, ms. */
function offsetOf(t: number, zone: string): number {
  const parts = new Map(
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    })
      .formatToParts(t)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute")) - Math.floor(t / 60_000) * 60_000;
}

/** The version whose first day is the newest at the begin of the stay. */
function lawAt(law: readonly StayLaw[], begin: number, offset: number): StayLaw | undefined {
  const day = new Date(begin + offset).toISOString().slice(0, 10);
  return law
    .filter(({ from }) => from <= day)
    .reduce<StayLaw | undefined>((newest, one) => (newest === undefined || one.from > newest.from ? one : newest), undefined);
}
const holdsFor = ({ vehicles, fast, unless }: StayLimit, { vehicle, constants }: Stay): boolean => {
  const exemptBy = unless === undefined ? undefined : constants[unless.constant];
  const isExempt = unless !== undefined && exemptBy !== undefined && exemptBy < unless.below;
  return vehicles.includes(vehicle) && !isExempt && (fast === undefined || fast === constants.fast);
};

/** Walks from border to border of the hours that do not count. */
function endOf(begin: number, { seconds, notCounted }: StayLimit, offset: number): number {
  if (notCounted === undefined) return begin + seconds * 1000;
  const [from, to] = notCounted;
  const rest = ((to - from + 24) % 24) * hourMs;
  let t = begin;
  for (let left = seconds * 1000; ; ) {
    const sinceFrom = (((t + offset - from * hourMs) % dayMs) + dayMs) % dayMs;
    if (sinceFrom < rest) t += rest - sinceFrom;
    const untilRest = dayMs - Math.max(sinceFrom, rest);
    if (left <= untilRest) return t + left;
    left -= untilRest;
    t += untilRest;
  }
}

/** The earliest limit that any rule of the contract sets to this stay; undefined = the law limits nothing. */
export function legalStay({ rules }: Pick<Service, "rules">, stay: Stay): LegalStay | undefined {
  const offset = offsetOf(stay.begin, stay.zone);
  const stays = rules.flatMap(({ when }): LegalStay[] => {
    if (when.kind !== "overstay") return [];
    const law = lawAt(when.law, stay.begin, offset);
    const limit = law?.limits.find((one) => holdsFor(one, stay));
    return law === undefined || limit === undefined
      ? []
      : [{ ends: endOf(stay.begin, limit, offset), seconds: limit.seconds, notCounted: limit.notCounted, law }];
  });
  return stays.sort((a, b) => a.ends - b.ends)[0];
}
