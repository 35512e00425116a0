import type { ChronicleLine } from "../../../../shared/city-port.ts";

const hourMs = 3_600_000;
/** A kind of event that comes more often than this in an hour of the city is told as a count: single lines of it would push out the rest. */
const often = 150;

/** Kinds that are told as a count. */
export interface Frequent {
  readonly service: string;
  readonly what: string;
  readonly count: number;
  readonly last: ChronicleLine;
}
export interface LatestEvents {
  /** Newest first. */
  readonly single: readonly ChronicleLine[];
  /** In the order of the services, so that rows do not change places. */
  readonly frequent: readonly Frequent[];
}

/** Silence and the end of it are always told one by one. */
const isOwn = (what: string): boolean => what === "silent" || what === "back";

/** Sorts the last hour into what is told one by one and what is counted. */
export function latestEvents(lines: readonly ChronicleLine[], now: number, services: readonly string[]): LatestEvents {
  const byKind = new Map<string, { service: string; what: string; count: number; last: ChronicleLine }>();
  const hour = lines.filter((line) => line.t > now - hourMs && line.t <= now);
  for (const line of hour) {
    const key = `${line.service}/${line.what}`;
    const known = byKind.get(key);
    if (known) {
      known.count++;
      known.last = line;
    } else byKind.set(key, { service: line.service, what: line.what, count: 1, last: line });
  }
  const frequent = [...byKind.values()].filter(({ what, count }) => count > often && !isOwn(what));
  const counted = new Set(frequent.map(({ service, what }) => `${service}/${what}`));
  const order = (kind: { service: string; what: string }): string => `${String(services.indexOf(kind.service) + 1).padStart(3, "0")}/${kind.what}`;
  return {
    single: hour.filter((line) => !counted.has(`${line.service}/${line.what}`)).sort((a, b) => b.t - a.t || b.n - a.n),
    frequent: frequent.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  };
}
