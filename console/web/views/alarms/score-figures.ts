import type { AlarmScore } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
import { durationText, figureText } from "../../trend/words.ts";

/** One line of the score: what it is, how it stands, what the standard asks, and whether it holds. */
export interface ScoreLine {
  readonly id: string;
  readonly name: Text;
  readonly value: Text;
  /** ISA-18.2-2016 Table 7, EEMUA 191 where it says so. */
  readonly target: Text;
  /** undefined: too little time to judge, or nothing to judge by. */
  readonly holds: boolean | undefined;
}
const both = (text: string): Text => ({ ko: text, en: text });
const share = (part: number): Text => both(`${figureText(part * 100, part < 0.1 ? 1 : 0)} %`);

/** Limits of acceptable figures; sources: control-room.md 2.3. */
const limits = { mean: 1, most: 10, flood: 0.01, top: 0.05, stale: 5, standing: 10, shelved: 30 } as const;

/** The alarm system against the standard's targets. A verdict needs thirty days. */
export function scoreLines(score: AlarmScore): readonly ScoreLine[] {
  const { perTenMinutes: rate, flood, top, chattering, fleeting, stale, split, standing, shelved, toAcknowledge } = score;
  const judged = (holds: boolean): boolean | undefined => (score.judged ? holds : undefined);
  const all = split[1] + split[2] + split[3] + split[4];
  const part = (count: number): string => (all === 0 ? "—" : `${Math.round((count / all) * 100)}`);
  const lines: ScoreLine[] = [
    { id: "now", name: { ko: "10분당 지금", en: "Per 10 min, now" }, value: both(String(rate.now)), target: both("≤ 10"), holds: undefined },
    {
      id: "mean",
      name: { ko: "10분당 평균", en: "Per 10 min, mean" },
      value: both(figureText(rate.mean, 2)),
      target: { ko: "1 안팎, 많아야 2", en: "about 1, at most 2" },
      holds: judged(rate.mean <= limits.mean),
    },
    {
      id: "peak",
      name: { ko: "10분당 최대", en: "Per 10 min, peak" },
      value: both(String(rate.peak)),
      target: both("≤ 10"),
      holds: judged(rate.peak <= limits.most),
    },
    {
      id: "flood",
      name: { ko: "폭주 시간", en: "Time in flood" },
      value: { ko: `${share(flood.share).ko} · ${flood.times.length}번`, en: `${share(flood.share).en} · ${flood.times.length}×` },
      target: both("< 1 %"),
      holds: judged(flood.share < limits.flood),
    },
    {
      id: "top",
      name: { ko: "상위 10개 비중", en: "Top-10 share" },
      value: share(top.share),
      target: both("1–5 %"),
      holds: judged(top.share <= limits.top),
    },
    {
      id: "chattering",
      name: { ko: "빈발 · 순간", en: "Chattering · fleeting" },
      value: both(`${chattering.length} · ${fleeting.length}`),
      target: both("0"),
      holds: judged(chattering.length + fleeting.length === 0),
    },
    {
      id: "stale",
      name: { ko: "24시간 넘은 것", en: "Stale (> 24 h)" },
      value: both(String(stale.length)),
      target: both("< 5"),
      holds: judged(stale.length < limits.stale),
    },
    {
      id: "split",
      name: { ko: "등급 비율 4·3·2·1 %", en: "Priority split 4·3·2·1 %" },
      value: both([split[4], split[3], split[2], split[1]].map(part).join(" · ")),
      target: { ko: "80 · 15 · 5 · 1 미만 (3·4등급을 나누지 않으면 80)", en: "80 · 15 · 5 · < 1 (80 = the two lowest together)" },
      holds: undefined,
    },
    {
      id: "standing",
      name: { ko: "서 있는 경보", en: "Standing" },
      value: both(String(standing)),
      target: { ko: "< 10 (EEMUA)", en: "< 10 (EEMUA)" },
      holds: judged(standing < limits.standing),
    },
    {
      id: "shelved",
      name: { ko: "보류", en: "Shelved" },
      value: both(String(shelved)),
      target: both("< 30 (EEMUA)"),
      holds: judged(shelved < limits.shelved),
    },
    {
      id: "acknowledge",
      name: { ko: "확인까지 중앙값", en: "Median to acknowledge" },
      value: toAcknowledge.city === null ? both("—") : clocksText(toAcknowledge.city, toAcknowledge.wall),
      target: both("—"),
      holds: undefined,
    },
    {
      id: "maintenance",
      name: { ko: "정비 경보 (따로 셈)", en: "Maintenance (counted apart)" },
      value: {
        ko: `${score.maintenance.raised}건, 지금 ${score.maintenance.standing}`,
        en: `${score.maintenance.raised}, ${score.maintenance.standing} standing`,
      },
      target: both("—"),
      holds: undefined,
    },
  ];
  return lines;
}

function clocksText(city: number, wall: number | null): Text {
  const first = durationText(city * 1000);
  if (wall === null || Math.abs(wall - city) < 1) return first;
  const second = durationText(wall * 1000);
  return { ko: `${first.ko} (실제 ${second.ko})`, en: `${first.en} (${second.en} by the wall)` };
}
