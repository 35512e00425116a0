import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { CityClock, ClockAction, ClockAnswer } from "../shared/clock.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Actor } from "../shared/roles.ts";
import type { Announcements } from "./announcements.ts";
import type { Fold } from "./ingest/fold.ts";

export interface ClockAsksParts {
  readonly fold: Fold;
  readonly announcements: Announcements;
  /** Those that a run can begin from. */
  readonly images: () => readonly string[];
  readonly log: Logger;
  /** Sends an ask to the simulator; its answer comes through `announcements`. */
  readonly ask: (id: string, action: ClockAction, images: readonly string[]) => void;
}

/** A jump over a month, or a day generated on a slow machine, takes minutes; a simulator that goes away is noticed by its clock. */
const answerMs = 3_600_000;

/** Asks of the city's clock, and who waits for their answers: a jump answers when it has arrived, a reset when its panels are full. */
export function createClockAsks({
  fold,
  announcements,
  images,
  log,
  ask,
}: ClockAsksParts): (action: ClockAction, by: Actor) => Promise<Result<CityClock>> {
  const waiting = new Map<string, (answer: Omit<ClockAnswer, "id">) => void>();
  announcements.onAnswer((answer) => waiting.get(answer.id)?.(answer));
  announcements.subscribe.onClock((clock) => {
    if (clock?.phase === "gone") for (const finish of waiting.values()) finish({ ok: false, reason: "the simulator went away before it answered" });
  });

  return async (action, by) => {
    const { clock } = fold;
    if (clock === undefined || clock.phase === "gone") return refuse("no simulator is connected: there is no city clock to set");
    if ("jumpTo" in action && action.jumpTo < clock.head) return refuse("the clock cannot jump back; reset the city instead");
    const id = randomUUID();
    log.info({ by, action }, "clock action");
    return new Promise<Result<CityClock>>((resolve) => {
      const timer = setTimeout(() => finish({ ok: false, reason: "the simulator did not answer in time" }), answerMs);
      const finish = (answer: Omit<ClockAnswer, "id">): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer.ok && fold.clock ? ok(fold.clock) : refuse(answer.reason ?? "the simulator refused"));
      };
      waiting.set(id, finish);
      ask(id, action, "reset" in action ? images() : []);
    });
  };
}
