import { useMemo, useState } from "preact/hooks";
import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { CommandBox } from "../../../../command/command-box.tsx";
import { Actual, Commanded } from "../../../../command/marks.tsx";
import { absence } from "../../../../command/may-command.ts";
import { commandsByDevice, newestOf, standing, standingWord } from "../../../../command/of-device.ts";
import { ofItself } from "../../../../command/of-itself.ts";
import { reasonText } from "../../../../command/reasons.ts";
import { tookText } from "../../../../command/took.ts";
import { commandedText } from "../../../../command/words.ts";
import { alarmsByDevice } from "../../../../live/desk.ts";
import { now, say } from "../../../../live/room.ts";
import { AlarmBadge } from "../../../alarms/alarm-badge.tsx";
import { inOrder } from "../../../alarms/order.ts";
import { eachSecond, freshness, handOf } from "../../../device/readings.ts";
import { type GateState, inGateOrder, isNotAsCommanded } from "./gate-order.ts";

interface GateRowProps {
  readonly gate: GateState;
  readonly service: Service;
  readonly chosen: boolean;
  readonly onChoose: ((chosen: boolean) => void) | undefined;
}

function GateRow({ gate: { row, command, fresh }, service, chosen, onChoose }: GateRowProps) {
  const display = newestOf(service, row.id, "display");
  const shownText = standing(service, row, "show");
  const actual = standing(service, row, "close");
  const alarm = [...(alarmsByDevice.value.get(row.id) ?? [])].sort(inOrder)[0];
  const isWaited = command?.state === "pending";
  const itself = ofItself(service, "close", standingWord(service, row, "close"), command);
  return (
    <tr class={command?.state === "failed" ? "is-failed" : ""} data-gate={row.id}>
      <td>
        {onChoose === undefined ? null : (
          <input
            type="checkbox"
            checked={chosen}
            aria-label={say({ ko: `고르기: ${row.name.ko}`, en: `Choose ${row.name.en}` })}
            onChange={(change) => onChoose(change.currentTarget.checked)}
          />
        )}
      </td>
      <td>{alarm === undefined ? null : <AlarmBadge alarm={alarm} size={18} />}</td>
      <th scope="row">
        <a href={`#/device/${row.id}`}>{say(row.name)}</a>
      </th>
      <td>
        <Commanded>{command === undefined ? "—" : say(commandedText(service, command))}</Commanded>
      </td>
      <td>
        <Actual look={isWaited ? "waited" : fresh ? "known" : "stale"}>
          {actual === undefined ? say({ ko: "받은 적 없음", en: "never heard" }) : say(actual)}
        </Actual>
      </td>
      <td>
        <Actual look={display?.state === "pending" ? "waited" : fresh ? "known" : "stale"}>{shownText === undefined ? "—" : say(shownText)}</Actual>
      </td>
      <td class="g-gate-state">
        {command?.state === "failed"
          ? `✕ ${say(reasonText(command.reason ?? ""))}`
          : itself !== undefined
            ? say(itself)
            : command === undefined
              ? ""
              : say(tookText(command, handOf(row), Date.now()))}
      </td>
    </tr>
  );
}

/** Gates with what was asked and what they say; several get one order with one confirmation, each as a command of its own. */
export function GatesPanel({
  rows,
  at,
  service,
}: {
  readonly rows: readonly DeviceRow[];
  readonly at: ReadonlyMap<string, number>;
  readonly service: Service;
}) {
  void eachSecond.value;
  void now.value;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const known = commandsByDevice.value;
  const slow = Math.floor(eachSecond.value / 2);
  const gates = useMemo(
    () =>
      rows
        .map(
          (row): GateState => ({
            row,
            at: at.get(row.id) ?? Number.NaN,
            command: newestOf(service, row.id, "gate"),
            fresh: freshness(row) === "fresh",
          }),
        )
        .sort(inGateOrder),
    [rows, at, service, known, slow],
  );
  const away = absence();
  const open = gates.filter(isNotAsCommanded).length;
  const choose = (id: string) => (on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const targets = gates.filter(({ row }) => chosen.has(row.id)).map(({ row }) => row);
  const all = chosen.size === gates.length && gates.length > 0;
  return (
    <section class="s-panel g-gates" aria-labelledby="g-gates">
      <header class="s-head">
        <h2 id="g-gates">{say({ ko: "차단문과 전광판", en: "Gates and displays" })}</h2>
        <span>{say({ ko: `${gates.length}곳 가운데 ${open}곳이 지시와 다름`, en: `${open} of ${gates.length} not as commanded` })}</span>
        <span class="s-end">
          {away === undefined && gates.length > 0 ? (
            <button
              type="button"
              class="s-button"
              aria-pressed={all}
              onClick={() => setChosen(all ? new Set() : new Set(gates.map(({ row }) => row.id)))}
            >
              {say({ ko: "모두 고르기", en: "Choose all" })}
            </button>
          ) : null}
        </span>
      </header>
      {gates.length === 0 ? (
        <p class="s-note">{say({ ko: "이 도시에는 차단문이 없습니다.", en: "This city has no gates." })}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key
        <section class="s-scroll" tabIndex={0} aria-label={say({ ko: "차단문 목록", en: "List of gates" })}>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span class="unseen">{say({ ko: "고르기", en: "choose" })}</span>
                </th>
                <th scope="col">
                  <span class="unseen">{say({ ko: "경보", en: "alarm" })}</span>
                </th>
                <th scope="col">{say({ ko: "차단문", en: "gate" })}</th>
                <th scope="col">{say({ ko: "△ 지시", en: "△ commanded" })}</th>
                <th scope="col">{say({ ko: "▼ 실제", en: "▼ actual" })}</th>
                <th scope="col">{say({ ko: "전광판", en: "display" })}</th>
                <th scope="col">{say({ ko: "상태", en: "state" })}</th>
              </tr>
            </thead>
            <tbody>
              {gates.map((gate) => (
                <GateRow
                  key={gate.row.id}
                  gate={gate}
                  service={service}
                  chosen={chosen.has(gate.row.id)}
                  onChoose={away === undefined ? choose(gate.row.id) : undefined}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {gates.length === 0 ? null : away === undefined ? (
        <CommandBox service={service} kind="gate" rows={targets} />
      ) : (
        <p class="s-note">{say(away)}</p>
      )}
    </section>
  );
}
