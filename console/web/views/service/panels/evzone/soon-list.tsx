import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { now, plan, say } from "../../../../live/room.ts";
import { dayStart } from "../../../../trend/axis.ts";
import { durationText } from "../../../../trend/words.ts";
import { Loading } from "../../../../widgets/panel.tsx";
import { leftText } from "../../../alarms/left.ts";
import { eachSecond, handOf } from "../../../device/readings.ts";
import { useDetails } from "../use-details.ts";
import { stayOf } from "./bay-timer.tsx";
import { takenSince } from "./names.ts";
import { useSpans } from "./use-spans.ts";
import { bayText, bayWord, isTaken } from "./zones.ts";

const shown = 5;
/** So many taken bays are asked for at most: the whole city's would be hundreds of questions. */
const asked = 40;

/** Bays that come to their legal limit next, or are beyond it, whichever zone they are in. Those that may not be there at all come first. */
export function SoonList({ service, rows }: { readonly service: Service; readonly rows: readonly DeviceRow[] }) {
  void eachSecond.value;
  const taken = rows
    .filter((row) => row.kind === "bay" && isTaken(bayWord(row, service)))
    .sort((a, b) => Number(bayWord(b, service) === "ice") - Number(bayWord(a, service) === "ice") || (a.id < b.id ? -1 : 1))
    .slice(0, asked);
  const ids = taken.map((row) => row.id);
  const facts = useDetails(ids);
  const spans = useSpans(ids, "occupied", dayStart(now.peek(), plan.value?.zone ?? "UTC") - 86_400_000);
  const isReading = ids.length > 0 && (facts.size === 0 || spans.size === 0);
  const stays = taken
    .flatMap((row) => {
      const stay = stayOf({ row, service, constants: facts.get(row.id)?.constants, since: takenSince(spans.get(row.id)) });
      return stay === undefined ? [] : [{ row, stay, left: stay.ends - handOf(row) }];
    })
    .sort((a, b) => a.left - b.left);
  return (
    <section class="s-panel e-soon" aria-labelledby="e-soon">
      <header class="s-head">
        <h2 id="e-soon">{say({ ko: "곧 한계에 닿는 면", en: "Next to their limit" })}</h2>
        <span class="s-end">
          {stays[0] === undefined ? "" : say({ ko: `법 기준 ${stays[0].stay.law.from} 시행`, en: `law as in force from ${stays[0].stay.law.from}` })}
        </span>
      </header>
      {stays.length === 0 && isReading ? <Loading /> : null}
      {stays.length === 0 && !isReading ? (
        <p class="s-note">{say({ ko: "시간 제한이 있는 차량이 없습니다.", en: "No vehicle with a time limit." })}</p>
      ) : null}
      <ul>
        {stays.slice(0, shown).map(({ row, stay, left }) => (
          <li key={row.id}>
            <a class="s-row e-next" href={`#/device/${row.id}`}>
              <span>{say(row.name)}</span>
              <small>
                {say(bayText(bayWord(row, service), service))} · {say(durationText(stay.seconds * 1000))}
              </small>
              <b>{say(left < 0 ? { ko: `${leftText(-left).ko} 넘음`, en: `${leftText(-left).en} over` } : leftText(left))}</b>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
