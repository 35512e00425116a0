import { catalogue, deviceRows, now, say } from "../../live/room.ts";
import { freshness } from "../device/readings.ts";
import { DeviceTable } from "./device-table.tsx";
import { DistrictHours } from "./district-hours.tsx";
import { FiguresPanel } from "./figures-panel.tsx";
import { specialPanels } from "./panels/panels.ts";
import "./panels/panels.css";
import "./service.css";

/** One service: its special panel where it has one, its figures, its devices and its districts. All but the panel comes from the catalogue. */
export function ServiceView({ id }: { readonly id: string }) {
  const service = catalogue.value.find((candidate) => candidate.id === id);
  if (service === undefined)
    return (
      <main class="s-page">
        <p class="s-note">
          {catalogue.value.length === 0
            ? say({ ko: "서비스 목록을 불러오는 중입니다.", en: "Loading the catalogue." })
            : say({ ko: `"${id}" 서비스는 이 도시에 없습니다.`, en: `This city has no service "${id}".` })}
        </p>
      </main>
    );
  const Special = specialPanels[service.id];
  const rows = deviceRows.value.filter((row) => row.service === service.id);
  const fresh = rows.filter((row) => freshness(row, now.value) === "fresh").length;
  return (
    <main class="s-page" key={service.id}>
      <header class="s-title">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={service.mark} />
        </svg>
        <h1>{say(service.title)}</h1>
        {rows.length > 0 && <span>{say({ ko: `수신 ${fresh} / ${rows.length}`, en: `fresh ${fresh} / ${rows.length}` })}</span>}
      </header>
      <div class="s-stack">
        {Special === undefined ? <FiguresPanel service={service} /> : <Special service={service} />}
        <DistrictHours service={service} />
      </div>
      <div class="s-stack s-stack-right">
        {Special !== undefined && <FiguresPanel service={service} />}
        {rows.length > 0 && <DeviceTable service={service} />}
        {rows.length === 0 && service.sensitive && (
          <section class="s-panel">
            <p class="s-note">
              {say({
                ko: "기기는 돌봄 권한이 있어야 보입니다. 지금 권한으로는 동네 합계를 봅니다.",
                en: "Devices need the care right. With your role you see totals by district.",
              })}
            </p>
          </section>
        )}
      </div>
    </main>
  );
}
