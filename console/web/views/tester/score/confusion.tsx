import type { Scorecard } from "../../../../../shared/scenario/scorecard.ts";
import { say, t } from "../../../language.ts";
import { confusionCells } from "./score-figures.ts";

const rows = [
  ["event", { ko: "실제 사건", en: "true event" }],
  ["fault", { ko: "실제 고장", en: "true fault" }],
  ["nothing", { ko: "아무것도 아님", en: "nothing" }],
] as const;
const columns = [
  ["operations", { ko: "사건으로", en: "raised as event" }],
  ["maintenance", { ko: "고장으로", en: "as fault" }],
  ["nothing", { ko: "안 울림", en: "not raised" }],
] as const;

/** A real event or a broken sensor: what was true against what was raised. */
export function Confusion({ card }: { readonly card: Scorecard }) {
  const cells = confusionCells(card);
  return (
    <section class="t-confusion" aria-labelledby="t-confusion">
      <h3 id="t-confusion">{t("실제 사건인가, 고장 난 센서인가", "Real event or broken sensor")}</h3>
      <div>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map(([id, words]) => (
                <th key={id} scope="col">
                  {say(words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([row, words]) => (
              <tr key={row}>
                <th scope="row">{say(words)}</th>
                {columns.map(([column]) => {
                  const cell = cells.find((one) => one.row === row && one.column === column);
                  const look = cell?.isWrong ? "is-wrong" : cell?.isRight && (cell.count ?? 0) > 0 ? "is-right" : "";
                  return (
                    <td key={column} class={look}>
                      {cell?.count ?? "—"}
                      {cell?.isWrong ? <span class="unseen">{t(" 틀림", " wrong")}</span> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          {t(
            "굵은 테두리 = 틀린 판정. 정전처럼 장치 고장으로만 보이는 사건은 고장으로 칩니다.",
            "Heavy edge = wrong. An event that shows only as trouble of devices, as a power cut does, counts as a fault.",
          )}
        </p>
      </div>
    </section>
  );
}
