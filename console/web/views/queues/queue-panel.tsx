import { useState } from "preact/hooks";
import type { WorkItem } from "../../../../shared/alarm.ts";
import type { Service } from "../../../../shared/service.ts";
import { resultText } from "../../../../shared/work-results.ts";
import { absence, lackOfRight } from "../../command/may-command.ts";
import { say, t } from "../../language.ts";
import { deskIsKnown, items, timeOf } from "../../live/desk.ts";
import { second, zone } from "../../live/state.ts";
import { dayClockText, durationText } from "../../trend/words.ts";
import { deviceName, districtName } from "../alarms/places.ts";
import { refusalText } from "../alarms/refusals.ts";
import { exportCases } from "./export-cases.ts";
import { type Folded, folded, inQueue, isForFining } from "./in-queue.ts";
import { ItemDetail } from "./item-detail.tsx";
import "./queues.css";

const states = {
  open: { ko: "열림", en: "open" },
  taken: { ko: "맡음", en: "taken" },
  closed: { ko: "종결", en: "closed" },
} as const;
/** As many as are drawn at once; the rest by a button. */
const page = 60;

interface ItemRowProps {
  readonly item: WorkItem;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  /** How many hang below it. */
  readonly holds: number;
  readonly isUnder: boolean;
}

function ItemRow({ item, chosen, onChoose, holds, isUnder }: ItemRowProps) {
  void second.value;
  const until = item.closedAt ?? timeOf(item);
  return (
    <li>
      <button type="button" class={`q-item is-${item.state}${isUnder ? " is-under" : ""}`} aria-expanded={chosen} onClick={onChoose}>
        <i class={item.active ? "is-active" : ""} aria-hidden="true" />
        <span>
          <b>{say(item.title)}</b>{" "}
          {holds === 0 ? deviceName(item.device) : t(`${districtName(item.district)} ${holds}건`, `${districtName(item.district)}, ${holds}`)}
        </span>
        <span>
          {item.state === "closed" && item.result !== null ? say(resultText(item.queue, item.result)) : (item.owner ?? say(states[item.state]))}
        </span>
        <time title={dayClockText(item.openedAt, zone.value)}>{say(durationText(until - item.openedAt))}</time>
      </button>
    </li>
  );
}

function ExportButton({ ids }: { readonly ids: readonly string[] }) {
  const [told, setTold] = useState("");
  const reason = lackOfRight();
  const isOff = reason !== undefined || ids.length === 0;
  const hand = async () => {
    const done = await exportCases(ids);
    setTold(done.ok ? t(`${done.value}건을 넘겼습니다.`, `${done.value} handed over.`) : refusalText(done.reason));
  };
  return (
    <>
      <span role="status">{told}</span>
      <button
        type="button"
        class="s-button"
        aria-disabled={isOff}
        title={reason && say(reason)}
        onClick={() => {
          if (!isOff) void hand();
        }}
      >
        {t(`부과 부서로 CSV ${ids.length}건`, `CSV to the fining office, ${ids.length}`)}
      </button>
    </>
  );
}

export interface QueuePanelProps {
  readonly service: Service;
  readonly queue: WorkItem["queue"];
  readonly title: string;
  readonly hint: string;
}

/** Enforcement or care as a queue: what is open, how long, who has it; one is unfolded with all that is known and can be done. */
export function QueuePanel({ service, queue, title, hint }: QueuePanelProps) {
  const [withClosed, setWithClosed] = useState(false);
  const [shown, setShown] = useState(page);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const all = inQueue(items.value.values(), { service: service.id, queue, withClosed });
  const rows: readonly Folded[] = folded(all);
  const open = all.filter(({ state }) => state !== "closed").length;
  const forFining = inQueue(items.value.values(), { service: service.id, queue, withClosed: true }).filter(isForFining);
  const linesOf = (item: WorkItem, holds: number, isUnder: boolean) => {
    const isChosen = item.id === chosen;
    const choose = () => setChosen(isChosen ? (item.cause ?? undefined) : item.id);
    const row = <ItemRow key={item.id} item={item} chosen={isChosen} onChoose={choose} holds={holds} isUnder={isUnder} />;
    if (!isChosen) return [row];
    return [
      row,
      <li key={`${item.id} detail`}>
        <ItemDetail item={item} service={service} />
      </li>,
    ];
  };
  return (
    <section class="s-panel q-panel" aria-labelledby={`q-${queue}`}>
      <header class="s-head">
        <h2 id={`q-${queue}`}>
          {title} {deskIsKnown.value ? open : "—"}
        </h2>
        <span>{hint}</span>
        <span class="s-end">
          {queue === "case" && absence() === undefined ? <ExportButton ids={forFining.map(({ id }) => id)} /> : null}
          <button type="button" class="s-button" aria-pressed={withClosed} onClick={() => setWithClosed(!withClosed)}>
            {t("종결한 것도", "closed too")}
          </button>
        </span>
      </header>
      {!deskIsKnown.value ? <p class="s-note">{t("아직 모릅니다.", "Not known yet.")}</p> : null}
      {deskIsKnown.value && all.length === 0 ? (
        <p class="s-note">{queue === "case" ? t("열린 위반 건이 없습니다.", "No case is open.") : t("할 일이 없습니다.", "Nothing to be done.")}</p>
      ) : null}
      <ul class="q-list">
        {rows.slice(0, shown).flatMap(({ item, under }) => {
          const isOpen = item.id === chosen || under.some(({ id }) => id === chosen);
          return [...linesOf(item, under.length, false), ...(isOpen ? under.flatMap((one) => linesOf(one, 0, true)) : [])];
        })}
      </ul>
      {rows.length > shown ? (
        <p class="s-foot">
          {t(`외 ${rows.length - shown}건`, `and ${rows.length - shown} more`)}{" "}
          <button type="button" class="s-button" onClick={() => setShown(shown + page)}>
            {t(`${Math.min(page, rows.length - shown)}건 더`, `${Math.min(page, rows.length - shown)} more`)}
          </button>
        </p>
      ) : null}
    </section>
  );
}
