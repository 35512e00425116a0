import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Text } from "../../../../shared/service.ts";
import { deviceRows, say, status } from "../../live/room.ts";
import { socketMs } from "../../live/state.ts";
import { durationText, figureText } from "../../trend/words.ts";
import { type Freshness, freshness } from "./readings.ts";

const texts = {
  title: { ko: "단계별 신선도", en: "Freshness by hop" },
  device: { ko: "기기", en: "device" },
  gateway: { ko: "게이트웨이", en: "gateway" },
  broker: { ko: "브로커", en: "broker" },
  ingest: { ko: "수집", en: "ingest" },
  store: { ko: "저장", en: "store" },
  screen: { ko: "화면", en: "screen" },
  away: { ko: "응답 없음", en: "away" },
} satisfies Record<string, Text>;
const states: Readonly<Record<DeviceRow["state"], Text>> = {
  init: { ko: "시작", en: "starting" },
  ready: { ko: "정상", en: "ready" },
  sleeping: { ko: "잠듦", en: "sleeping" },
  disconnected: { ko: "나감", en: "gone" },
  lost: { ko: "끊김", en: "lost" },
  unknown: { ko: "모름", en: "unknown" },
};

/** A device that never said its state, but speaks, has a gateway that works. */
const gatewayStep = (row: DeviceRow, fresh: Freshness) => {
  const speaks = row.state === "unknown" && fresh === "fresh";
  return {
    name: say(texts.gateway),
    figure: speaks ? say({ ko: "이어짐", en: "speaks" }) : say(states[row.state]),
    ok: speaks || row.state === "ready" || row.state === "sleeping",
  };
};

const milliseconds = (ms: number): string => `${figureText(ms, ms < 10 ? 1 : 0)} ms`;

/** What the siblings on the same gateway tell about where it stops. */
function verdict(row: DeviceRow, fresh: Freshness): string {
  const beside = deviceRows.value.filter((other) => other.gateway === row.gateway && other.id !== row.id);
  const speaking = beside.filter((other) => freshness(other) === "fresh").length;
  if (fresh === "fresh") return say({ ko: "기기에서 저장까지 모두 이어져 있습니다.", en: "Device to store: every hop is fresh." });
  if (fresh === "never") return say({ ko: "등록은 되었고, 아직 한 번도 말하지 않았습니다.", en: "Registered, and has not spoken yet." });
  if (beside.length === 0)
    return say({
      ko: "이 게이트웨이에는 이 기기뿐이라 어느 쪽이 멈췄는지 알 수 없습니다.",
      en: "The only device of its gateway: which of the two stopped cannot be told.",
    });
  if (speaking === 0)
    return say({
      ko: `게이트웨이에서 멈췄습니다. 같은 게이트웨이의 다른 기기 ${beside.length}대도 조용합니다.`,
      en: `It stops at the gateway: the other ${beside.length} devices on it are silent too.`,
    });
  return say({
    ko: `기기와 게이트웨이 사이에서 멈췄습니다. 같은 게이트웨이의 다른 기기 ${speaking}대는 정상.`,
    en: `It stops between device and gateway: ${speaking} others on the same gateway speak.`,
  });
}

/** The way of a reading, hop by hop; a hop that is not fresh is a dashed ring. */
export function HopsPanel({ row, fresh, age }: { readonly row: DeviceRow; readonly fresh: Freshness; readonly age: number }) {
  const hops = status.value?.hops;
  const way = socketMs.value;
  const measured = (ms: number | undefined) => (ms === undefined ? "—" : milliseconds(ms));
  const steps: readonly { name: string; figure: string; ok: boolean }[] = [
    { name: say(texts.device), figure: fresh === "never" ? "—" : say(durationText(age)), ok: fresh === "fresh" },
    gatewayStep(row, fresh),
    { name: say(texts.broker), figure: measured(hops?.broker), ok: hops !== undefined },
    { name: say(texts.ingest), figure: measured(hops?.ingest), ok: hops !== undefined },
    {
      name: say(texts.store),
      figure: hops?.store.away === true ? say(texts.away) : measured(hops?.store.lag),
      ok: hops !== undefined && !hops.store.away,
    },
    { name: say(texts.screen), figure: measured(way), ok: way !== undefined },
  ];
  return (
    <section class="s-panel d-hops" aria-labelledby="d-hops">
      <header class="s-head">
        <h2 id="d-hops">{say(texts.title)}</h2>
        <code>{row.gateway}</code>
      </header>
      <ol>
        {steps.map((step) => (
          <li key={step.name} class={step.ok ? "is-fresh" : "is-stale"}>
            <span>{step.name}</span>
            <i aria-hidden="true" />
            <b>{step.figure}</b>
          </li>
        ))}
      </ol>
      <p class="s-note">{verdict(row, fresh)}</p>
    </section>
  );
}
