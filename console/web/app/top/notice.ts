import { computed } from "@preact/signals";
import type { Text } from "../../../../shared/service.ts";
import { lines } from "../../live/desk.ts";
import { seeksCue } from "../../live/exercise.ts";
import { clock, link, now, second, zone } from "../../live/state.ts";
import { durationText, figureText } from "../../trend/words.ts";
import { deviceName } from "../../views/alarms/places.ts";
import { counts } from "../../views/alarms/present-counts.ts";
import { minuteText } from "../../widgets/figures.ts";
import { keepsUp, rateFigure } from "../time/mode.ts";
import { type Progress, progress } from "../time/progress.ts";

/** The one thing that the banner's line says now. `done` = a share, where something is under way; `isNow` = false stands in cyan. */
export interface Notice {
  readonly text: Text;
  readonly isNow: boolean;
  readonly done?: number;
}

const hourMs = 3_600_000;
/** A rate that was just asked needs a moment to be measured. */
const patienceMs = 4000;
let behindSince: number | undefined;

function progressNotice({ phase, whole, done, leftMs }: Progress): Notice {
  const hours = (ms: number) => figureText(ms / hourMs, 1);
  const left = leftMs === undefined ? undefined : durationText(leftMs);
  const jump = phase === "jump";
  return {
    text: {
      ko: `${jump ? "앞당기는 중" : "기록을 되채우는 중"} ${hours(whole)}시간 가운데 ${hours(done)}시간${left ? ` · 약 ${left.ko} 남음` : ""}${jump ? "" : " · 화면은 지금도 쓸 수 있습니다"}`,
      en: `${jump ? "Jumping ahead" : "Filling the history"}: ${hours(done)} of ${hours(whole)} h${left ? ` · about ${left.en} left` : ""}${jump ? "" : " · everything works meanwhile"}`,
    },
    isNow: false,
    done: done / whole,
  };
}

function behindNotice(rate: number, asked: number): Notice | undefined {
  behindSince ??= Date.now();
  if (Date.now() - behindSince < patienceMs) return undefined;
  return {
    text: {
      ko: `요청한 ×${rateFigure(asked)}을 다 따르지 못해 ×${rateFigure(rate)}로 갑니다.`,
      en: `×${rateFigure(asked)} was asked; the chain keeps ×${rateFigure(rate)}.`,
    },
    isNow: true,
  };
}

/** Nobody is asked for: says when somebody last was. */
function calm(): Notice {
  const { by, unacknowledged } = counts.value;
  const standing = by[1].all + by[2].all + by[3].all + by[4].all;
  const last = lines.value.findLast((line) => line.what === "acknowledged" || line.what === "cleared");
  const when = last === undefined ? undefined : minuteText(last.t, zone.peek());
  const what = last === undefined ? "" : deviceName(last.device ?? "");
  if (unacknowledged > 0 || standing > 0)
    return { text: { ko: `새 경보 없음 · 서 있는 경보 ${standing}건`, en: `No new alarm · ${standing} standing` }, isNow: true };
  return {
    text: {
      ko: when === undefined ? "새 경보 없음" : `새 경보 없음 · 마지막 ${when} ${what}`,
      en: when === undefined ? "No new alarm" : `No new alarm · last ${when} ${what}`,
    },
    isNow: true,
  };
}

export const notice = computed<Notice>(() => {
  void second.value;
  const time = clock.value;
  const filling = progress.value;
  const stands = minuteText(now.peek(), zone.peek());
  if (link.value.state === "opening") return { text: { ko: "도시에 잇는 중입니다.", en: "Connecting to the city." }, isNow: false };
  if (time?.phase === "gone")
    return {
      text: { ko: `모의 도시가 멈췄습니다. 값은 ${stands}의 것입니다.`, en: `The simulated city has stopped. Values are those of ${stands}.` },
      isNow: false,
    };
  if (filling) return progressNotice(filling);
  if (seeksCue.value) return { text: { ko: "다음 큐로 가는 중입니다.", en: "Going on to the next cue." }, isNow: true };
  if (time?.paused) return { text: { ko: `도시의 시간이 ${stands}에 멈춰 있습니다.`, en: `The city's time is paused at ${stands}.` }, isNow: true };
  if (time === undefined || time.asked === null || keepsUp(time)) {
    behindSince = undefined;
    return calm();
  }
  return behindNotice(time.rate, time.asked) ?? calm();
});
