import type { Service } from "../../../../../../shared/service.ts";
import { advice } from "../../../../live/desk.ts";
import { deviceRows, say } from "../../../../live/room.ts";
import { figureText } from "../../../../trend/words.ts";
import { AdviserMode } from "./adviser-mode.tsx";
import { levelOfService } from "./level-of-service.ts";
import "./signal.css";

const shown = 40;

/** Signals by what a better timing would save; each opens where it is accepted. */
export function AdviserSide({ service }: { readonly service: Service }) {
  const rows = new Map(deviceRows.value.filter((row) => row.service === service.id).map((row) => [row.id, row]));
  const list = [...advice.value.values()]
    .filter(({ device }) => rows.has(device))
    .sort((a, b) => b.delayPresent - b.delayProposed - (a.delayPresent - a.delayProposed) || (a.device < b.device ? -1 : 1));
  const modes = new Set(list.map(({ mode }) => mode));
  return (
    <section class="s-panel a-side" aria-labelledby="a-side">
      <header class="s-head">
        <h2 id="a-side">
          {say({ ko: "신호 조언", en: "Signal adviser" })} {list.length}
        </h2>
        <span>{say({ ko: "예측 지체 절감, 초/대", en: "predicted delay saved, s/veh" })}</span>
        <span class="s-end">
          {list.length === 0 ? null : (
            <>
              {say({ ko: "모두", en: "all" })} <AdviserMode device={null} mode={modes.size === 1 ? list[0]?.mode : undefined} />
            </>
          )}
        </span>
      </header>
      {list.length === 0 ? (
        <p class="s-note">
          {say({ ko: "조언이 아직 없습니다: 15분 동안 잰 뒤에 계산합니다.", en: "No advice yet: a quarter of an hour is counted first." })}
        </p>
      ) : null}
      <ul class="a-list">
        {list.slice(0, shown).map((one) => {
          const saved = one.delayPresent - one.delayProposed;
          return (
            <li key={one.device} data-advice={one.device}>
              <a class="s-row a-row" href={`#/device/${one.device}`}>
                <span>{say(rows.get(one.device)?.name ?? { ko: one.device, en: one.device })}</span>
                <small>
                  {one.present.cycle} → {one.proposed.cycle} {say({ ko: "초", en: "s" })}
                </small>
                <small>
                  {levelOfService(one.delayPresent)} → {levelOfService(one.delayProposed)}
                </small>
                <b>{figureText(saved, 1)}</b>
                <small>{one.held === null ? (one.mode === "auto" ? say({ ko: "자동", en: "auto" }) : "") : say({ ko: "보류", en: "held" })}</small>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
