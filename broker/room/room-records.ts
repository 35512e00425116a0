import type { Logger } from "pino";
import { z } from "zod";
import { type Result, refuse } from "../../shared/result.ts";
import { type Actor, roles } from "../../shared/roles.ts";
import type { Acted } from "../../shared/room-action.ts";
import { roomActionSchema } from "../../shared/room-action.ts";
import { linkReceiptSchema } from "../handoff/link-receipt.ts";
import { parseJson } from "../ingest/decode.ts";
import type { LogRecord } from "../log/message-log.ts";
import type { Room } from "./room.ts";

/** A person's action as it stands in the log. */
const actRecord = z.strictObject({
  id: z.string().max(64),
  by: z.strictObject({ name: z.string().max(80), role: z.enum(roles) }),
  action: roomActionSchema,
});
export const actPayload = (id: string, by: Actor, action: z.infer<typeof roomActionSchema>): Buffer =>
  Buffer.from(JSON.stringify({ id, by, action }));

export interface RoomRecords {
  act(record: LogRecord): void;
  /** What became of a hand-over. */
  receipt(record: LogRecord): void;
  /** How far field time is known to be complete. */
  mark(record: LogRecord): number;
}

/** What the room itself writes into the log, taken back in its order. `done` hears what came of an action. */
export function createRoomRecords(room: Room, done: (id: string, result: Result<Acted>) => void, log: Logger): RoomRecords {
  return {
    act(record) {
      const body = parseJson(record.payload);
      const parsed = body.ok ? actRecord.safeParse(body.value) : undefined;
      if (!parsed?.success) return log.error({ payload: record.payload.toString("utf8").slice(0, 300) }, "an action in the log is not understood");
      const { id, by, action } = parsed.data;
      done(
        id,
        safely(() => room.act(action, by, record.at)),
      );
    },
    receipt(record) {
      const body = parseJson(record.payload);
      const parsed = body.ok ? linkReceiptSchema.safeParse(body.value) : undefined;
      if (!parsed?.success) return log.error({ payload: record.payload.toString("utf8").slice(0, 300) }, "a receipt in the log is not understood");
      room.linkSaid(parsed.data, record.at);
    },
    mark(record) {
      const mark = Number(record.payload.toString("utf8"));
      room.advance("field", mark, record.at);
      return mark;
    },
  };
}

/** One action that cannot be taken stops neither the others nor a replay. */
function safely(act: () => Result<Acted>): Result<Acted> {
  try {
    return act();
  } catch (cause) {
    return refuse(`it could not be done: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
