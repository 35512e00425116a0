import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Touched } from "../room/room-part.ts";
import type { WorkBook } from "./work-book.ts";
import { closed, exportedFact, notForFining, takenFact, type WorkRecord, withFact } from "./work-record.ts";

export interface ItemActionsParts {
  readonly book: WorkBook;
  write(what: string, item: WorkRecord, before: WorkRecord, moment: Moment, by: Actor): void;
}
const touched = (left: Touched["left"] = []): Result<Touched> => ok({ alarms: [], left });

/** What people do with cases and tasks; undefined: it is not about them. */
export function actOnItems({ book, write }: ItemActionsParts, action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined {
  const put = (what: string, before: WorkRecord, after: WorkRecord): void => {
    book.put(after);
    write(what, after, before, moment, by);
  };
  const openOne = (id: string): Result<WorkRecord> => {
    const item = book.get(id);
    if (item === undefined) return refuse(`there is no case or task "${id}"`);
    return item.state === "closed" ? refuse(`it is closed already, as "${item.result}"`) : ok(item);
  };

  function take(id: string): Result<Touched> {
    const item = openOne(id);
    if (!item.ok) return item;
    const { owner } = item.value;
    if (owner === by.name) return refuse("it is yours already");
    put("item-taken", item.value, withFact({ ...item.value, state: "taken" as const, owner: by.name }, { t: moment.t, text: takenFact }));
    return touched();
  }
  function close(id: string, result: string, note: string | undefined): Result<Touched> {
    const item = openOne(id);
    if (!item.ok) return item;
    put("item-closed", item.value, closed({ ...item.value, owner: item.value.owner ?? by.name }, moment.t, result, note ?? null));
    return touched();
  }
  /** Handed over: what is over is closed with it, what goes on when it ends. */
  function handToFining(ids: readonly string[]): Result<Touched> {
    const left: { id: string; reason: string }[] = [];
    for (const id of new Set(ids)) {
      const item = book.get(id);
      const reason = item === undefined ? "there is no such case" : notForFining(item);
      if (item === undefined || reason !== undefined) {
        left.push({ id, reason: reason ?? "" });
        continue;
      }
      const marked = withFact({ ...item, exportedAt: moment.at }, { t: Math.max(moment.t, item.openedAt), text: exportedFact });
      put("item-exported", item, item.active || item.state === "closed" ? marked : closed(marked, moment.t, "handed-over"));
    }
    return left.length === new Set(ids).size ? refuse(left[0]?.reason ?? "nothing to hand over") : touched(left);
  }

  if (action.do === "take-item") return take(action.item);
  if (action.do === "close-item") return close(action.item, action.result, action.note);
  if (action.do === "export-items") return handToFining(action.items);
  return undefined;
}
