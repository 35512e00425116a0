import { useState } from "preact/hooks";
import type { QuarantineItem, QuarantinePage, RefusalCode } from "../../../../shared/city-port.ts";
import type { Text } from "../../../../shared/service.ts";
import { plan, rights, say } from "../../live/room.ts";
import { clockText } from "../../trend/trend-chart.tsx";
import { useAnswer } from "../../trend/use-answer.ts";
import { figureText } from "../../trend/words.ts";

const codes: Readonly<Record<RefusalCode, Text>> = {
  rights: { ko: "권한", en: "rights" },
  size: { ko: "크기", en: "size" },
  topic: { ko: "토픽", en: "topic" },
  json: { ko: "JSON", en: "JSON" },
  shape: { ko: "모양", en: "shape" },
  device: { ko: "기기", en: "device" },
  metric: { ko: "측정값", en: "metric" },
  range: { ko: "범위", en: "range" },
  time: { ko: "시각", en: "time" },
  event: { ko: "사건", en: "event" },
  meta: { ko: "출생 문서", en: "birth document" },
  reserved: { ko: "예약된 토픽", en: "reserved topic" },
};

function Item({ item, zone }: { readonly item: QuarantineItem; readonly zone: string }) {
  return (
    <li>
      <details>
        <summary>
          <time>{clockText(item.t, zone)}</time>
          <b>{say(codes[item.code])}</b>
          <span>{item.reason}</span>
        </summary>
        <dl>
          <dt>{say({ ko: "토픽", en: "topic" })}</dt>
          <dd>
            <code>{item.topic}</code>
          </dd>
          <dt>{say({ ko: "보낸 쪽", en: "client" })}</dt>
          <dd>
            <code>{item.client}</code>
          </dd>
          <dt>{say({ ko: "원문", en: "payload" })}</dt>
          <dd>
            <pre>{item.payload}</pre>
          </dd>
        </dl>
      </details>
    </li>
  );
}

/** What was refused and why; each one opens to its payload. Times are wall clock of arrival. */
export function QuarantineList() {
  const [code, setCode] = useState<RefusalCode | undefined>(undefined);
  const { value, reason } = useAnswer<QuarantinePage>("/api/v1/quarantine?limit=500", 3000);
  const zone = plan.value?.zone ?? "UTC";
  const counted = Object.entries(value?.byCode ?? {}).flatMap(([name, count]) => {
    const known = (Object.keys(codes) as RefusalCode[]).find((candidate) => candidate === name);
    return known === undefined || count === 0 ? [] : [{ code: known, count }];
  });
  const items = (value?.items ?? []).filter((item) => code === undefined || item.code === code);
  return (
    <section class="q-panel q-quarantine" aria-labelledby="q-quarantine">
      <header class="q-head">
        <h2 id="q-quarantine">{say({ ko: "격리", en: "Quarantine" })}</h2>
        <span role="status">
          {value !== undefined &&
            say({
              ko: `지금까지 ${figureText(value.total, 0)}건 거절 · 최근 ${figureText(value.items.length, 0)}건 보관`,
              en: `${figureText(value.total, 0)} refused so far · latest ${figureText(value.items.length, 0)} kept`,
            })}
        </span>
      </header>
      {counted.length > 0 && (
        <div class="q-codes">
          <button type="button" aria-pressed={code === undefined} onClick={() => setCode(undefined)}>
            {say({ ko: "모두", en: "all" })}
          </button>
          {counted.map((entry) => (
            <button key={entry.code} type="button" aria-pressed={code === entry.code} onClick={() => setCode(entry.code)}>
              {say(codes[entry.code])} <b>{figureText(entry.count, 0)}</b>
            </button>
          ))}
        </div>
      )}
      {reason !== undefined && (
        <p class="q-note" role="alert">
          {say({ ko: "격리 목록을 읽지 못했습니다.", en: "The quarantine could not be read." })} <code>{reason}</code>
        </p>
      )}
      {value !== undefined && items.length === 0 && (
        <p class="q-note">
          {value.total === 0
            ? say({
                ko: "거절한 전문이 없습니다. 들어온 것은 모두 읽을 수 있었습니다.",
                en: "Nothing was refused: everything that came in could be read.",
              })
            : say({ ko: "보이는 항목이 없습니다.", en: "No item to be seen here." })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <ol tabIndex={0} aria-label={say({ ko: "격리한 전문", en: "Refused messages" })}>
        {items.slice(0, 200).map((item) => (
          <Item key={item.n} item={item} zone={zone} />
        ))}
      </ol>
      {!rights.value.includes("care") && (
        <p class="q-note">
          {say({
            ko: "돌봄 기기를 가리키는 항목은 돌봄 권한이 있는 사람에게만 보입니다. 수에는 들어 있습니다.",
            en: "Items that name a care device are shown only with the care right; they are in the counts.",
          })}
        </p>
      )}
    </section>
  );
}
