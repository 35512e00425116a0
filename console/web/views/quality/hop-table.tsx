import type { Text } from "../../../../shared/service.ts";
import { say, status } from "../../live/room.ts";
import { socketMs } from "../../live/state.ts";
import { figureText } from "../../trend/words.ts";
import { RateLine } from "./rate-line.tsx";

const texts = {
  gateways: { ko: "게이트웨이", en: "gateways" },
  broker: { ko: "브로커: 도착에서 기록까지", en: "broker: arrival to durable log" },
  ingest: { ko: "수집: 도착에서 받아들임까지", en: "ingest: arrival to accepted" },
  store: { ko: "저장: 가장 오래 기다린 측정", en: "store: oldest reading still waiting" },
  screen: { ko: "화면: 서버에서 여기까지", en: "screen: server to here" },
  away: { ko: "저장소 응답 없음", en: "store away" },
} satisfies Record<string, Text>;

const milliseconds = (ms: number | undefined) => (ms === undefined ? "—" : `${figureText(ms, ms < 10 ? 1 : 0)} ms`);

/** How old things are on their way, and how much comes. */
export function HopTable() {
  const hops = status.value?.hops;
  const way = socketMs.value;
  const isHere = hops !== undefined;
  const rows: readonly { text: Text; figure: string; ok: boolean }[] = [
    {
      text: texts.gateways,
      figure: isHere ? `${figureText(hops.gateways.connected, 0)} / ${figureText(hops.gateways.total, 0)}` : "—",
      ok: isHere && hops.gateways.connected >= hops.gateways.total,
    },
    { text: texts.broker, figure: milliseconds(hops?.broker), ok: isHere },
    { text: texts.ingest, figure: milliseconds(hops?.ingest), ok: isHere },
    { text: texts.store, figure: hops?.store.away === true ? say(texts.away) : milliseconds(hops?.store.lag), ok: isHere && !hops.store.away },
    { text: texts.screen, figure: milliseconds(way), ok: way !== undefined },
  ];
  return (
    <section class="s-panel" aria-labelledby="q-hops">
      <header class="s-head">
        <h2 id="q-hops">{say({ ko: "단계별 신선도", en: "Freshness by hop" })}</h2>
        <span>{say({ ko: "최근 몇 초의 중앙값", en: "median of the last seconds" })}</span>
      </header>
      <ul class="q-hops">
        {rows.map((row) => (
          <li key={row.text.en} class={row.ok ? "is-fresh" : "is-stale"}>
            <i class={row.ok ? "s-square" : "s-ring"} aria-hidden="true" />
            <span>{say(row.text)}</span>
            <b>{row.figure}</b>
          </li>
        ))}
      </ul>
      <p class="q-flow">
        <span>{say({ ko: "초당 측정", en: "readings per second" })}</span>
        <b>{isHere ? figureText(hops.readingsPerSecond, 1) : "—"}</b>
        <span>{isHere ? say({ ko: `저장된 행 ${figureText(hops.store.rows, 0)}`, en: `${figureText(hops.store.rows, 0)} rows stored` }) : ""}</span>
      </p>
      <RateLine />
    </section>
  );
}
