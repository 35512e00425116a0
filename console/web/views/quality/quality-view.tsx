import type { Counters, Ledger } from "../../../../shared/city-port.ts";
import type { Text } from "../../../../shared/service.ts";
import { plan, say, status } from "../../live/room.ts";
import { clockText } from "../../trend/trend-chart.tsx";
import { useAnswer } from "../../trend/use-answer.ts";
import { figureText } from "../../trend/words.ts";
import { ledgerTexts } from "../device/ledger-panel.tsx";
import { QuarantineList } from "./quarantine-list.tsx";
import "./quality.css";
import { SilentDevices, WorstDevices } from "./worst-devices.tsx";

export interface LedgerAnswer extends Ledger {
  readonly devices: readonly (Counters & { readonly id: string })[];
}

function Term({ name, ledger, mark }: { readonly name: keyof Counters; readonly ledger: Counters; readonly mark?: string }) {
  return (
    <>
      {mark !== undefined && (
        <span class="q-mark" aria-hidden="true">
          {mark}
        </span>
      )}
      <div class="q-term">
        <dt>{say(ledgerTexts[name])}</dt>
        <dd>{figureText(ledger[name], 0)}</dd>
      </div>
    </>
  );
}

/** Says in words whether nothing got lost between two columns of the ledger. */
function Balance({ rest }: { readonly rest: number }) {
  return rest === 0 ? (
    <p class="q-balance">✓ {say({ ko: "맞음", en: "balances" })}</p>
  ) : (
    <p class="q-balance is-off">✕ {say({ ko: `${figureText(rest, 0)}건 어긋남`, en: `off by ${figureText(rest, 0)}` })}</p>
  );
}

function LedgerEquation({ ledger }: { readonly ledger: Ledger }) {
  const zone = plan.value?.zone ?? "UTC";
  return (
    <section class="q-panel q-ledger" aria-labelledby="q-ledger">
      <header class="q-head">
        <h2 id="q-ledger">{say({ ko: "장부", en: "Ledger" })}</h2>
        <span>
          {say({
            ko: `측정과 사건 단위 · 전문 ${figureText(ledger.messages, 0)}통 · ${clockText(ledger.since, zone, false)}부터`,
            en: `in readings and events · ${figureText(ledger.messages, 0)} messages · since ${clockText(ledger.since, zone, false)}`,
          })}
        </span>
      </header>
      <dl class="q-equation">
        <Term name="received" ledger={ledger} />
        <Term name="accepted" ledger={ledger} mark="=" />
        <Term name="duplicate" ledger={ledger} mark="+" />
        <Term name="refused" ledger={ledger} mark="+" />
      </dl>
      <Balance rest={ledger.received - ledger.accepted - ledger.duplicate - ledger.refused} />
      <dl class="q-equation">
        <Term name="accepted" ledger={ledger} />
        <Term name="stored" ledger={ledger} mark="=" />
        <Term name="pending" ledger={ledger} mark="+" />
      </dl>
      <Balance rest={ledger.accepted - ledger.stored - ledger.pending} />
      <dl class="q-equation q-apart">
        <Term name="lost" ledger={ledger} />
        <Term name="late" ledger={ledger} />
        <p>
          {say({
            ko: "잃음은 순번의 빈자리로, 받은 적이 없어 식에 들지 않습니다. 늦음은 받아들인 것 안에 있습니다.",
            en: "Lost are holes in the sequence: never received, so apart from the sums. Late are among the accepted.",
          })}
        </p>
      </dl>
    </section>
  );
}

const hopTexts = {
  gateways: { ko: "게이트웨이", en: "gateways" },
  broker: { ko: "브로커: 도착에서 기록까지", en: "broker: arrival to durable log" },
  ingest: { ko: "수집: 도착에서 받아들임까지", en: "ingest: arrival to accepted" },
  store: { ko: "저장: 가장 오래 기다린 측정", en: "store: oldest reading still waiting" },
  rows: { ko: "저장된 행", en: "rows stored" },
  rate: { ko: "초당 측정", en: "readings per second" },
} satisfies Record<string, Text>;

function HopTable() {
  const hops = status.value?.hops;
  const milliseconds = (ms: number | undefined) => (ms === undefined ? "—" : `${figureText(ms, ms < 10 ? 1 : 0)} ms`);
  const missing = hops === undefined ? 0 : hops.gateways.total - hops.gateways.connected;
  const rows: readonly { text: Text; figure: string; ok: boolean }[] = [
    {
      text: hopTexts.gateways,
      figure: hops === undefined ? "—" : `${figureText(hops.gateways.connected, 0)} / ${figureText(hops.gateways.total, 0)}`,
      ok: hops !== undefined && missing === 0,
    },
    { text: hopTexts.broker, figure: milliseconds(hops?.broker), ok: hops !== undefined },
    { text: hopTexts.ingest, figure: milliseconds(hops?.ingest), ok: hops !== undefined },
    {
      text: hopTexts.store,
      figure: hops?.store.away === true ? say({ ko: "저장소 응답 없음", en: "store away" }) : milliseconds(hops?.store.lag),
      ok: hops !== undefined && !hops.store.away,
    },
    { text: hopTexts.rows, figure: hops === undefined ? "—" : figureText(hops.store.rows, 0), ok: hops !== undefined },
    { text: hopTexts.rate, figure: hops === undefined ? "—" : figureText(hops.readingsPerSecond, 1), ok: hops !== undefined },
  ];
  return (
    <section class="q-panel" aria-labelledby="q-hops">
      <header class="q-head">
        <h2 id="q-hops">{say({ ko: "단계별 신선도", en: "Freshness by hop" })}</h2>
        <span>{say({ ko: "최근 몇 초의 중앙값", en: "median of the last seconds" })}</span>
      </header>
      <ul class="q-hops">
        {rows.map((row) => (
          <li key={row.text.en} class={row.ok ? "is-fresh" : "is-stale"}>
            <i aria-hidden="true" />
            <span>{say(row.text)}</span>
            <b>{row.figure}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether what the room shows can be trusted: what came in, what became of it, who is silent. */
export function QualityView() {
  const { value, reason, again } = useAnswer<LedgerAnswer>("/api/v1/ledger", 3000);
  return (
    <main class="q-page">
      <header class="q-title">
        <h1>{say({ ko: "자료 품질", en: "Data quality" })}</h1>
        <span>{say({ ko: "받은 것, 거절한 것, 잃은 것", en: "received, refused, lost" })}</span>
      </header>
      {reason !== undefined && (
        <p class="q-panel q-note" role="alert">
          {say({ ko: "장부를 읽지 못했습니다.", en: "The ledger could not be read." })} <code>{reason}</code>{" "}
          <button type="button" class="q-button" onClick={again}>
            {say({ ko: "다시", en: "Retry" })}
          </button>
        </p>
      )}
      {value !== undefined && <LedgerEquation ledger={value} />}
      <HopTable />
      <QuarantineList />
      <div class="q-side">
        <WorstDevices devices={value?.devices} />
        <SilentDevices />
      </div>
    </main>
  );
}
