import type { Problem } from "../../shared/api.ts";
import type { CityPort } from "../../shared/city-port.ts";
import { problemOf } from "./problem.ts";

/**
 * The city itself is broken, or its store is changing hands in a reset: the only reasons for which a method of the port rejects. Either will be over, so
 * the log gets a word of it and no trace of the code.
 */
export class CityAway extends Error {
  /** May name inner addresses: for the log alone. */
  readonly reason: string;
  constructor(cause: unknown) {
    super("the city is away", { cause });
    this.reason = cause instanceof Error ? cause.message : String(cause);
  }
}

/** The port, with its own failures told from mistakes of ours. */
export function tellingAway(port: CityPort): CityPort {
  const away = (cause: unknown): never => {
    throw new CityAway(cause);
  };
  return Object.assign(Object.create(port) as CityPort, {
    series: (query) => port.series(query).catch(away),
    spans: (query) => port.spans(query).catch(away),
    lastAbove: (query) => port.lastAbove(query).catch(away),
    aggregate: (query) => port.aggregate(query).catch(away),
    act: (action, by) => port.act(action, by).catch(away),
    register: (request, by) => port.register(request, by).catch(away),
    room: Object.assign(Object.create(port.room) as CityPort["room"], {
      act: (action, by) => port.room.act(action, by).catch(away),
      receipt: (link, receipt) => port.room.receipt(link, receipt).catch(away),
    } satisfies Partial<CityPort["room"]>),
  } satisfies Partial<CityPort>);
}

/** What is away, in the words of the city's own health; it may not have noticed yet. */
export function awayReason(port: CityPort): string {
  const away = Object.entries(port.health().parts).filter(([, part]) => part.status !== "ok");
  if (away.length === 0) return "not now: a part of the city does not answer; ask again in a moment";
  return `not now: ${away.map(([name, part]) => `${name}: ${part.text}`).join("; ")}`;
}
export const awayProblem = (port: CityPort): Problem => problemOf(503, awayReason(port));
