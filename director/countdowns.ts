import type { CityPort } from "../shared/city-port.ts";

/** Responses of the city that count down to a command: what a person can still stop. Those held back by a guard do not count. */
function countingDown({ room, device }: CityPort): ReadonlySet<string> {
  const counting = room
    .responses()
    .filter(({ armed }) => armed.some((one) => one.waits === null && device(one.device)?.timeline === "city"))
    .map(({ id }) => id);
  return new Set(counting);
}

/**
 * Looks for the begin of a countdown from now on. A response that counts already is known: its other devices follow the first one within moments, and
 * nobody wants to be stopped at each of them. In a story that is told in days, whose steps are longer, a countdown may begin and end within one.
 */
export function createCountdownWatch(port: CityPort): () => boolean {
  let known = countingDown(port);
  return () => {
    const present = countingDown(port);
    const begins = [...present].some((id) => !known.has(id));
    known = present;
    return begins;
  };
}
