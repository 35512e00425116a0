import type { CityPort } from "../../shared/city-port.ts";

/** Responses of the city that count down to a command: what a person can still stop. Those held back by a guard do not count. */
function countingDown({ room, device }: CityPort): readonly string[] {
  return room
    .responses()
    .filter(({ armed }) => armed.some((one) => one.waits === null && device(one.device)?.timeline === "city"))
    .map(({ id }) => id);
}

/**
 * Looks for the first countdown of each response; those in `shown` have been, and it adds to them. A storm that shuts twenty gates one after the other
 * is stopped at once, not twenty times. In a story that is told in days, whose steps are longer, a countdown may begin and end within one.
 */
export function createCountdownWatch(port: CityPort, shown: Set<string>): () => boolean {
  for (const id of countingDown(port)) shown.add(id);
  return () => {
    const before = shown.size;
    for (const id of countingDown(port)) shown.add(id);
    return shown.size > before;
  };
}
