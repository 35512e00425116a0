import { useState } from "preact/hooks";
import { t } from "../../language.ts";
import { clock, now, zone } from "../../live/state.ts";
import { armReset, ask, jumpAhead } from "./time-asks.ts";

export const timeMenuId = "time-menu";
const rateLimits = { low: 0.1, high: 3600 } as const;
const seedLimit = 0xffff_ffff;

interface Off {
  readonly off: boolean;
}

function RateField({ off }: Off) {
  const present = clock.value?.asked;
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault();
        const rate = Number(new FormData(submit.currentTarget).get("rate"));
        if (rate >= rateLimits.low && rate <= rateLimits.high) void ask({ rate });
      }}
    >
      <label for="time-rate">{t("속도", "Rate")}</label>
      <span>
        <input
          class="field"
          id="time-rate"
          name="rate"
          type="number"
          step="any"
          min={rateLimits.low}
          max={rateLimits.high}
          disabled={off}
          key={present}
          defaultValue={typeof present === "number" ? String(present) : ""}
        />
        <button type="submit" class="button" disabled={off}>
          {t("적용", "Set")}
        </button>
      </span>
      <p>{t("0.1~3,600. 도시의 1초가 몇 배로 가는지.", "0.1 to 3,600 city seconds per second.")}</p>
    </form>
  );
}

/** City time that is typed is the city's own wall time. */
function JumpField({ off }: Off) {
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault();
        const [hours, minutes] = String(new FormData(submit.currentTarget).get("time")).split(":").map(Number);
        const at = nextTime(hours ?? Number.NaN, minutes ?? Number.NaN, now.peek(), zone.peek());
        if (at !== undefined) void ask({ jumpTo: at });
      }}
    >
      <label for="time-jump">{t("건너뛰기", "Jump to")}</label>
      <span>
        <input class="field" id="time-jump" type="time" name="time" required disabled={off} />
        <button type="submit" class="button" disabled={off}>
          {t("이동", "Go")}
        </button>
        <button type="button" class="button" disabled={off} onClick={() => void jumpAhead(1)}>
          +1{t("시간", " h")} <kbd>J</kbd>
        </button>
        <button type="button" class="button" disabled={off} onClick={() => void jumpAhead(6)}>
          +6{t("시간", " h")}
        </button>
      </span>
      <p>{t("다음 그 시각까지 가장 빠르게 갑니다. 앞으로만 갑니다.", "To the next such time, as fast as it goes. Forward only.")}</p>
    </form>
  );
}

/** The next instant at which the city's clocks show this; found by minutes, so that any zone and any change of its offset is right. */
function nextTime(hours: number, minutes: number, after: number, timeZone: string): number | undefined {
  const minuteMs = 60_000;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const wanted = `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  const first = (Math.floor(after / minuteMs) + 1) * minuteMs;
  for (let at = first; at < first + 25 * 60 * minuteMs; at += minuteMs) if (format.format(at) === wanted) return at;
  return undefined;
}

function ResetField({ off }: Off) {
  const [seed, setSeed] = useState<number | undefined>(undefined);
  const next = seed ?? clock.value?.seed ?? 1;
  return (
    <div>
      <label for="time-seed">{t("처음부터", "Begin anew")}</label>
      <span>
        <input
          class="field"
          id="time-seed"
          type="number"
          min="0"
          max={seedLimit}
          step="1"
          disabled={off}
          value={next}
          title={t("시드", "Seed")}
          onInput={(input) => setSeed(Math.max(0, Math.min(seedLimit, Math.trunc(input.currentTarget.valueAsNumber || 0))))}
        />
        <button type="button" class="button" disabled={off} onClick={() => armReset(next)}>
          {t("준비…", "Arm…")} <kbd>R</kbd>
        </button>
      </span>
      <p>{t("이 시드로 도시를 다시 만듭니다. 한 번 더 확인합니다.", "Makes the city from this seed. Asks once more.")}</p>
    </div>
  );
}

export const TimeMenu = ({ off }: Off) => (
  <fieldset id={timeMenuId} class="time-menu" popover="auto" aria-label={t("시간 옮기기", "Move time")}>
    <RateField off={off} />
    <JumpField off={off} />
    <ResetField off={off} />
  </fieldset>
);
