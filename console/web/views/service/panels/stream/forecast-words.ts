import { type Text, text } from "../../../../../../shared/text.ts";
import type { Limit } from "../../../../trend/limits.ts";
import type { Ahead, AheadMark } from "../../../../trend/plot-picture.ts";
import { clockText, durationText, figureText } from "../../../../trend/words.ts";
import { checkedMs, type LevelForecast, passing } from "./level-forecast.ts";
import { type Outlook, passes } from "./limit-time.ts";

const minuteMs = 60_000;

interface MarkAsk {
  readonly limits: readonly Limit[];
  readonly zone: string;
  readonly say: (text: Text) => string;
}

/** Between which minutes from now 80 % of such forecasts would have passed the limit. */
function between(forecast: LevelForecast, limit: number, now: number): Text | undefined {
  const { earliest, latest } = passing(forecast, limit);
  const start = forecast.points[0]?.t ?? now;
  const ahead = (minutes: number): number => Math.max(0, Math.round(minutes + (start - now) / minuteMs));
  if (earliest === undefined) return undefined;
  const from = ahead(earliest);
  if (latest === undefined)
    return text(`80 %: 빨라도 ${from}분 뒤, 또는 한 시간 안에는 아님`, `80 %: in ${from} min at the soonest, or not within the hour`);
  return text(`80 %: ${from}–${ahead(latest)}분 뒤`, `80 % between ${from} and ${ahead(latest)} min`);
}

const bySlope = text("지금 기울기로", "by its present slope");

const byRule = text("경보 규칙의 예측", "by the alarm rule");

/** The limit that the room's own rule expects to be passed, while it stands; else the one that comes next. */
function nextOf(
  outlook: Outlook,
  limits: readonly Limit[],
): { readonly t: number; readonly value: number; readonly by: "rule" | "slope" } | undefined {
  const { forecast, standing, now } = outlook;
  const start = forecast?.points[0];
  const limit = start === undefined ? undefined : limits.find((one) => one.value > start.value);
  if (standing !== undefined && standing.t > now && limit?.value !== standing.value) return { ...standing, by: "rule" };
  const found = limit === undefined ? undefined : passes(limit.value, outlook);
  return limit === undefined || found === undefined ? undefined : { ...found, value: limit.value };
}

function markOf(outlook: Outlook, { limits, zone, say }: MarkAsk): AheadMark | undefined {
  const { forecast, now } = outlook;
  const next = nextOf(outlook, limits);
  if (next === undefined) return undefined;
  const { t, value } = next;
  const isRule = next.by === "rule";
  const limit = limits.find((one) => Math.abs(one.value - value) < 0.005);
  const left = durationText(Math.max(minuteMs, Math.round((t - now) / minuteMs) * minuteMs));
  const name = limit?.label ?? text("기준", "limit");
  const fan = forecast && between(forecast, value, now);
  // the fan is the slope's: beside what the rule says it is a second opinion, and says so
  const whose = isRule ? `${say(bySlope)}: ` : "";
  return {
    t,
    value,
    title: say(text(`${name.ko} ${figureText(value, 2)} m까지 ${left.ko}`, `${name.en} ${figureText(value, 2)} m in ${left.en}`)),
    lines: [`${clockText(t, zone, false)} · ${say(isRule ? byRule : bySlope)}`, ...(fan === undefined ? [] : [`${whose}${say(fan)}`])],
  };
}

/** What is drawn right of now. */
export function aheadOf(outlook: Outlook, ask: MarkAsk): Ahead | undefined {
  const mark = markOf(outlook, ask);
  const course = (outlook.forecast?.points ?? []).map(({ t, value, low, high }) => ({
    t,
    value,
    ...(low === undefined || high === undefined ? {} : { low, high }),
  }));
  return course.length === 0 && mark === undefined ? undefined : { course, mark };
}

const checkedHours = checkedMs / 3_600_000;
const signed = (metres: number): string => `${metres < 0 ? "−" : "+"}${figureText(Math.abs(metres), 2)}`;
const ways: Readonly<Record<LevelForecast["way"], Text>> = {
  rising: text("오르는 물", "rising water"),
  falling: text("내리는 물", "falling water"),
  still: text("잔잔한 물", "still water"),
};

/** What the dashed line and the fan are, and how good such forecasts have been. */
export function fanLegend({ way, points }: LevelForecast): Text {
  // The furthest of what is drawn, up to half an hour: a fan that ends sooner is still one.
  const far = points.findLast(({ minutes, spread }) => minutes > 0 && minutes <= 30 && spread !== undefined);
  const half = far?.spread;
  if (far === undefined || half === undefined)
    return text(
      `점선: 최근 12분 기울기 · 음영 없음: 지난 ${checkedHours}시간에 맞춰 볼 ${ways[way].ko} 예측이 모자람`,
      `Dashed: slope of the last 12 min · no fan: too few forecasts of ${ways[way].en} in ${checkedHours} h to be checked`,
    );
  const [low, high] = [signed(half.low - half.middle), signed(half.high - half.middle)];
  return text(
    `점선: 최근 12분 기울기, 지난 오차로 바로잡음 · 음영: 지난 ${checkedHours}시간 ${ways[way].ko} 예측 ${half.checked}번의 80 %, ${far.minutes}분에 ${low}~${high} m`,
    `Dashed: slope of the last 12 min, put right by past errors · fan: 80 % of ${half.checked} such forecasts of ${ways[way].en} in ${checkedHours} h, ${low} to ${high} m at ${far.minutes} min`,
  );
}
