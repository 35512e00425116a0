import type { ChronicleLine, CityPort, DeviceRow, QuarantineItem } from "../../shared/city-port.ts";
import { type Actor, may } from "../../shared/roles.ts";
import type { Service } from "../../shared/service.ts";
import { createCareMarks, sensitiveIds } from "./care-marks.ts";
import { createRoomView, type RoomView } from "./room-view.ts";

/** What one actor may see of the city. Devices of sensitive services do not exist for whoever lacks the `care` right; their figures do. */
export interface Visibility {
  rows(): readonly DeviceRow[];
  /** undefined when there is none, or none for this actor: nobody can tell which. */
  row(id: string): DeviceRow | undefined;
  /** A device, or a gateway none of whose devices is hidden. */
  speaker(id: string): boolean;
  /** The newest `limit` lines of from..to, oldest first. */
  chronicle(query: { from: number; to: number; service?: string | undefined; limit: number }): readonly ChronicleLine[];
  quarantine(query: { limit: number; device?: string | undefined }): readonly QuarantineItem[];
  /** Alarms, queues, commands and hand-overs. */
  readonly room: RoomView;
}

export function createVisibility(port: CityPort, catalogue: readonly Service[]): (actor: Actor) => Visibility {
  const sensitive = sensitiveIds(catalogue);
  const marks = createCareMarks(port, catalogue);
  return (actor) => {
    const all = may(actor.role, "care");
    const sees = (service: string) => all || !sensitive.has(service);
    const rows = () => port.devices().filter((row) => sees(row.service));
    return {
      rows,
      row: (id) => rows().find((row) => row.id === id),
      speaker(id) {
        const own = port.devices().filter((row) => row.id === id || row.gateway === id);
        return own.length > 0 && own.every((row) => sees(row.service));
      },
      chronicle(query) {
        const asked = query.service === undefined ? catalogue.map((service) => service.id) : [query.service];
        const span = { from: query.from, to: query.to, limit: query.limit };
        // Asked per service, so that hidden lines do not use up the limit.
        const lines = asked.filter(sees).flatMap((service) => port.chronicle({ ...span, service }));
        return lines.sort((a, b) => a.n - b.n).slice(-query.limit);
      },
      quarantine({ limit, device }) {
        // Hidden items must not use up the limit: everything that is kept is looked through.
        const kept = port.quarantine({ limit: Number.MAX_SAFE_INTEGER, ...(device === undefined ? {} : { device }) }).items;
        if (all) return kept.slice(0, limit);
        const namesHidden = finderOf(hiddenNames(port.devices(), sensitive));
        return kept.filter((item) => !namesHidden(`${item.device} ${item.topic} ${item.client} ${item.reason} ${item.payload}`)).slice(0, limit);
      },
      room: createRoomView(port, marks, actor),
    };
  };
}

function hiddenNames(rows: readonly DeviceRow[], sensitive: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(sensitive);
  for (const row of rows) if (sensitive.has(row.service)) names.add(row.id).add(row.gateway);
  return names;
}

/**
 * A refused message may name a home anywhere: in its topic, its sender, its reason or deep in a malformed payload, there also escaped, in capitals
 * or grown together with other words by hyphens.
 */
function finderOf(hidden: ReadonlySet<string>): (text: string) => boolean {
  const longest = Math.max(...[...hidden].map((name) => name.split("-").length));
  const hasName = (word: string): boolean => {
    const parts = word.split("-");
    return parts.some((_, from) => parts.slice(from, from + longest).some((_, count) => hidden.has(parts.slice(from, from + count + 1).join("-"))));
  };
  return (text) =>
    plain(text)
      .match(/[a-z0-9-]+/g)
      ?.some(hasName) ?? false;
}

/** Lower case, JSON's escapes resolved, and the quarantine's own marks of other bytes (`\xNN`) left out. */
const plain = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\x[0-9a-f]{2}/g, " ")
    .toLowerCase();
