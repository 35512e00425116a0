import { useMemo, useState } from "preact/hooks";
import type { Counters, DeviceRow } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { beat, catalogue, now as cityNow, deviceRows, fieldNow, plan, say } from "../../live/room.ts";
import { limitsOf } from "../../trend/limits.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { DeviceHead } from "./device-head.tsx";
import "./device.css";
import { HopsPanel } from "./hops-panel.tsx";
import { LedgerPanel } from "./ledger-panel.tsx";
import { MetricRows } from "./metric-rows.tsx";
import { RawMessages } from "./raw-messages.tsx";
import { freshness, seenAt } from "./readings.ts";
import { Siblings } from "./siblings.tsx";
import { TrendPanel } from "./trend-panel.tsx";

/** What `GET /api/v1/devices/{id}` says beyond the row. */
export interface DeviceFacts extends Omit<DeviceRow, "cell"> {
  readonly model: string | null;
  readonly fw: string | null;
  readonly boot: number | null;
  readonly constants: Readonly<Record<string, number>>;
  readonly counters: Counters;
}

/** One device: what it says, how well it is heard, and what stands beside it. */
export function DeviceView({ id }: { readonly id: string }) {
  const row = deviceRows.value.find((candidate) => candidate.id === id);
  const service = catalogue.value.find((candidate) => candidate.id === row?.service);
  const { value: facts, reason, again } = useAnswer<DeviceFacts>(`/api/v1/devices/${encodeURIComponent(id)}`, 4000);
  if (row === undefined || service === undefined || facts === undefined)
    return (
      <main class="d-page d-none">
        <h1>{id}</h1>
        {reason === undefined ? (
          <p>{say({ ko: "기기를 불러오는 중입니다.", en: "Loading the device." })}</p>
        ) : (
          <>
            <p role="alert">{say({ ko: "이런 기기가 없거나, 볼 권한이 없습니다.", en: "There is no such device, or you may not see it." })}</p>
            <code>{reason}</code>
            <button type="button" class="d-button" onClick={again}>
              {say({ ko: "다시", en: "Retry" })}
            </button>
          </>
        )}
      </main>
    );
  return <DevicePage key={id} row={row} service={service} facts={facts} />;
}

function DevicePage({ row, service, facts }: { readonly row: DeviceRow; readonly service: Service; readonly facts: DeviceFacts }) {
  void beat.value;
  const main = service.panel.main[row.kind] ?? service.kinds[row.kind]?.metrics[0] ?? "";
  const [metric, setMetric] = useState(main);
  const limits = useMemo(() => limitsOf(facts.constants), [JSON.stringify(facts.constants)]);
  const timeline = row.timeline === "field" ? fieldNow : cityNow;
  const time = timeline.value;
  const now = useMemo(() => () => timeline.peek(), [timeline]);
  const fresh = freshness(row, time);
  const seen = seenAt(row);
  const zone = plan.value?.zone ?? "UTC";
  return (
    <main class="d-page">
      <DeviceHead facts={facts} service={service} fresh={fresh} age={time - seen} seen={seen} />
      <TrendPanel row={row} service={service} metric={metric} limits={metric === main ? limits : []} now={now} />
      <div class="d-side">
        <MetricRows
          row={row}
          service={service}
          metric={metric}
          main={main}
          limits={limits}
          fresh={fresh}
          now={now}
          zone={zone}
          onMetric={setMetric}
        />
        <section class="d-panel d-reserved" aria-labelledby="d-act">
          <header class="d-head">
            <h2 id="d-act">{say({ ko: "명령과 경보", en: "Commands and alarms" })}</h2>
          </header>
          <p>
            {say({
              ko: "이 판은 아직 보기만 합니다. 이 기기로 가는 명령과 이 기기의 경보는 경보 엔진이 들어오면 이 자리에 섭니다.",
              en: "This room can only watch so far. Commands to this device and its alarms will stand here once the alarm engine is in.",
            })}
          </p>
        </section>
        <Siblings row={row} service={service} />
      </div>
      <div class="d-low">
        <div class="d-low-left">
          <LedgerPanel counters={facts.counters} />
          <HopsPanel row={row} fresh={fresh} age={time - seen} />
        </div>
        <RawMessages device={row.id} />
      </div>
    </main>
  );
}
