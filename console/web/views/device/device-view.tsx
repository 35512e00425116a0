import { useMemo, useState } from "preact/hooks";
import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { asked } from "../../command/asked.ts";
import { CommandPanel } from "../../command/command-panel.tsx";
import { absence } from "../../command/may-command.ts";
import { beat, catalogue, deviceRows, plan, say } from "../../live/room.ts";
import { rights } from "../../live/state.ts";
import { limitsOf } from "../../trend/limits.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { Columns } from "../service/columns.tsx";
import { DeviceInjection } from "../tester/device-injection.tsx";
import { DeviceAlarms } from "./device-alarms.tsx";
import type { DeviceFacts } from "./device-facts.ts";
import { DeviceHead } from "./device-head.tsx";
import "./device.css";
import "./values.css";
import { HopsPanel } from "./hops-panel.tsx";
import { LedgerPanel } from "./ledger-panel.tsx";
import { MetricRows } from "./metric-rows.tsx";
import { RawMessages } from "./raw-messages.tsx";
import { ageOf, freshness, handOf, heardUpTo, seenAt } from "./readings.ts";
import { Siblings } from "./siblings.tsx";
import { specialDevices } from "./special-devices.ts";
import { TrendPanel } from "./trend-panel.tsx";

/** One device: what it says, how well it is heard, and what stands beside it. */
export function DeviceView({ id }: { readonly id: string }) {
  const row = deviceRows.value.find((candidate) => candidate.id === id);
  const service = catalogue.value.find((candidate) => candidate.id === row?.service);
  const { value: facts, reason, again } = useAnswer<DeviceFacts>(`/api/v1/devices/${encodeURIComponent(id)}`, 2000);
  if (row !== undefined && service !== undefined && facts !== undefined) return <DevicePage key={id} row={row} service={service} facts={facts} />;
  return (
    <main class="v-page is-narrow">
      <section class="s-panel d-none">
        <h1>{id}</h1>
        {reason === undefined ? (
          <p>{say({ ko: "기기를 불러오는 중입니다.", en: "Loading the device." })}</p>
        ) : (
          <>
            <p role="alert">{say({ ko: "이런 기기가 없거나, 볼 권한이 없습니다.", en: "There is no such device, or you may not see it." })}</p>
            <p>
              <code>{reason}</code>
            </p>
            <button type="button" class="s-button" onClick={again}>
              {say({ ko: "다시", en: "Retry" })}
            </button>
          </>
        )}
      </section>
    </main>
  );
}

function DevicePage({ row, service, facts }: { readonly row: DeviceRow; readonly service: Service; readonly facts: DeviceFacts }) {
  void beat.value;
  const main = service.panel.main[row.kind] ?? service.kinds[row.kind]?.metrics[0] ?? "";
  const [metric, setMetric] = useState(main);
  const limits = useMemo(() => limitsOf(facts.constants), [JSON.stringify(facts.constants)]);
  const now = useMemo(() => () => handOf(row), [row.timeline]);
  const heard = useMemo(() => () => heardUpTo(row), [row.timeline]);
  const fresh = freshness(row);
  const age = ageOf(row);
  const { op, alarm, args } = asked.value;
  const Special = specialDevices[`${service.id}/${row.kind}`];
  const shared = { row, service, metric, fresh, now } as const;
  return (
    <Columns
      title={say(facts.name)}
      phone="values"
      open={op === undefined ? undefined : { part: "act", asking: `${op} ${alarm ?? ""} ${JSON.stringify(args)}` }}
      top={<DeviceHead row={row} facts={facts} service={service} fresh={fresh} age={age} seen={seenAt(row)} />}
      left={[
        ...(Special === undefined
          ? []
          : [{ id: "special", label: { ko: "현황", en: "Now" }, node: <Special key="special" row={row} service={service} /> }]),
        {
          id: "trend",
          label: { ko: "추세", en: "Trend" },
          node: <TrendPanel key="trend" {...shared} limits={metric === main ? limits : []} heard={heard} />,
        },
        {
          id: "low",
          label: { ko: "장부와 원문", en: "Ledger, messages" },
          node: (
            <div class="d-low" key="low">
              <div class="d-low-left">
                <LedgerPanel counters={facts.counters} />
                <HopsPanel row={row} fresh={fresh} age={age} />
              </div>
              <RawMessages device={row.id} />
            </div>
          ),
        },
      ]}
      right={[
        {
          id: "values",
          label: { ko: "측정값", en: "Readings" },
          node: [
            <MetricRows key="rows" {...shared} main={main} limits={limits} zone={plan.value?.zone ?? "UTC"} onMetric={setMetric} />,
            <DeviceAlarms key="alarms" device={row.id} rules={service.rules} learned={facts.learned} />,
          ],
        },
        {
          id: "act",
          label: rights.value.includes("inject") && absence() === undefined ? { ko: "명령·주입", en: "Act, inject" } : { ko: "명령", en: "Commands" },
          key: { code: "KeyC", sign: "C", does: { ko: "명령과 주입으로", en: "To commands and injections" } },
          node: [
            <CommandPanel key="act" row={row} service={service} />,
            <DeviceInjection key="inject" row={row} />,
            <Siblings key="beside" row={row} service={service} />,
          ],
        },
      ]}
    />
  );
}
