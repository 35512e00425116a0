import { kiosk } from "../../app/kiosk.ts";
import { t } from "../../language.ts";
import { link, status } from "../../live/state.ts";
import { figureText } from "../../trend/words.ts";
import { Loading, Panel } from "../../widgets/panel.tsx";

const count = (value: number | undefined): string => (value === undefined ? "—" : value.toLocaleString("en-US"));

/** The ledger of messages: what came, what became of it. */
export function DataQuality() {
  const ledger = status.value?.ledger;
  const hops = status.value?.hops;
  const figures = [
    { name: t("받음", "Received"), value: ledger?.received },
    { name: t("받아들임", "Accepted"), value: ledger?.accepted },
    { name: t("중복", "Duplicate"), value: ledger?.duplicate },
    { name: t("거부", "Refused"), value: ledger?.refused },
    { name: t("저장됨", "Stored"), value: ledger?.stored },
    { name: t("저장 대기", "To be stored"), value: ledger?.pending },
    { name: t("잃음", "Lost"), value: ledger?.lost },
    { name: t("늦음", "Late"), value: ledger?.late },
  ];
  const speed = hops ? t(`초당 ${figureText(hops.readingsPerSecond, 0)}건`, `${figureText(hops.readingsPerSecond, 0)} readings/s`) : "";
  return (
    <Panel
      name="data-quality"
      title={t("데이터 품질", "Data quality")}
      hint={speed}
      end={
        kiosk ? undefined : (
          <a class="button" href="#/quality">
            {t("열기", "Open")} <kbd>D</kbd>
          </a>
        )
      }
    >
      {ledger === undefined ? (
        <Loading />
      ) : (
        <>
          <LedgerBar parts={[ledger.accepted, ledger.duplicate, ledger.refused]} whole={ledger.received} />
          <dl class={`ledger${link.value.state === "live" ? "" : " is-stale"}`}>
            {figures.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{count(value)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Panel>
  );
}

const LedgerBar = ({ parts, whole }: { readonly parts: readonly number[]; readonly whole: number }) => (
  <span class="ledger-bar" aria-hidden="true">
    {parts.map((part, index) => (
      <i key={index} class={`is-part${index}`} style={{ width: `${whole === 0 ? 0 : (part / whole) * 100}%` }} />
    ))}
  </span>
);
