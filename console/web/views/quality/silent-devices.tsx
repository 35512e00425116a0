import { deviceRows, say } from "../../live/room.ts";
import { durationText, figureText } from "../../trend/words.ts";
import { ageOf, eachSecond, freshness, freshnessTexts } from "../device/readings.ts";

const shown = 60;

/** Devices that have been silent for longer than their limit, the longest first. */
export function SilentDevices() {
  void eachSecond.value;
  const list = deviceRows.value
    .flatMap((row) => {
      const fresh = freshness(row);
      return fresh === "fresh" ? [] : [{ row, fresh, age: fresh === "never" ? 0 : ageOf(row) }];
    })
    .sort((a, b) => b.age - a.age || (a.row.id < b.row.id ? -1 : 1));
  return (
    <section class="s-panel q-half" aria-labelledby="q-silent">
      <header class="s-head">
        <h2 id="q-silent">{say({ ko: "수신 지연 기기", en: "Silent devices" })}</h2>
        <span role="status">{figureText(list.length, 0)}</span>
        <span class="s-end">{say({ ko: "마지막 수신 뒤", en: "since last heard" })}</span>
      </header>
      {list.length === 0 && <p class="s-note">{say({ ko: "모든 기기가 제때 말하고 있습니다.", en: "Every device speaks in time." })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <ul class="s-scroll" tabIndex={0} aria-label={say({ ko: "수신 지연 기기", en: "Silent devices" })}>
        {list.slice(0, shown).map(({ row, fresh, age }) => (
          <li key={row.id} class="q-row is-silent">
            <a href={`#/device/${row.id}`}>{say(row.name)}</a>
            <code>{row.id}</code>
            <b>{fresh === "never" ? "—" : say(durationText(age))}</b>
            <span>{say(freshnessTexts[fresh])}</span>
          </li>
        ))}
      </ul>
      {list.length > shown && (
        <p class="s-foot">
          {say({ ko: `나머지 ${list.length - shown}대는 서비스 화면에서`, en: `${list.length - shown} more on the service pages` })}
        </p>
      )}
    </section>
  );
}
