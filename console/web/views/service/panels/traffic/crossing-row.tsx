import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { say } from "../../../../live/room.ts";
import { figureText } from "../../../../trend/words.ts";
import { eachSecond, freshness, numberOf } from "../../../device/readings.ts";
import { isPhone } from "../../columns.tsx";
import { type Crossing, sides } from "./crossings.ts";

/** Vehicles that fill a bar: more than the longest queue of an ordinary peak. */
export const barVehicles = 60;

const whole = (value: number) => (Number.isFinite(value) ? figureText(value, 0) : "—");

function Approach({ row, service }: { readonly row: DeviceRow | undefined; readonly service: Service }) {
  void eachSecond.value;
  if (row === undefined)
    return (
      <td class="c-side is-none" colSpan={isPhone.value ? 1 : 3}>
        <span aria-hidden="true">·</span>
        <span class="unseen">{say({ ko: "접근로 없음", en: "no approach" })}</span>
      </td>
    );
  const queue = numberOf(row, service, "queue");
  const fresh = freshness(row);
  return (
    <>
      <td class={`c-side c-first is-${fresh}`}>
        <a href={`#/device/${row.id}`} aria-label={`${say(row.name)}: ${whole(queue)}`}>
          <span class="c-bar" aria-hidden="true">
            {Number.isFinite(queue) && (
              <i class={queue > barVehicles ? "is-longer" : ""} style={{ width: `${Math.min(1, queue / barVehicles) * 100}%` }} />
            )}
          </span>
          <b>{whole(queue)}</b>
        </a>
      </td>
      {!isPhone.value && <td class={`c-side is-${fresh}`}>{whole(numberOf(row, service, "speed"))}</td>}
      {!isPhone.value && <td class={`c-side is-${fresh}`}>{whole(numberOf(row, service, "occ") * 100)}</td>}
    </>
  );
}

function Signal({ row, service }: { readonly row: DeviceRow | undefined; readonly service: Service }) {
  void eachSecond.value;
  const contract = service.metrics.plan;
  if (row === undefined || contract?.kind !== "state") return <td class="c-signal">—</td>;
  const word = contract.words[numberOf(row, service, "plan")];
  const of = (metric: string) => whole(numberOf(row, service, metric));
  return (
    <td class={`c-signal is-${freshness(row)}`}>
      <a href={`#/device/${row.id}`}>
        {word === undefined ? "—" : say(contract.texts[word] ?? { ko: word, en: word })}
        <small>
          {of("cycle")} · {of("green_main")}/{of("green_cross")}
        </small>
      </a>
    </td>
  );
}

interface CrossingRowProps {
  readonly crossing: Crossing;
  readonly service: Service;
  readonly index: number;
  readonly district: string;
}
/** One intersection: its signal and its four approaches. */
export function CrossingRow({ crossing, service, index, district }: CrossingRowProps) {
  const first = crossing.signal ?? [...crossing.approaches.values()][0];
  return (
    <tr aria-rowindex={index + 3} data-row={index}>
      <th scope="row" class="c-name">
        {first === undefined ? crossing.id : <a href={`#/device/${first.id}`}>{crossing.id}</a>}
        <small>{district}</small>
      </th>
      {!isPhone.value && <Signal row={crossing.signal} service={service} />}
      {sides.map(({ end }) => (
        <Approach key={end} row={crossing.approaches.get(end)} service={service} />
      ))}
    </tr>
  );
}
