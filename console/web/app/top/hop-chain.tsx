import { t } from "../../language.ts";
import { link, socketMs, status } from "../../live/state.ts";

/** Older than this, a hop's figure is not now. */
const slowMs = 3000;
const ms = (value: number): string => (value < 10_000 ? `${Math.round(value)} ms` : `${Math.round(value / 1000)} s`);

/** Five hops from a sensor to this screen; a square is fresh, a dashed ring is not. */
export function HopChain() {
  const hops = status.value?.hops;
  const down = link.value.state !== "live";
  const way = socketMs.value;
  const figures = [
    {
      name: t("게이트웨이", "Gateways"),
      text: hops && `${hops.gateways.connected}/${hops.gateways.total}`,
      ok: hops !== undefined && hops.gateways.connected === hops.gateways.total,
    },
    { name: t("브로커", "Broker"), text: hops && ms(hops.broker), ok: hops !== undefined && hops.broker < slowMs },
    { name: t("수집", "Ingest"), text: hops && ms(hops.ingest), ok: hops !== undefined && hops.ingest < slowMs },
    {
      name: t("저장", "Store"),
      text: hops && (hops.store.away ? t("닿지 않음", "away") : ms(hops.store.lag)),
      ok: hops !== undefined && !hops.store.away && hops.store.lag < 10 * slowMs,
    },
    {
      name: t("소켓", "Socket"),
      text: down || hops === undefined ? undefined : way === undefined ? t("시계 다름", "skew") : ms(way),
      ok: !down && hops !== undefined,
    },
  ];
  return (
    <ol class="hops" aria-label={t("센서에서 화면까지", "From sensor to screen")}>
      {figures.map(({ name, text, ok }) => (
        <li key={name} class={ok && !down ? "" : "is-stale"}>
          <span>{name}</span>
          <i class="hop-mark" aria-hidden="true" />
          <b class="hop-figure">{text ?? "—"}</b>
        </li>
      ))}
    </ol>
  );
}
