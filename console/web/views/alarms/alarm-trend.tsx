import { useMemo } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import type { ChronicleLine } from "../../../../shared/city-port.ts";
import { ruleNamed } from "../../../../shared/rules-of.ts";
import { lang, say, t } from "../../language.ts";
import { cell } from "../../live/state.ts";
import { TrendChart } from "../../trend/trend-chart.tsx";
import { durationText, unitText } from "../../trend/words.ts";
import { eventWords } from "../device/event-words.ts";
import { handOf, heardUpTo, numberOf } from "../device/readings.ts";
import { rowOf, serviceOf } from "./places.ts";

const minuteMs = 60_000;
const aroundMs = 15 * minuteMs;
/** The window grows in steps, so that the history is not asked for again every minute. */
const windows = [30 * minuteMs, 60 * minuteMs, 180 * minuteMs, 360 * minuteMs, 1440 * minuteMs] as const;

/** The alarm's value from a quarter of an hour before its onset until now. */
export function AlarmTrend({ alarm }: { readonly alarm: Alarm }) {
  const row = rowOf.value.get(alarm.device);
  const service = serviceOf(alarm.service);
  const name = alarm.metric ?? (row && service?.panel.main[row.kind]);
  const contract = name ? service?.metrics[name] : undefined;
  const { limit, priority, text, raisedAt } = alarm;
  // a step within a time is no level of the value
  const isLevel = service !== undefined && ruleNamed(service, alarm.kind, alarm.rule)?.when.kind !== "rate";
  const limits = useMemo(
    () => (isLevel && typeof limit === "number" && alarm.metric !== null ? [{ name: "limit", rank: priority, label: text, value: limit }] : []),
    [isLevel, limit, priority, text.ko, alarm.metric],
  );
  const onset = useMemo(
    (): readonly ChronicleLine[] => [{ n: 0, t: raisedAt, service: alarm.service, device: alarm.device, what: "onset", x: {} }],
    [raisedAt, alarm.device],
  );
  const language = lang.value;
  const words = useMemo(
    () => (line: ChronicleLine) => (line.what === "onset" ? t("발생", "onset") : service ? eventWords(line, service) : line.what),
    [service, language],
  );
  if (row === undefined || service === undefined || name === undefined || contract?.kind !== "number") return null;
  const age = handOf(row) - raisedAt + aroundMs;
  const rangeMs = windows.find((window) => window >= age) ?? windows[windows.length - 1] ?? aroundMs;
  return (
    <section class="ad-trend" aria-label={t("추세", "Trend")}>
      <p>
        <span>
          {say(contract.label)} {say(unitText(contract.unit))}
        </span>
        <span>{t(`최근 ${say(durationText(rangeMs))}`, `last ${say(durationText(rangeMs))}`)}</span>
      </p>
      <TrendChart
        row={row}
        metric={name}
        contract={contract}
        limits={limits}
        events={onset}
        eventText={words}
        rangeMs={rangeMs}
        now={() => handOf(row)}
        heard={() => heardUpTo(row)}
        live={() => ({ t: cell(row.cell), code: numberOf(row, service, name) })}
        lanes={false}
      />
    </section>
  );
}
