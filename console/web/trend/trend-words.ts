import type { ChronicleLine } from "../../../shared/city-port.ts";
import type { NumberMetric, Text } from "../../../shared/service.ts";
import { lang, say } from "../live/room.ts";
import type { PlotWords } from "./plot-picture.ts";
import { clockText, durationText, figureText, unitText } from "./words.ts";

export const trendTexts = {
  now: { ko: "지금", en: "now" },
  quality: { ko: "품질", en: "quality" },
  events: { ko: "사건", en: "events" },
  usual: { ko: "설계 프로필", en: "design profile" },
  loading: { ko: "기록을 불러오는 중", en: "Loading history" },
  empty: { ko: "이 시간대에 받은 값이 없습니다.", en: "No reading in this time." },
  failed: { ko: "기록을 읽지 못했습니다.", en: "History could not be read." },
} satisfies Record<string, Text>;

export const qualityTexts: Readonly<Record<string, Text>> = {
  good: { ko: "정상", en: "good" },
  est: { ko: "추정", en: "estimated" },
  bad: { ko: "불량", en: "bad" },
  sat: { ko: "포화", en: "saturated" },
  stale: { ko: "지연", en: "stale" },
  man: { ko: "수동", en: "manual" },
};

export interface TrendWordsOptions {
  readonly contract: NumberMetric;
  readonly precision: number;
  readonly zone: string;
  readonly now: () => number;
  readonly eventText: (line: ChronicleLine) => string;
}

/** What a trend says beside its line, in the language of the reader. */
export function trendWords({ contract, precision, zone, now, eventText }: TrendWordsOptions): PlotWords {
  const unit = say(unitText(contract.unit));
  const isKorean = lang.value === "ko";
  return {
    gap: (ms) => (isKorean ? `${say(durationText(ms))} 비어 있음` : `${say(durationText(ms))} gap`),
    event: eventText,
    limit: (limit) => `${say(limit.label)} ${figureText(limit.value, 2)} ${unit}`,
    now: say(trendTexts.now),
    quality: say(trendTexts.quality),
    events: say(trendTexts.events),
    usual: (band) => [say(trendTexts.usual), `${figureText(band.low, precision)}–${figureText(band.high, precision)}`],
    present: (value) => `${figureText(value, precision)} ${unit}`,
    last: (value, age) => {
      const long = say(durationText(age));
      const clock = clockText(now() - age, zone, false);
      return isKorean
        ? [`마지막 값 ${figureText(value, precision)}`, `${long} 전 · ${clock}`]
        : [`last value ${figureText(value, precision)}`, `${long} ago · ${clock}`];
    },
  };
}

/** Says that the drawing is thinner than what came. */
export const skippedText = (count: number): string =>
  say({
    ko: `빠른 시간: ${figureText(count, 0)}점은 잠시 뒤 저장소에서 채움`,
    en: `Fast time: ${figureText(count, 0)} points follow from the store`,
  });
