import { useLayoutEffect } from "preact/hooks";
import { priorities } from "../../../../shared/alarm-rule.ts";
import { t } from "../../language.ts";
import { second } from "../../live/state.ts";
import { Badge } from "../../widgets/badge.tsx";
import { Mark } from "../../widgets/mark.tsx";
import { offerKeys } from "../keys/keyboard.ts";
import { silenceMs } from "./due.ts";
import { blocked, chooseVolume, silence, silentUntil, soundOn, switchSound, testTone, unblock, volume } from "./player.ts";
import "./sound.css";

const speaker = "M4 9v6h4l6 5V4L8 9z";
const on = `${speaker}M17 9a4 4 0 0 1 0 6M19 6a8 8 0 0 1 0 12`;
const off = `${speaker}M17 9l5 6M22 9l-5 6`;
const menuId = "sound-menu";
const minutes = silenceMs / 60_000;

/** Silences for two minutes of the wall: acknowledging is another thing. */
export function SilenceButton() {
  void second.value;
  const left = Math.ceil((silentUntil.value - Date.now()) / 1000);
  useLayoutEffect(
    () => offerKeys([{ code: "KeyS", sign: "S", does: { ko: `소리 ${minutes}분 끄기`, en: `Silence for ${minutes} min` }, act: silence }]),
    [],
  );
  if (blocked.value && soundOn.value)
    return (
      <button
        type="button"
        class="button sound-blocked"
        title={t("브라우저가 소리를 막고 있습니다. 누르면 켜집니다.", "The browser blocks sound. Press to allow it.")}
        onClick={() => void unblock()}
      >
        <Mark service={{ mark: off }} /> {t("소리 막힘", "Sound blocked")}
        <span class="banner-wide">{t("— 브라우저에서 켜기", "by the browser: allow")}</span>
      </button>
    );
  return (
    <button type="button" class="button sound-silence" aria-disabled={!soundOn.value} onClick={silence}>
      <Mark service={{ mark: off }} /> {left > 0 ? t(`소리 끔 ${left}초`, `Silenced ${left} s`) : t("소리 끔", "Silence")} <kbd>S</kbd>
    </button>
  );
}

const volumes = [0, 1, 2] as const;

/** Settings and test of the tones, in the top bar. */
export function SoundSwitch() {
  const names = [t("작게", "Low"), t("보통", "Middle"), t("크게", "High")];
  return (
    <>
      <button type="button" class="button is-quiet" popovertarget={menuId} aria-label={t("경보음", "Alarm sound")} title={t("경보음", "Alarm sound")}>
        <Mark service={{ mark: soundOn.value && !blocked.value ? on : off }} />
      </button>
      <fieldset id={menuId} class="sound-menu" popover="auto" aria-label={t("경보음", "Alarm sound")}>
        <label>
          <input type="checkbox" checked={soundOn.value} onChange={(change) => switchSound(change.currentTarget.checked)} />
          {t("이 화면에서 경보음 내기", "Alarm tones on this screen")}
        </label>
        <div class="buttons">
          {volumes.map((step) => (
            <button key={step} type="button" class="button" aria-pressed={volume.value === step} onClick={() => chooseVolume(step)}>
              {names[step]}
            </button>
          ))}
        </div>
        <p>{t("시험", "Test")}</p>
        <div class="sound-tests">
          {priorities.map((rank) => (
            <button
              key={rank}
              type="button"
              class="button"
              onClick={() => void testTone(rank)}
              aria-label={t(`우선순위 ${rank} 소리`, `Tone of priority ${rank}`)}
            >
              <Badge rank={rank} look="filled" size={16} />
            </button>
          ))}
        </div>
        <p>
          {blocked.value
            ? t("브라우저가 소리를 막고 있습니다. 시험 단추를 누르면 풀립니다.", "The browser blocks sound; pressing a test allows it.")
            : t("새 경보에 한 번, 1·2등급은 확인할 때까지 60초마다.", "Once for a new alarm; P1 and P2 every 60 s until acknowledged.")}
        </p>
      </fieldset>
    </>
  );
}
