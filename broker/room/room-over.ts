import { type Journal, openJournal } from "../alarms/journal.ts";
import type { Registry } from "../devices/registry.ts";
import type { Chronicle } from "../ingest/chronicle.ts";
import { createRoom, type Room } from "./room.ts";

/** The room over what the broker knows of devices; events of rules go into its chronicle. */
export const roomOver = (registry: Registry, chronicle: Pick<Chronicle, "add">, journal: Journal = openJournal()): Room =>
  createRoom({
    devices: () => registry.entries.values(),
    device: (id) => registry.entries.get(id),
    journal,
    tell: ({ t, service, device, rule, value }, timeline) =>
      chronicle.add({ t, service, device, what: rule.id, x: typeof value === "number" || typeof value === "string" ? { value } : {}, timeline }),
  });
