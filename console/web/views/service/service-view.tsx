import { catalogue, deviceRows, rights, say } from "../../live/room.ts";
import { me } from "../../live/state.ts";
import { eachSecond, freshness } from "../device/readings.ts";
import { askedPart } from "./asked-part.ts";
import { Columns, type Part } from "./columns.tsx";
import { DeviceTable } from "./device-table.tsx";
import { DistrictHours } from "./district-hours.tsx";
import { FiguresPanel } from "./figures-panel.tsx";
import { specialPanels } from "./panels/panels.ts";
import { movers, WherePanel } from "./where-panel.tsx";

/** What stands instead of the table of devices for whoever may not see them. */
const Closed = () => (
  <section class="s-panel" aria-labelledby="s-closed">
    <header class="s-head">
      <h2 id="s-closed">{say({ ko: "기기", en: "Devices" })}</h2>
    </header>
    <p class="s-note">
      {say({
        ko: "집의 기기는 돌봄 권한이 있는 사람만 봅니다. 지금 권한으로는 동네 합계를 봅니다.",
        en: "Devices in homes are shown only to those with the care right. With your role you see totals by district.",
      })}
    </p>
  </section>
);

/** One service: its special panel where it has one, its figures, its devices and its districts. All but the panel comes from the catalogue. */
export function ServiceView({ id }: { readonly id: string }) {
  void eachSecond.value;
  const service = catalogue.value.find((candidate) => candidate.id === id);
  if (service === undefined)
    return (
      <main class="v-page is-narrow">
        <p class="s-note">
          {catalogue.value.length === 0
            ? say({ ko: "서비스 목록을 불러오는 중입니다.", en: "Loading the catalogue." })
            : say({ ko: `"${id}" 서비스는 이 도시에 없습니다.`, en: `This city has no service "${id}".` })}
        </p>
      </main>
    );
  const found = specialPanels[service.id];
  const [Special, Side] = [found?.panel, found?.side];
  const rows = deviceRows.value.filter((row) => row.service === service.id);
  const fresh = rows.filter((row) => freshness(row) === "fresh").length;
  // Its special panel shows the districts' rhythm then; here stands another metric.
  const isHidden = service.sensitive && me.value !== undefined && !rights.value.includes("care");
  const start = isHidden ? service.panel.figures.at(-1)?.metric : undefined;
  const figures: Part = { id: "figures", label: { ko: "지표", en: "Figures" }, node: <FiguresPanel key="figures" service={service} /> };
  const hours: Part = {
    id: "hours",
    label: { ko: "시간대", en: "By hour" },
    node: <DistrictHours key={`hours ${start ?? ""}`} service={service} start={start} />,
  };
  const where: readonly Part[] =
    movers(service).length === 0 ? [] : [{ id: "where", label: { ko: "위치", en: "Where" }, node: <WherePanel key="where" service={service} /> }];
  const special: readonly Part[] =
    Special === undefined ? [] : [{ id: "now", label: { ko: "현황", en: "Now" }, node: <Special key="now" service={service} /> }];
  const side: readonly Part[] =
    Side === undefined ? [] : [{ id: "act", label: { ko: "할 일", en: "To do" }, node: <Side key="act" service={service} /> }];
  const devices: readonly Part[] =
    rows.length > 0
      ? [{ id: "devices", label: { ko: "기기", en: "Devices" }, node: <DeviceTable key="devices" service={service} /> }]
      : isHidden
        ? [{ id: "devices", label: { ko: "기기", en: "Devices" }, node: <Closed key="devices" /> }]
        : [];
  return (
    <Columns
      key={service.id}
      title={say(service.title)}
      hint={rows.length > 0 ? say({ ko: `수신 ${fresh} / ${rows.length}`, en: `fresh ${fresh} / ${rows.length}` }) : undefined}
      left={Special === undefined ? [figures, hours] : special}
      open={askedPart.value}
      tabbed={side.length > 0}
      right={Special === undefined ? [...where, ...devices] : [...side, figures, hours, ...where, ...devices]}
    />
  );
}
