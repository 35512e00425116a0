import type { DeviceRow } from "../../../../../shared/city-port.ts";
import type { Service, Text } from "../../../../../shared/service.ts";
import { beat, deviceRows, now, say } from "../../../live/room.ts";
import { crossed, type Limit, limitsOf } from "../../../trend/limits.ts";
import { durationText, figureText } from "../../../trend/words.ts";
import { type Freshness, freshness, numberOf, seenAt } from "../../device/readings.ts";
import { useDetails } from "./use-details.ts";

const size = { width: 1240, height: 300, left: 44, right: 24, top: 22, bottom: 30 };

interface Gauge {
  readonly row: DeviceRow;
  /** Kilometres from the upstream end. */
  readonly at: number;
  readonly datum: number;
  readonly bank: number | undefined;
  readonly level: number;
  readonly flow: number;
  readonly limits: readonly Limit[];
  readonly fresh: Freshness;
}
const texts = {
  title: { ko: "종단면", en: "Long profile" },
  hint: { ko: "상류에서 하류로, 왼쪽에서 오른쪽", en: "looking downstream, left to right" },
  loading: { ko: "수위계의 제원을 불러오는 중입니다.", en: "Loading the gauges' constants." },
  left: { ko: "좌안", en: "L" },
  right: { ko: "우안", en: "R" },
  bank: { ko: "둑", en: "bank" },
  zero: { ko: "영점", en: "gauge zero" },
} satisfies Record<string, Text>;

const kilometres = (chainage: number): number => (chainage > 100 ? chainage / 1000 : chainage);

function nextLimit({ limits, level }: Gauge): string {
  const next = limits.find((limit) => limit.value > level);
  if (next === undefined) return limits.length === 0 ? "" : say({ ko: "모든 기준 넘음", en: "above every limit" });
  return `${say(next.label)} ${figureText(next.value, 2)} m${say({ ko: "까지", en: ": short by" })} ${figureText(next.value - level, 2)} m`;
}

function GaugeCard({ gauge }: { readonly gauge: Gauge }) {
  const { row, level, flow, fresh } = gauge;
  const over = Number.isFinite(level) ? crossed(gauge.limits, level) : undefined;
  return (
    <a class={`p-gauge is-${fresh}`} href={`#/device/${row.id}`}>
      <span class="p-gauge-top">
        <b>{say(row.name)}</b>
        <small>
          {figureText(gauge.at, 1)} km · {say(durationText(now.value - seenAt(row)))}
        </small>
      </span>
      <span class="p-gauge-mid">
        <strong>{Number.isFinite(level) ? figureText(level, 2) : "—"}</strong> <small>m</small>
        <em>{Number.isFinite(flow) ? `Q ${figureText(flow, flow < 100 ? 1 : 0)} m³/s` : ""}</em>
      </span>
      <span class="p-gauge-low">
        {fresh === "fresh" ? (
          <>
            {over !== undefined && <b>{say({ ko: `${over.label.ko} 넘음 · `, en: `above ${over.label.en} · ` })}</b>}
            {Number.isFinite(level) ? nextLimit(gauge) : ""}
          </>
        ) : (
          say({ ko: "수신 지연: 마지막 값", en: "not fresh: last value" })
        )}
      </span>
    </a>
  );
}

function Gates({
  gates,
  sides,
  x,
}: {
  gates: readonly { id: string; name: string; at: number; word: string; text: string }[];
  sides: Text;
  x: (km: number) => string;
}) {
  return (
    <div class="p-gates">
      <span>{say(sides)}</span>
      {gates.map((gate) => (
        <a key={gate.id} href={`#/device/${gate.id}`} class={`is-${gate.word}`} style={{ left: x(gate.at) }} title={`${gate.name}: ${gate.text}`}>
          <span class="p-hidden">{`${gate.name}: ${gate.text}`}</span>
        </a>
      ))}
    </div>
  );
}

