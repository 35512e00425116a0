import { useState } from "preact/hooks";
import { deviceRows, say } from "../../live/room.ts";
import { figureText } from "../../trend/words.ts";
import { ledgerTexts } from "../device/ledger-panel.tsx";
import { type DeviceCounters, kinds, worst } from "./sums.ts";

const shown = 40;

/** Which devices have most of one kind of trouble. */
export function WorstDevices({ devices }: { readonly devices: readonly DeviceCounters[] | undefined }) {
  const [kind, setKind] = useState<(typeof kinds)[number]>("lost");
  const rows = new Map(deviceRows.value.map((row) => [row.id, row]));
  const list = worst(devices ?? [], kind);
  return (
    <section class="s-panel q-half" aria-labelledby="q-worst">
      <header class="s-head">
        <h2 id="q-worst">{say({ ko: "기기별", en: "By device" })}</h2>
        <fieldset class="s-choices q-kinds">
          <legend class="unseen">{say({ ko: "무엇으로", en: "By what" })}</legend>
          {kinds.map((name) => {
            const count = (devices ?? []).filter((device) => device[name] > 0).length;
            return (
              <button key={name} type="button" class="s-button" aria-pressed={name === kind} onClick={() => setKind(name)}>
                {say(ledgerTexts[name])} {count}
              </button>
            );
          })}
        </fieldset>
      </header>
      {devices !== undefined && list.length === 0 && (
        <p class="s-note">
          {say({ ko: `${ledgerTexts[kind].ko}이 있는 기기가 없습니다.`, en: `No device with ${ledgerTexts[kind].en.toLowerCase()} readings.` })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <ul class="s-scroll" tabIndex={0} aria-label={say({ ko: "기기별", en: "By device" })}>
        {list.slice(0, shown).map((device) => {
          const row = rows.get(device.id);
          return (
            <li key={device.id} class="q-row">
              <a href={`#/device/${device.id}`}>{row === undefined ? device.id : say(row.name)}</a>
              <code>{device.id}</code>
              <b>{figureText(device[kind], 0)}</b>
              <span>{say({ ko: `받음 ${figureText(device.received, 0)}`, en: `of ${figureText(device.received, 0)}` })}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
