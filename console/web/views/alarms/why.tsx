import type { AlarmDetail } from "../../../../shared/alarm.ts";
import type { Value } from "../../../../shared/reading.ts";
import { say, t } from "../../language.ts";
import { zone } from "../../live/state.ts";
import { MapCrop } from "../../map/map-crop.tsx";
import { unitText } from "../../trend/words.ts";
import { clockText } from "../../widgets/figures.ts";
import { deviceName, rowOf, serviceOf } from "./places.ts";
import { WallClock } from "./wall-clock.tsx";
import { amountText } from "./words.ts";

/** A value of a device with its metric's words. */
function Amount({ device, metric, value }: { readonly device: string; readonly metric: string; readonly value: Parameters<typeof amountText>[0] }) {
  const contract = serviceOf(rowOf.value.get(device)?.service ?? "")?.metrics[metric];
  const text = amountText(value, contract);
  return (
    <>
      <b>{text ? say(text) : "—"}</b> {contract?.kind === "number" ? say(unitText(contract.unit)) : ""}
    </>
  );
}
const metricName = (device: string, metric: string): string => {
  const contract = serviceOf(rowOf.value.get(device)?.service ?? "")?.metrics[metric];
  return contract ? say(contract.label) : metric;
};

const isPlace = (value: Value): value is Extract<Value, readonly number[]> => Array.isArray(value);

/** Why it was raised: what was read, the rule, the usual, the neighbours, and what follows from them. */
export function Why({ detail }: { readonly detail: AlarmDetail }) {
  const { evidence } = detail;
  if (evidence === null) return <p class="ad-none">{t("근거가 남아 있지 않습니다.", "No evidence is kept.")}</p>;
  const { verdict, baseline, neighbours, inputs } = evidence;
  const place = inputs.map(({ value }) => value).findLast(isPlace);
  const agree = neighbours.filter((one) => one.agrees).length;
  return (
    <div class="ad-why">
      {verdict === null ? null : (
        <p class="ad-verdict">
          <em class="al-first">{verdict.what === "event" ? t("실제 사건", "REAL EVENT") : t("센서 이상", "SENSOR TROUBLE")}</em>{" "}
          {say(verdict.because)}
        </p>
      )}
      <dl class="ad-facts">
        <div>
          <dt>{t("조건", "Condition")}</dt>
          <dd>{say(evidence.condition)}</dd>
        </div>
        <div>
          <dt>{t("규칙", "Rule")}</dt>
          <dd>
            <code>
              {evidence.rule} v{evidence.version}
            </code>{" "}
            · {clockText(evidence.t, zone.value)}
            <WallClock alarm={detail} />
          </dd>
        </div>
        <div>
          <dt>{t("평소", "Usual")}</dt>
          <dd>
            {baseline === null
              ? t("이 규칙은 쓰지 않음", "not used by this rule")
              : `${baseline.low}–${baseline.high} (${t("중앙", "middle")} ${baseline.middle}) · ${baseline.from}`}
          </dd>
        </div>
      </dl>
      {place === undefined ? null : (
        <figure class="ad-where">
          <MapCrop lat={place[0]} lon={place[1]} />
          <figcaption>
            {t("그때 있던 곳", "Where it was then")} · {place.map((degrees) => degrees.toFixed(4)).join(", ")}
          </figcaption>
        </figure>
      )}
      {inputs.length === 0 ? null : (
        <ul class="ad-inputs" aria-label={t("읽은 값", "Readings")}>
          {inputs.slice(-6).map((input) => (
            <li key={`${input.device}${input.metric}${input.t}`}>
              <time>{clockText(input.t, zone.value)}</time>
              <span>
                {deviceName(input.device)} · {metricName(input.device, input.metric)}
              </span>
              <span>
                <Amount {...input} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {evidence.earlier === undefined ? null : (
        <ul class="ad-inputs" aria-label={t("그 전의 판정", "Judged before")}>
          {evidence.earlier.map((one) => (
            <li key={one.t}>
              <time>{clockText(one.t, zone.value)}</time>
              <span>{say(one.condition)}</span>
              <span>{t(`그때 우선순위 ${one.priority}`, `then priority ${one.priority}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="ad-neighbours">
        {neighbours.length === 0
          ? t("견줄 이웃이 없습니다.", "No neighbours to compare with.")
          : t(`이웃 ${neighbours.length}곳 가운데 ${agree}곳이 같은 말을 합니다.`, `${agree} of ${neighbours.length} neighbours agree.`)}
      </p>
      {neighbours.length === 0 ? null : (
        <ul class="ad-inputs" aria-label={t("이웃", "Neighbours")}>
          {neighbours.slice(0, 6).map((one) => (
            <li key={`${one.device}${one.metric}`}>
              <time>{one.agrees ? t("✓ 일치", "✓ agrees") : t("✕ 어긋남", "✕ contradicts")}</time>
              <a href={`#/device/${one.device}`}>{deviceName(one.device)}</a>
              <span>
                <Amount {...one} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
