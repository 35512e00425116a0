import { say } from "../../../../live/room.ts";
import { figureText } from "../../../../trend/words.ts";
import type { ApproachFigures } from "./approach-figures.ts";
import { barVehicles } from "./crossing-row.tsx";
import { sides } from "./crossings.ts";
import { levelOfService } from "./level-of-service.ts";

const whole = (value: number | undefined, decimals = 0): string =>
  value !== undefined && Number.isFinite(value) ? figureText(value, decimals) : "—";

function ApproachRow({ of }: { readonly of: ApproachFigures }) {
  const { side, row, fresh, queue, speed, flow, delay, isKnown, isMain } = of;
  const street = isKnown ? (isMain ? say({ ko: "주도로", en: "main" }) : say({ ko: "교차", en: "cross" })) : "";
  return (
    <tr class={`is-${fresh}`}>
      <th scope="row">
        <a href={`#/device/${row.id}`}>{say(sides.find(({ end }) => end === side)?.label ?? row.name)}</a> <small>{street}</small>
      </th>
      <td>
        <span class="c-bar" aria-hidden="true">
          {Number.isFinite(queue) && <i style={{ width: `${Math.min(1, queue / barVehicles) * 100}%` }} />}
        </span>
        {whole(queue)}
      </td>
      <td>{whole(speed)}</td>
      <td>{whole(flow)}</td>
      <td>{whole(delay, 1)}</td>
      <td>
        <b>{delay === undefined ? "—" : levelOfService(delay)}</b>
      </td>
    </tr>
  );
}

/** Approaches with their queue to one scale, their count and the level of service that follows from it: what the plan draws, in words. */
export function ApproachTable({ approaches }: { readonly approaches: readonly ApproachFigures[] }) {
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
        {approaches.map((one) => (
          <ApproachRow key={one.row.id} of={one} />
        ))}
      </tbody>
    </table>
  );
}
