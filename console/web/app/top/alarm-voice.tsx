import { effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import { say, t } from "../../language.ts";
import { alarms } from "../../live/desk.ts";
import { epoch } from "../../live/state.ts";
import { deviceName } from "../../views/alarms/places.ts";
import { shownAlarms } from "../kiosk.ts";
import { createVoice } from "./voice.ts";

const assertive = signal("");
const polite = signal("");
/** Others than P1 are told together, so that a reader is not talked over. */
const politeMs = 10_000;

const sentence = (alarm: Alarm): string =>
  t(`우선순위 1 경보: ${say(alarm.text)}, ${deviceName(alarm.device)}`, `Priority 1 alarm: ${say(alarm.text)}, ${deviceName(alarm.device)}`);

function listen(): () => void {
  const voice = createVoice();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = 0;
  const tell = () => {
    timer = undefined;
    polite.value = t(`새 경보 ${waiting}건`, `${waiting} new alarms`);
    waiting = 0;
  };
  const stop = effect(() => {
    void alarms.value;
    if (epoch.value === "") return;
    const { urgent, others } = voice.hear(shownAlarms.value);
    const first = urgent.at(-1);
    if (first !== undefined)
      assertive.value =
        urgent.length === 1 ? sentence(first) : `${sentence(first)} · ${t(`우선순위 1이 모두 ${urgent.length}건`, `${urgent.length} of priority 1`)}`;
    if (others === 0) return;
    waiting += others;
    timer ??= setTimeout(tell, politeMs);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** What a screen reader says: a P1 at once, everything else as a count, at most every ten seconds. */
export function AlarmVoice() {
  useEffect(listen, []);
  return (
    <>
      <p class="unseen" role="alert">
        {assertive.value}
      </p>
      <p class="unseen" role="status">
        {polite.value}
      </p>
    </>
  );
}
