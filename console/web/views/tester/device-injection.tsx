import { useMemo } from "preact/hooks";
import type { DeviceRow } from "../../../../shared/city-port.ts";
import { absence } from "../../command/may-command.ts";
import { say, t } from "../../language.ts";
import { rights } from "../../live/state.ts";
import { Loading } from "../../widgets/panel.tsx";
import { DeviceVerdicts } from "./inject/device-verdicts.tsx";
import { InjectBox } from "./inject/inject-box.tsx";
import { fitsDevice } from "./inject/inject-request.ts";
import { InjectedList } from "./inject/injected-list.tsx";
import { useInjections } from "./inject/use-injections.ts";
import { useKinds } from "./kinds.ts";

/** Anomalies on this one device, from its own page; testers alone see that there is such a thing. */
export function DeviceInjection({ row }: { readonly row: DeviceRow }) {
  if (!rights.value.includes("inject") || row.timeline !== "city" || absence() !== undefined) return null;
  return <Box row={row} />;
}

function Box({ row }: { readonly row: DeviceRow }) {
  const { kinds, reason, again } = useKinds(true);
  const injected = useInjections(true);
  const fitting = useMemo(() => new Map([...kinds].filter(([, kind]) => fitsDevice(kind, row))), [kinds, row.service, row.kind]);
  const here = injected.value?.injections.filter(({ targets }) => targets.includes(row.id));
  return (
    <section class="s-panel t-device" aria-labelledby="t-device">
      <header class="s-head">
        <h2 id="t-device">{t("이 기기에 주입", "Inject on this device")}</h2>
        <b class="exercise-mark" aria-hidden="true" />
        <span>{t("시험자만 봅니다", "for testers alone")}</span>
      </header>
      {reason !== undefined ? (
        <p class="s-note" role="alert">
          {t("주입할 것을 읽지 못했습니다.", "What can be injected could not be read.")} <code>{reason}</code>{" "}
          <button type="button" class="button" onClick={again}>
            {say({ ko: "다시", en: "Retry" })}
          </button>
        </p>
      ) : kinds.size === 0 ? (
        <Loading />
      ) : (
        <InjectBox kinds={fitting} device={row.id} onInjected={injected.again} />
      )}
      <InjectedList injections={here} reason={injected.reason} kinds={kinds} onCleared={injected.again} isPlaced={false} />
      <DeviceVerdicts row={row} injections={here} kinds={kinds} />
    </section>
  );
}
