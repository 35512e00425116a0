import type { Timeline } from "../../shared/timeline.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import { type Journal, openJournal } from "../alarms/journal.ts";
import type { Registry } from "../devices/registry.ts";
import type { Chronicle } from "../ingest/chronicle.ts";
import { createRoom, type Room } from "./room.ts";

/** The room over what the broker knows of devices; events of rules go into its chronicle. */
export function roomOver(registry: Registry, chronicle: Pick<Chronicle, "add">, journal: Journal = openJournal()): Room {
  function tell({ t, service, device, rule, value }: Finding, timeline: Timeline): void {
    // an event that the device tells itself stands there already
    if (rule.when.kind === "event" && rule.when.event === rule.id) return;
    chronicle.add({ t, service, device, what: rule.id, x: typeof value === "number" || typeof value === "string" ? { value } : {}, timeline });
  }
  return createRoom({ devices: () => registry.entries.values(), device: (id) => registry.entries.get(id), journal, tell });
}
