import { useState } from "preact/hooks";
import type { Service } from "../../../../../../shared/service.ts";
import { alarmsByDevice } from "../../../../live/desk.ts";
import { deviceRows, say } from "../../../../live/room.ts";
import { useSize } from "../../../../trend/use-size.ts";
import { figureText } from "../../../../trend/words.ts";
import { eachSecond } from "../../../device/readings.ts";
import { useDetails } from "../use-details.ts";
import { useSeries } from "../use-series.ts";
import { CrestRows } from "./crest-rows.tsx";
import { GaugeCard } from "./gauge-cards.tsx";
import { type Gate, gatesOf, gaugesOf } from "./gauges.ts";
import { Hydrograph } from "./hydrograph.tsx";
import { GateLane, LongProfile, profileEdges } from "./long-profile.tsx";
import { openGauge } from "./open-gauge.ts";
import { useForecasts } from "./use-forecasts.ts";
import "./stream.css";

const inset = 12;
const gap = 8;
/** Cards stand in one row from this width on. */
const rowFrom = 1000;

/** Middles of the cards, as the grid above the plot lays them out. */
function middles(count: number, width: number): readonly number[] | undefined {
  if (width < rowFrom) return undefined;
  const one = (width - 2 * inset - gap * (count - 1)) / count;
  return Array.from({ length: count }, (_, index) => inset + one / 2 + index * (one + gap));
}

function GateLegend({ gates, service }: { readonly gates: readonly Gate[]; readonly service: Service }) {
  const contract = service.metrics.gate;
  if (contract?.kind !== "state") return null;
  const words = [...contract.words, "silent"].filter((word) => word === "open" || word === "closed" || gates.some((gate) => gate.word === word));
  return (
    <span class="g-legend">
      {words.map((word) => (
        <span key={word}>
          <i class={`g-gate is-${word}`} aria-hidden="true" /> {say({ ko: "차단문", en: "gates" })}{" "}
          {say(contract.texts[word] ?? { ko: "수신 없음", en: "not fresh" })} {gates.filter((gate) => gate.word === word).length}
        </span>
      ))}
    </span>
  );
}

/** Levels along the stream, the gates of the paths beside it, and where a crest is. */
export function StreamPanel({ service }: { readonly service: Service }) {
  void eachSecond.value;
  const { place, size } = useSize<HTMLDivElement>();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [isAbsolute, setAbsolute] = useState(false);
  const own = deviceRows.value.filter((row) => row.service === service.id);
  const facts = useDetails(own.map((row) => row.id));
  const gauges = gaugesOf(own, service, facts);
  const gates = gatesOf(own, service, facts);
  const { span, levels, forecasts } = useForecasts(gauges);
  const gauge = openGauge(gauges, chosen, (device) => alarmsByDevice.value.get(device) ?? []);
  const rain = useSeries(gauge === undefined ? [] : [gauge.row.id], { ...span, metric: "rain", points: 72 });
  if (gauge === undefined)
    return (
      <section class="s-panel g-panel">
        <p class="s-note">{say({ ko: "수위계의 제원을 불러오는 중입니다.", en: "Loading the gauges' constants." })}</p>
      </section>
    );
  const end = Math.max(...gauges.map((one) => one.at), ...gates.map((gate) => gate.at)) * 1.03;
  const x = (km: number) => profileEdges.left + (km / end) * (size.width - profileEdges.left - profileEdges.right);
  const frame = { ...size, x, end, cards: middles(gauges.length, size.width), isAbsolute };
  return (
    <section class="s-panel g-panel" aria-labelledby="g-profile">
      <header class="s-head">
        <h2 id="g-profile">{say({ ko: "종단면", en: "Long profile" })}</h2>
        <span>
          {figureText(end / 1.03, 1)} km ·{" "}
          {say({ ko: "상류에서 하류로 · 화살표 = 10분 동안의 변화", en: "downstream, left to right · arrow = change in 10 min" })}
        </span>
        <div class="s-end">
          <GateLegend gates={gates} service={service} />
          <fieldset class="s-choices">
            <legend class="unseen">{say({ ko: "높이 기준", en: "Heights from" })}</legend>
            <button type="button" class="s-button" aria-pressed={!isAbsolute} onClick={() => setAbsolute(false)}>
              {say({ ko: "영점", en: "gauge zero" })}
            </button>
            <button type="button" class="s-button" aria-pressed={isAbsolute} onClick={() => setAbsolute(true)}>
              {say({ ko: "해발", en: "sea level" })}
            </button>
          </fieldset>
        </div>
      </header>
      <div class="g-cards" style={{ "--cards": String(gauges.length) }}>
        {gauges.map((one) => (
          <GaugeCard
            key={one.row.id}
            gauge={one}
            series={levels.get(one.row.id)}
            forecast={forecasts.get(one.row.id)}
            chosen={one.row.id === gauge.row.id}
            onChoose={() => setChosen(one.row.id)}
          />
        ))}
      </div>
      <div class="g-place" ref={place}>
        {size.width > 0 && <LongProfile gauges={gauges} frame={frame} />}
      </div>
      <GateLane gates={gates.filter((gate) => gate.side <= 0)} side={say({ ko: "좌안", en: "left" })} x={x} />
      <GateLane gates={gates.filter((gate) => gate.side > 0)} side={say({ ko: "우안", en: "right" })} x={x} />
      <div class="g-lower">
        <Hydrograph gauge={gauge} service={service} rain={rain.get(gauge.row.id)} forecast={forecasts.get(gauge.row.id)} />
        <section class="g-travel" aria-labelledby="g-travel">
          <header class="s-head">
            <h2 id="g-travel">{say({ ko: "첨두 이동", en: "Where the crest is" })}</h2>
            <span>{say({ ko: "6시간 · 각자 눈금 · ◇ 첨두", en: "6 h · own scales · ◇ crest" })}</span>
          </header>
          <CrestRows gauges={gauges} series={levels} from={span.from} to={span.to} />
        </section>
      </div>
    </section>
  );
}
