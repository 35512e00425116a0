import { useEffect, useState } from "preact/hooks";
import { say, t } from "../language.ts";
import { beat, clock, link, now, plan, rights } from "../live/state.ts";
import { modeOf } from "./mode.ts";
import {
  armedReset,
  armReset,
  ask,
  asked,
  confirmReset,
  jumpAhead,
  locked,
  offerTimeKeys,
  rates,
  refusal,
  step,
  stepSeconds,
  togglePause,
} from "./time-asks.ts";
import { Timeline } from "./timeline.tsx";

const rateLimits = { low: 0.1, high: 3600 } as const;

function RateField({ off }: { readonly off: boolean }) {
  const present = clock.value?.asked;
  return (
    <form
      class="rate-field"
      onSubmit={(submit) => {
        submit.preventDefault();
        const rate = Number(new FormData(submit.currentTarget).get("rate"));
        if (rate >= rateLimits.low && rate <= rateLimits.high) void ask({ rate });
      }}
    >
      <label>
        <span class="unseen">{t("속도, 0.1~3600", "Rate, 0.1 to 3600")}</span>×
        <input
          class="field"
          name="rate"
          type="number"
          step="any"
          min={rateLimits.low}
          max={rateLimits.high}
          disabled={off}
          key={present}
          defaultValue={present === null || present === undefined ? "" : String(present)}
        />
      </label>
    </form>
  );
}

function Reset({ off }: { readonly off: boolean }) {
  const armed = armedReset.value;
  const [seed, setSeed] = useState<number | undefined>(undefined);
  void beat.value;
  useEffect(() => {
    if (armed && Date.now() > armed.until) armedReset.value = undefined;
  });
  const next = seed ?? clock.value?.seed ?? 1;
  if (armed)
    return (
      <div class="armed" role="alertdialog" aria-label={t("처음부터", "Reset")}>
        <p>
          {t(
            `시드 ${armed.seed}로 도시를 처음부터 다시 만듭니다. 지금 기록은 새 실행으로 바뀌고 화면이 다시 채워집니다.`,
            `The city begins anew with seed ${armed.seed}. A new run replaces what is shown, and its history fills again.`,
          )}
        </p>
        <button type="button" class="button is-main" onClick={confirmReset}>
          {t("다시 시작", "Begin anew")} <kbd>Enter</kbd>
        </button>
        <button type="button" class="button" onClick={() => (armedReset.value = undefined)}>
          {t("풀기", "Disarm")} {Math.max(0, Math.ceil((armed.until - Date.now()) / 1000))} s
        </button>
      </div>
    );
  return (
    <span class="reset">
      <label>
        <span class="seed-word">{t("시드", "Seed")}</span>
        <input
          class="field"
          type="number"
          min="0"
          max="4294967295"
          step="1"
          disabled={off}
          value={next}
          onInput={(input) => setSeed(Math.max(0, Math.min(0xffff_ffff, Math.trunc(input.currentTarget.valueAsNumber || 0))))}
        />
      </label>
      <button type="button" class="button" disabled={off} onClick={() => armReset(next)}>
        {t("처음부터…", "Reset…")} <kbd>R</kbd>
      </button>
    </span>
  );
}

/** City time that is typed is the city's own wall time. */
function JumpField({ off }: { readonly off: boolean }) {
  return (
    <form
      class="jump"
      onSubmit={(submit) => {
        submit.preventDefault();
        const [hours, minutes] = String(new FormData(submit.currentTarget).get("time")).split(":").map(Number);
        const at = nextTime(hours ?? Number.NaN, minutes ?? Number.NaN);
        if (at !== undefined) void ask({ jumpTo: at });
      }}
    >
      <label>
        <span class="unseen">{t("건너뛸 시각", "Time to jump to")}</span>
        <input class="field" type="time" name="time" required disabled={off} />
      </label>
      <button type="submit" class="button" disabled={off} title={t("다음 이 시각으로", "To the next such time")}>
        {t("이동", "Go")}
      </button>
      <button type="button" class="button" disabled={off} onClick={() => void jumpAhead(1)}>
        +1{t("시간", " h")} <kbd>J</kbd>
      </button>
    </form>
  );
}

/** The next instant at which the city's clocks show this; found by minutes, so that any zone and any change of its offset is right. */
function nextTime(hours: number, minutes: number): number | undefined {
  const minuteMs = 60_000;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: plan.peek()?.zone ?? "UTC", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const wanted = `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  const first = (Math.floor(now.peek() / minuteMs) + 1) * minuteMs;
  for (let at = first; at < first + 25 * 60 * minuteMs; at += minuteMs) if (format.format(at) === wanted) return at;
  return undefined;
}

function Transport() {
  const armed = armedReset.value !== undefined;
  const reason = locked.value;
  const off = reason !== undefined || asked.value !== undefined;
  const note = asked.value === undefined ? (refusal.value ?? (reason && say(reason))) : t("도시가 따르는 중…", "The city is following…");
  return (
    <div class="transport" title={reason && say(reason)}>
      {armed ? null : <Speed off={off} />}
      <Reset off={off} />
      {note === undefined ? null : (
        <p class="transport-note" role="status">
          {note}
        </p>
      )}
    </div>
  );
}

function Speed({ off }: { readonly off: boolean }) {
  const paused = clock.value?.paused ?? false;
  return (
    <>
      <button type="button" class="button" disabled={off} onClick={() => void togglePause()}>
        {paused ? t("계속", "Go on") : t("멈춤", "Pause")} <kbd>Space</kbd>
      </button>
      <button
        type="button"
        class="button"
        disabled={off || !paused}
        onClick={() => void step()}
        title={t(`${stepSeconds}초 앞으로`, `${stepSeconds} s on`)}
      >
        {t("1분", "1 min")} <kbd>.</kbd>
      </button>
      <fieldset class="buttons" aria-label={t("속도", "Rate")}>
        {rates.map((rate) => (
          <button
            key={rate}
            type="button"
            class="button"
            disabled={off}
            aria-pressed={clock.value?.asked === rate}
            onClick={() => void ask({ rate })}
          >
            {rate}×
          </button>
        ))}
      </fieldset>
      <RateField off={off} />
      <JumpField off={off} />
    </>
  );
}

export function Conductor() {
  const armed = armedReset.value !== undefined;
  const mayRun = rights.value.includes("clock");
  useEffect(() => (mayRun ? offerTimeKeys(false) : undefined), [mayRun]);
  useEffect(() => (armed ? offerTimeKeys(true) : undefined), [armed]);
  return (
    <section class="conductor" aria-label={t("시간", "Time")}>
      <div class="conductor-mode">
        <b>{say(modeOf(link.value, clock.value).text)}</b> · {t("최근 60분", "last 60 min")}
        <small>
          {mayRun
            ? t("시계 = 도시 시각 · 모든 화면 공통", "City time, the same in all views")
            : t("시간은 시연자·시험자·관리자가 움직입니다.", "Demonstrators, testers and admins run the time.")}
        </small>
      </div>
      <Timeline />
      {mayRun ? <Transport /> : null}
    </section>
  );
}
