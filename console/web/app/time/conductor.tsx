import { useLayoutEffect } from "preact/hooks";
import { say, t } from "../../language.ts";
import { seeksCue } from "../../live/exercise.ts";
import { clock, link, rights } from "../../live/state.ts";
import { kiosk } from "../kiosk.ts";
import "./conductor.css";
import { AlarmRate } from "./alarm-rate.tsx";
import { modeOf } from "./mode.ts";
import { armedReset, asked, locked, offerTimeKeys, refusal } from "./time-asks.ts";
import { Timeline } from "./timeline.tsx";
import { ArmedReset, Transport } from "./transport.tsx";

/** One time for all panels: what it means, the last hour of it, and how it is run. */
export function Conductor() {
  const armed = armedReset.value !== undefined;
  const mayRun = rights.value.includes("clock") && !kiosk;
  useLayoutEffect(() => (mayRun ? offerTimeKeys(false) : undefined), [mayRun]);
  useLayoutEffect(() => (armed ? offerTimeKeys(true) : undefined), [armed]);
  return (
    <section class="conductor" aria-label={t("시간", "Time")}>
      <div class="conductor-mode">
        <b>{say(modeOf(link.value, clock.value, seeksCue.value).text)}</b> <span>{t("최근 60분", "last 60 min")}</span>
        <small>
          {kiosk || locked.value === undefined ? t("시계 = 도시 시각 · 모든 화면 공통", "City time, the same in all views") : say(locked.value)}
        </small>
      </div>
      <Timeline />
      {mayRun ? <Running armed={armed} /> : null}
      <AlarmRate />
    </section>
  );
}

function Running({ armed }: { readonly armed: boolean }) {
  const reason = locked.value;
  const note = asked.value === undefined ? refusal.value : t("도시가 따르는 중…", "The city is following…");
  return (
    <div class="transport" title={reason && say(reason)}>
      {armed ? <ArmedReset /> : <Transport off={reason !== undefined || asked.value !== undefined} />}
      {note === undefined ? null : (
        <p class="transport-note" role="status">
          {note}
        </p>
      )}
    </div>
  );
}
