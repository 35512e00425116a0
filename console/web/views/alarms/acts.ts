import { effect, signal } from "@preact/signals";
import type { Acted, RoomAction } from "../../../../shared/room-action.ts";
import { t } from "../../language.ts";
import { act } from "../../live/connect.ts";
import { alarms, deskN } from "../../live/desk.ts";
import { link } from "../../live/state.ts";
import { refusalText } from "./refusals.ts";

/** Alarms for which something was asked and has not come back as news. Nothing is shown as done before it is. */
export const pending = signal<ReadonlySet<string>>(new Set());
/** What the newest action came to, told where it was asked: a refusal, or what of it was left out. */
export const answer = signal<{ readonly text: string; readonly refused: boolean } | undefined>(undefined);

/** What a person has acted on last from here. */
export const acted = signal<readonly string[]>([]);

/** It has been read by then. */
const answerMs = 12_000;
/** News of what is durable comes with the next tick; when a filter hides them, waiting would be for ever. */
const newsMs = 3000;

function mark(ids: readonly string[], on: boolean): void {
  const next = new Set(pending.peek());
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  pending.value = next;
}

let forgetting: ReturnType<typeof setTimeout> | undefined;
export function tellAnswer(text: string, refused: boolean): void {
  answer.value = { text, refused };
  clearTimeout(forgetting);
  forgetting = setTimeout(() => {
    answer.value = undefined;
  }, answerMs);
}

/** Resolves when the desk's news have come as far as the action's number, or the connection is gone. */
function arrived({ n }: Acted): Promise<void> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const done = () => {
      clearTimeout(timer);
      queueMicrotask(() => stop());
      resolve();
    };
    const timer = setTimeout(done, newsMs);
    stop = effect(() => {
      if (deskN.value >= n || link.value.state !== "live") done();
    });
  });
}

/** Asks, waits for the answer and for the news of it. True when something was done. */
export async function perform(action: RoomAction, ids: readonly string[]): Promise<boolean> {
  const asked = ids.filter((id) => !pending.peek().has(id));
  if (ids.length > 0 && asked.length === 0) return false;
  mark(ids, true);
  answer.value = undefined;
  try {
    const result = await act(action);
    if (!result.ok) {
      tellAnswer(refusalText(result.reason), true);
      return false;
    }
    acted.value = asked;
    await arrived(result.value);
    const { left } = result.value;
    if (left.length > 0) {
      const why = refusalText(left[0]?.reason ?? "");
      tellAnswer(t(`${ids.length}건 가운데 ${left.length}건은 남았습니다. ${why}`, `${left.length} of ${ids.length} were left. ${why}`), true);
    }
    return true;
  } finally {
    mark(ids, false);
  }
}

/** Only what stands on the screen, as the occurrences that it shows, in the run that it shows. */
export function acknowledge(ids: readonly string[], note?: string): Promise<boolean> {
  const seen = ids.flatMap((id) => {
    const alarm = alarms.peek().get(id);
    return alarm && (alarm.state === "B" || alarm.state === "D") ? [{ id, occurrence: alarm.occurrence, run: alarm.run }] : [];
  });
  if (seen.length === 0) return Promise.resolve(false);
  return perform(
    { do: "acknowledge", alarms: seen, ...(note ? { note } : {}) },
    seen.map(({ id }) => id),
  );
}
