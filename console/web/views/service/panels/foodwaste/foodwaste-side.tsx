import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { addressOfCommand } from "../../../../command/address.ts";
import { Actual, Commanded } from "../../../../command/marks.tsx";
import { absence } from "../../../../command/may-command.ts";
import { newestOf, standing } from "../../../../command/of-device.ts";
import { ResponseList } from "../../../../command/response-list.tsx";
import { commandedText } from "../../../../command/words.ts";
import { deviceRows, say } from "../../../../live/room.ts";
import { figureText } from "../../../../trend/words.ts";
import { eachSecond, freshness, numberOf } from "../../../device/readings.ts";
import { QueuePanel } from "../../../queues/queue-panel.tsx";
import { type Attention, attentionOf } from "./attention.ts";

const shown = 8;
const why: Readonly<Record<Attention["why"], { ko: string; en: string }>> = {
  full: { ko: "가득 참", en: "full" },
  odour: { ko: "따뜻해서 악취 조건", en: "warm, may smell" },
  locked: { ko: "잠김", en: "locked" },
  filling: { ko: "80 % 이상", en: "80 % or more" },
};

function UnitRow({ unit, service }: { readonly unit: Attention & { readonly row: DeviceRow }; readonly service: Service }) {
  const { row } = unit;
  const lock = newestOf(service, row.id, "lock");
  const said = standing(service, row, "lock");
  const look = lock?.state === "pending" ? "waited" : freshness(row) === "fresh" ? "known" : "stale";
  return (
    <li data-unit={row.id}>
      <a href={`#/device/${row.id}`}>{say(row.name)}</a>
      <span>
        {say(why[unit.why])} · {figureText(unit.fill * 100, 0)} % · {Number.isFinite(unit.temp) ? `${figureText(unit.temp, 0)} °C` : "—"}
      </span>
      <span class="k-stand">
        <Commanded>{lock === undefined ? "—" : say(commandedText(service, lock))}</Commanded>
        <Actual look={look}>{said === undefined ? "—" : say(said)}</Actual>
      </span>
      {absence() === undefined ? (
        <span class="buttons">
          <a class="button" href={addressOfCommand(row.id, { op: "collect" })}>
            {say({ ko: "수거", en: "Collect" })} →
          </a>
          <a class="button" href={addressOfCommand(row.id, { op: unit.isLocked ? "unlock" : "lock" })}>
            {say(unit.isLocked ? { ko: "잠금 해제", en: "Unlock" } : { ko: "잠금", en: "Lock" })} →
          </a>
        </span>
      ) : null}
    </li>
  );
}

/** Beside the fill: units that ask for a truck or a lock, the queue of tasks, and what locks by itself. */
export function FoodwasteSide({ service }: { readonly service: Service }) {
  void eachSecond.value;
  const units = deviceRows.value
    .filter((row) => row.service === service.id)
    .flatMap((row) => {
      const of = (metric: string) => numberOf(row, service, metric);
      const attention = attentionOf({ fill: of("fill"), temp: of("temp"), locked: of("lock") }, service);
      return attention === undefined ? [] : [{ ...attention, row }];
    })
    .sort((a, b) => a.rank - b.rank || b.fill - a.fill || (a.row.id < b.row.id ? -1 : 1));
  return (
    <>
      <section class="s-panel f-attention" aria-labelledby="f-attention">
        <header class="s-head">
          <h2 id="f-attention">
            {say({ ko: "손이 갈 수거함", en: "Units to see to" })} {units.length}
          </h2>
          <span>{say({ ko: "가득 참 95 % · 악취 30 °C와 절반 이상", en: "full at 95 % · smell at 30 °C when half full" })}</span>
        </header>
        {units.length === 0 ? <p class="s-note">{say({ ko: "손이 갈 수거함이 없습니다.", en: "No unit needs anybody." })}</p> : null}
        <ul>
          {units.slice(0, shown).map((unit) => (
            <UnitRow key={unit.row.id} unit={unit} service={service} />
          ))}
        </ul>
      </section>
      <QueuePanel
        service={service}
        queue="task"
        title={say({ ko: "할 일", en: "Tasks" })}
        hint={say({ ko: "수거·잠금·점검", en: "collection, locks, checks" })}
      />
      <ResponseList service={service} />
    </>
  );
}
