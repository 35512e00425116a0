import type { Counters } from "../../../../shared/city-port.ts";
import { catalogue, deviceRows, say } from "../../live/room.ts";
import { figureText } from "../../trend/words.ts";
import { Mark } from "../../widgets/mark.tsx";
import { ledgerTexts } from "../device/ledger-panel.tsx";
import { eachSecond, freshness } from "../device/readings.ts";
import { byService, columns } from "./sums.ts";

/** The same ledger service by service, and how many of its devices are heard. */
export function ServiceLedger({ devices }: { readonly devices: readonly (Counters & { readonly id: string })[] | undefined }) {
  void eachSecond.value;
  const rows = deviceRows.value;
  const sums = byService(devices ?? [], rows);
  return (
    <section class="s-panel" aria-labelledby="q-services">
      <header class="s-head">
        <h2 id="q-services">{say({ ko: "서비스별", en: "By service" })}</h2>
        <span>{say({ ko: "수신 중인 기기와 장부", en: "devices heard, and the ledger" })}</span>
      </header>
      <div class="q-wide">
        <table class="q-table" aria-labelledby="q-services">
          <thead>
            <tr>
              <th scope="col">{say({ ko: "서비스", en: "Service" })}</th>
              <th scope="col">{say({ ko: "수신 / 기기", en: "heard / devices" })}</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {say(ledgerTexts[name])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {catalogue.value.map((service) => {
              const own = rows.filter((row) => row.service === service.id);
              const heard = own.filter((row) => freshness(row) === "fresh").length;
              const sum = sums.get(service.id);
              return (
                <tr key={service.id}>
                  <th scope="row">
                    <a href={`#/service/${service.id}`}>
                      <Mark service={service} /> {say(service.title)}
                    </a>
                  </th>
                  {own.length === 0 ? (
                    <td colSpan={columns.length + 1} class="q-hidden">
                      {service.sensitive
                        ? say({ ko: "돌봄 권한이 있는 사람에게만", en: "only for who has the care right" })
                        : say({ ko: "기기 없음", en: "no device" })}
                    </td>
                  ) : (
                    <>
                      <td class={heard < own.length ? "is-short" : ""}>
                        {figureText(heard, 0)} / {figureText(own.length, 0)}
                      </td>
                      {columns.map((name) => (
                        <td key={name} class={sum === undefined || sum[name] === 0 ? "is-zero" : ""}>
                          {sum === undefined ? "—" : figureText(sum[name], 0)}
                        </td>
                      ))}
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
