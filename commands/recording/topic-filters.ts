import { Qlobber } from "qlobber";
import { Complaint } from "../talk.ts";

/** Whether one of the MQTT filters meets a topic (MQTT 3.1.1, 4.7). Without any, all do. @throws Complaint naming a filter that is none. */
export function createTopicFilter(filters: readonly string[]): (topic: string) => boolean {
  if (filters.length === 0) return () => true;
  for (const filter of filters) {
    const reason = wrong(filter);
    if (reason !== undefined) throw new Complaint(`--topics: "${filter}" is no MQTT filter: ${reason}`, 2);
  }
  const matcher = new Qlobber<string>({ separator: "/", wildcard_one: "+", wildcard_some: "#", match_empty_levels: true });
  for (const filter of filters) matcher.add(filter, filter);
  return (topic) => matcher.match(topic).length > 0;
}

function wrong(filter: string): string | undefined {
  const levels = filter.split("/");
  if (filter === "") return "it is empty";
  if (levels.slice(0, -1).some((level) => level.includes("#")) || (filter.includes("#") && levels.at(-1) !== "#"))
    return "# stands alone, at the end";
  return levels.some((level) => level.includes("+") && level !== "+") ? "+ stands alone between two slashes" : undefined;
}