/** Levels along the stream, on the heights of the gauges' zeros; only what stands at a gauge is measured, lines between are straight. */
export function StreamProfile({ service }: { readonly service: Service }) {
  void beat.value;
  const own = deviceRows.value.filter((row) => row.service === service.id);
  const facts = useDetails(own.map((row) => row.id));
  const gauges = own
    .flatMap((row): Gauge[] => {
      const constants = facts.get(row.id)?.constants;
      if (row.kind !== "gauge" || constants?.chainage === undefined || constants.datum === undefined) return [];
      return [
        {
          row,
          at: kilometres(constants.chainage),
          datum: constants.datum,
          bank: constants.bankfull,
          level: numberOf(row, service, "level"),
          flow: numberOf(row, service, "flow"),
          limits: limitsOf(constants),
          fresh: freshness(row, now.value),
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
  const contract = service.metrics.gate;
  const gates = own.flatMap((row) => {
    const constants = facts.get(row.id)?.constants;
    if (row.kind !== "gate" || constants?.chainage === undefined) return [];
    const code = numberOf(row, service, "gate");
    const word = freshness(row, now.value) !== "fresh" ? "stale" : contract?.kind === "state" ? (contract.words[code] ?? "stale") : "stale";
    const text = contract?.kind === "state" ? (contract.texts[word] ?? { ko: "수신 지연", en: "not fresh" }) : { ko: word, en: word };
    return [{ id: row.id, name: say(row.name), at: kilometres(constants.chainage), side: constants.side ?? 0, word, text: say(text) }];
  });
  if (gauges.length === 0) return <p class="s-note">{say(texts.loading)}</p>;
  const end = Math.max(...gauges.map((gauge) => gauge.at), ...gates.map((gate) => gate.at)) * 1.03;
  const x = (km: number) => size.left + (km / end) * (size.width - size.left - size.right);
  const share = (km: number) => `${(x(km) / size.width) * 100}%`;
  return (
    <section class="s-panel p-profile" aria-labelledby="p-profile">
      <header class="s-head">
        <h2 id="p-profile">{say(texts.title)}</h2>
        <span>
          {figureText(end, 1)} km · {say(texts.hint)}
        </span>
        <span class="p-legend">
          {["open", "closing", "closed", "fault"].map((word) => (
            <span key={word}>
              <i class={`is-${word}`} aria-hidden="true" /> {contract?.kind === "state" && say(contract.texts[word] ?? { ko: word, en: word })}{" "}
              {gates.filter((gate) => gate.word === word).length}
            </span>
          ))}
        </span>
      </header>
      <div class="p-cards">
        {gauges.map((gauge) => (
          <GaugeCard key={gauge.row.id} gauge={gauge} />
        ))}
      </div>
      <Profile gauges={gauges} x={x} end={end} />
      <Gates gates={gates.filter((gate) => gate.side <= 0)} sides={texts.left} x={share} />
      <Gates gates={gates.filter((gate) => gate.side > 0)} sides={texts.right} x={share} />
    </section>
  );
}

function Profile({ gauges, x, end }: { gauges: readonly Gauge[]; x: (km: number) => number; end: number }) {
  const tops = gauges.flatMap(({ datum, bank, limits }) => [datum + (bank ?? 0), ...limits.map((limit) => datum + limit.value)]);
  const high = Math.max(...tops) + 1;
  const low = Math.min(...gauges.map((gauge) => gauge.datum)) - 2;
  const y = (height: number) => size.top + ((high - height) / (high - low)) * (size.height - size.top - size.bottom);
  const line = (height: (gauge: Gauge) => number | undefined) =>
    gauges.flatMap((gauge) => {
      const at = height(gauge);
      return at === undefined || !Number.isFinite(at) ? [] : [`${x(gauge.at)} ${y(at)}`];
    });
  const bed = line((gauge) => gauge.datum);
  const water = line((gauge) => gauge.datum + gauge.level);
  const step = high - low > 24 ? 8 : 4;
  const marks = Array.from({ length: Math.floor(high / step) - Math.ceil(low / step) + 1 }, (_, index) => (Math.ceil(low / step) + index) * step);
  const km = Array.from({ length: Math.floor(end / 2) + 1 }, (_, index) => index * 2);
  return (
    <svg
      class="p-plot"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={gauges.map((gauge) => `${say(gauge.row.name)} ${figureText(gauge.level, 2)} m`).join(", ")}
    >
      {marks.map((height) => (
        <g key={height}>
          <path d={`M${size.left} ${y(height)}H${size.width - size.right}`} stroke="var(--line)" />
          <text x={size.left - 8} y={y(height) + 4} text-anchor="end" class="p-axis">
            {height}
          </text>
        </g>
      ))}
      <text x={size.left - 8} y="12" text-anchor="end" class="p-axis">
        EL m
      </text>
      <path
        d={`M${bed.join("L")}L${x(gauges.at(-1)?.at ?? 0)} ${size.height - size.bottom}L${x(gauges[0]?.at ?? 0)} ${size.height - size.bottom}Z`}
        fill="var(--sunk)"
      />
      {water.length === bed.length && <path d={`M${water.join("L")}L${[...bed].reverse().join("L")}Z`} fill="var(--water)" />}
      <path d={`M${bed.join("L")}`} fill="none" stroke="var(--line2)" />
      <path d={`M${line((gauge) => (gauge.bank === undefined ? undefined : gauge.datum + gauge.bank)).join("L")}`} fill="none" stroke="var(--ink3)" />
      {water.length > 1 && <path d={`M${water.join("L")}`} fill="none" stroke="var(--ink)" stroke-width="1.8" />}
      {gauges.map((gauge) => (
        <GaugeMarks key={gauge.row.id} gauge={gauge} x={x(gauge.at)} y={y} />
      ))}
      {km.map((at) => (
        <text key={at} x={x(at)} y={size.height - 8} text-anchor="middle" class="p-axis">
          {at === 0 ? "0 km" : at}
        </text>
      ))}
    </svg>
  );
}

function GaugeMarks({ gauge, x, y }: { readonly gauge: Gauge; readonly x: number; readonly y: (height: number) => number }) {
  const { datum, level, limits, fresh } = gauge;
  const over = Number.isFinite(level) ? crossed(limits, level) : undefined;
  const half = { 1: 10, 2: 8, 3: 6, 4: 5 } as const;
  return (
    <g>
      <path d={`M${x} ${size.top - 16}V${y(datum)}`} stroke="var(--ink3)" stroke-dasharray="2 3" />
      {Number.isFinite(level) && (
        <rect
          x={x - 4.5}
          y={y(datum + level)}
          width="9"
          height={Math.max(1, y(datum) - y(datum + level))}
          fill={fresh !== "fresh" ? "none" : over === undefined || over.rank === 4 ? "var(--ink2)" : `var(--p${over.rank}-line)`}
          stroke={fresh !== "fresh" ? "var(--cy)" : "var(--ink)"}
          stroke-dasharray={fresh !== "fresh" ? "3 2" : undefined}
        />
      )}
      {limits.map((limit) => {
        const isOver = over !== undefined && limit.value <= over.value;
        return (
          <path
            key={limit.name}
            d={`M${x - half[limit.rank]} ${y(datum + limit.value)}H${x + half[limit.rank]}`}
            stroke={isOver && limit.rank !== 4 ? `var(--p${limit.rank}-line)` : "var(--ink2)"}
            stroke-width={limit.rank === 1 ? 2 : 1.2}
            stroke-dasharray={limit.rank === 4 ? "1 2" : limit.rank === 3 ? "2 1.5" : undefined}
          >
            <title>{`${say(limit.label)} ${figureText(limit.value, 2)} m`}</title>
          </path>
        );
      })}
    </g>
  );
}
