import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import type { SignalTiming } from "../../../../../../shared/signal-advice.ts";
import { say } from "../../../../live/room.ts";
import { figureText } from "../../../../trend/words.ts";
import type { DeviceFacts } from "../../../device/device-facts.ts";
import { freshness, numberOf } from "../../../device/readings.ts";
import { barVehicles } from "./crossing-row.tsx";
import { type Side, sides } from "./crossings.ts";
import { approachDelay, levelOfService } from "./level-of-service.ts";

interface ApproachTableProps {
  readonly approaches: readonly (readonly [Side, DeviceRow])[];
  readonly facts: ReadonlyMap<string, DeviceFacts>;
  /** veh/h of the last quarter of an hour, by approach. */
  readonly flows: Readonly<Record<string, number>> | undefined;
  readonly present: SignalTiming | undefined;
  readonly service: Service;
}

const whole = (value: number | undefined, decimals = 0): string =>
  value !== undefined && Number.isFinite(value) ? figureText(value, decimals) : "—";

function ApproachRow({
  side,
  row,
  facts,
  flows,
  present,
  service,
}: Omit<ApproachTableProps, "approaches"> & { readonly side: Side; readonly row: DeviceRow }) {
  const queue = numberOf(row, service, "queue");
  const flow = flows?.[row.id];
  const constants = facts.get(row.id)?.constants;
  const isMain = constants?.main === 1;
  const delay =
    flow === undefined || present === undefined || constants === undefined
      ? undefined
      : approachDelay({ flow, lanes: constants.lanes ?? 1, isMain }, present);
  const street = constants === undefined ? "" : isMain ? say({ ko: "주도로", en: "main" }) : say({ ko: "교차", en: "cross" });
  return (
    <tr class={`is-${freshness(row)}`}>
      <th scope="row">
        <a href={`#/device/${row.id}`}>{say(sides.find(({ end }) => end === side)?.label ?? row.name)}</a> <small>{street}</small>
      </th>
      <td>
        <span class="c-bar" aria-hidden="true">
          {Number.isFinite(queue) && <i style={{ width: `${Math.min(1, queue / barVehicles) * 100}%` }} />}
        </span>
        {whole(queue)}
      </td>
      <td>{whole(numberOf(row, service, "speed"))}</td>
      <td>{whole(flow)}</td>
      <td>{whole(delay, 1)}</td>
      <td>
        <b>{delay === undefined ? "—" : levelOfService(delay)}</b>
      </td>
    </tr>
  );
}

/** Approaches with their queue to one scale, their count and the level of service that follows from it. */
export function ApproachTable({ approaches, facts, flows, present, service }: ApproachTableProps) {
  return (
    <table class="a-table">
      <thead>
        <tr>
          <th scope="col">{say({ ko: "접근로", en: "approach" })}</th>
          <th scope="col">{say({ ko: "대기열, 대", en: "queue, veh" })}</th>
          <th scope="col">{say({ ko: "속도 km/h", en: "speed km/h" })}</th>
          <th scope="col">{say({ ko: "교통량 대/시", en: "flow veh/h" })}</th>
          <th scope="col">{say({ ko: "지체 초/대 (추정)", en: "delay s/veh (est.)" })}</th>
          <th scope="col">LOS</th>
        </tr>
      </thead>
      <tbody>
        {approaches.map(([side, row]) => (
          <ApproachRow key={side} side={side} row={row} facts={facts} flows={flows} present={present} service={service} />
        ))}
      </tbody>
    </table>
  );
}
