import type { DeviceRow, Span } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { say } from "../../../../live/room.ts";
import { durationText, figureText } from "../../../../trend/words.ts";
import type { DeviceFacts } from "../../../device/device-facts.ts";
import { eachSecond, handOf, numberOf } from "../../../device/readings.ts";
import { BayTimer } from "./bay-timer.tsx";
import { numberOfId, takenSince } from "./names.ts";
import { bayText, bayWord, isTaken } from "./zones.ts";

interface BayProps {
  readonly row: DeviceRow;
  readonly charger: DeviceRow | undefined;
  readonly service: Service;
  readonly facts: ReadonlyMap<string, DeviceFacts>;
  readonly spans: readonly Span[] | undefined;
}

function useCharger({ charger, service, facts, row }: BayProps) {
  const of = (metric: string) => (charger === undefined ? Number.NaN : numberOf(charger, service, metric));
  const cp = service.metrics.cp;
  const word = cp?.kind === "state" ? cp.words[of("cp")] : undefined;
  const rated = charger === undefined ? undefined : facts.get(charger.id)?.constants.rated;
  const isFast = facts.get(row.id)?.constants.fast === 1;
  const speed = say(isFast ? { ko: "급속", en: "fast" } : { ko: "완속", en: "slow" });
  return {
    soc: of("soc"),
    power: of("power"),
    plug: `${speed}${rated === undefined ? "" : ` ${figureText(rated, 0)} kW`}`,
    status: cp?.kind === "state" && word !== undefined ? say(cp.texts[word] ?? { ko: word, en: word }) : "",
    isBroken: word === "Faulted" || word === "Unavailable",
  };
}

/** A bay as a place: class of vehicle, state of charge as fill, time in the bay, and what its charger says. */
export function Bay(props: BayProps) {
  void eachSecond.value;
  const { row, service, spans } = props;
  const word = bayWord(row, service);
  const { soc, power, plug, status, isBroken } = useCharger(props);
  const taken = isTaken(word);
  const since = taken ? takenSince(spans) : undefined;
  const name = say(bayText(word, service));
  const isLit = numberOf(row, service, "light") === 1;
  // Basic AC chargers know no state of charge: then there is no fill.
  const hasCharge = taken && Number.isFinite(soc);
  return (
    <li class={`e-bay is-${word}${isBroken ? " is-broken" : ""}`}>
      <a href={`#/device/${row.id}`} aria-label={`${say(row.name)}: ${name}${isLit ? say({ ko: ", 경광등 켜짐", en: ", warning light on" }) : ""}`}>
        <span class="e-post" aria-hidden="true" />
        <span class="e-car">
          {hasCharge && <i style={{ height: `${Math.max(0, Math.min(100, soc))}%` }} aria-hidden="true" />}
          <em>
            {name}
            {hasCharge && <b>{figureText(soc, 0)} %</b>}
          </em>
        </span>
        <span class="e-words">
          <span>
            <b>{Number(numberOfId(row.id))}</b>
            <small>{isLit ? `✦ ${plug}` : plug}</small>
          </span>
          <span>
            {since === undefined ? "" : say({ ko: `${durationText(handOf(row) - since).ko}째`, en: `for ${durationText(handOf(row) - since).en}` })}
          </span>
          <BayTimer row={row} service={service} constants={props.facts.get(row.id)?.constants} since={since} />
          <small>
            {status}
            {power > 0 ? ` ${figureText(power, 1)} kW` : ""}
          </small>
        </span>
      </a>
    </li>
  );
}
