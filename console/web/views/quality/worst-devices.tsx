import { useState } from "preact/hooks";
import type { Counters } from "../../../../shared/city-port.ts";
import { deviceRows, fieldNow, now, say } from "../../live/room.ts";
import { durationText, figureText } from "../../trend/words.ts";
import { ledgerTexts } from "../device/ledger-panel.tsx";
import { freshness, seenAt } from "../device/readings.ts";

const kinds = ["lost", "refused", "late", "duplicate"] as const;
const shown = 12;

/** Devices with most of one kind of trouble. */
export function WorstDevices({ devices }: { readonly devices: readonly (Counters & { readonly id: string })[] | undefined }) {
  const [kind, setKind] = useState<(typeof kinds)[number]>("lost");
  const rows = new Map(deviceRows.value.map((row) => [row.id, row]));
  const list = (devices ?? []).filter((device) => device[kind] > 0).sort((a, b) => b[kind] - a[kind] || (a.id < b.id ? -1 : 1));
  return (
    <section class="q-panel" aria-labelledby="q-worst">
      <header class="q-head">
        <h2 id="q-worst">{say({ ko: "기기별", en: "By device" })}</h2>
        <div class="q-codes">
          {kinds.map((name) => (
            <button key={name} type="button" aria-pressed={name === kind} onClick={() => setKind(name)}>
              {say(ledgerTexts[name])}
            </button>
          ))}
        </div>
      </header>
      {devices !== undefined && list.length === 0 && (
        <p class="q-note">
          {say({ ko: `${ledgerTexts[kind].ko}이 있는 기기가 없습니다.`, en: `No device with ${ledgerTexts[kind].en.toLowerCase()} readings.` })}
        </p>
      )}
      <ul class="q-list">
        {list.slice(0, shown).map((device) => {
          const row = rows.get(device.id);
          return (
            <li key={device.id}>
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

/** Devices that have been silent for longer than their limit, the longest first. */
export function SilentDevices() {
  const list = deviceRows.value
    .flatMap((row) => {
      const time = row.timeline === "field" ? fieldNow.value : now.value;
      const fresh = freshness(row, time);
      return fresh === "fresh" ? [] : [{ row, fresh, age: time - seenAt(row) }];
    })
    .sort((a, b) => b.age - a.age || (a.row.id < b.row.id ? -1 : 1));
  const words = { stale: { ko: "지연", en: "stale" }, lost: { ko: "끊김", en: "lost" }, never: { ko: "받은 적 없음", en: "never heard" } };
  return (
    <section class="q-panel" aria-labelledby="q-silent">
      <header class="q-head">
        <h2 id="q-silent">{say({ ko: "조용한 기기", en: "Silent devices" })}</h2>
        <span role="status">{figureText(list.length, 0)}</span>
      </header>
      {list.length === 0 && <p class="q-note">{say({ ko: "모든 기기가 제때 말하고 있습니다.", en: "Every device speaks in time." })}</p>}
      <ul class="q-list is-silent">
        {list.slice(0, 2 * shown).map(({ row, fresh, age }) => (
          <li key={row.id}>
            <a href={`#/device/${row.id}`}>{say(row.name)}</a>
            <code>{row.id}</code>
            <b>{fresh === "never" ? "—" : say(durationText(age))}</b>
            <span>{say(words[fresh])}</span>
          </li>
        ))}
      </ul>
      {list.length > 2 * shown && (
        <p class="q-note">
          {say({ ko: `나머지 ${list.length - 2 * shown}대는 서비스 화면에서`, en: `${list.length - 2 * shown} more on the service pages` })}
        </p>
      )}
    </section>
  );
}
