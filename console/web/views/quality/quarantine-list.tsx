import { useState } from "preact/hooks";
import type { QuarantineItem, QuarantinePage, RefusalCode } from "../../../../shared/city-port.ts";
import { plan, rights, say } from "../../live/room.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { clockText, figureText } from "../../trend/words.ts";
import "./quarantine.css";
import { codeNames, codes } from "./refusal-codes.ts";

const drawn = 200;

/** JSON is indented, so that it can be read; what is not JSON stays as it came. */
function readable(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}

/** Over HTTP an item without a device says null. */
type Item = Omit<QuarantineItem, "device"> & { readonly device?: string | null | undefined };

function Refused({ item, zone }: { readonly item: Item; readonly zone: string }) {
  return (
    <li>
      <details>
        <summary>
          <time>{clockText(item.t, zone)}</time>
          <b>{say(codes[item.code].word)}</b>
          <code>{item.device ?? "—"}</code>
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
          {typeof item.device === "string" && (
            <>
              <dt>{say({ ko: "기기", en: "device" })}</dt>
              <dd>
                <a href={`#/device/${item.device}`}>{item.device}</a>
              </dd>
            </>
          )}
          <dt>{say({ ko: "원문", en: "payload" })}</dt>
          <dd>
            <pre>{readable(item.payload)}</pre>
          </dd>
        </dl>
      </details>
    </li>
  );
}

interface CodesProps {
  readonly page: QuarantinePage | undefined;
  readonly chosen: RefusalCode | undefined;
  readonly onChoose: (code: RefusalCode | undefined) => void;
}
/** Counters by code; each one filters the list. */
function Codes({ page, chosen, onChoose }: CodesProps) {
  const count = (code: RefusalCode) => page?.byCode[code] ?? 0;
  return (
    <div class="q-codes">
      <button type="button" class="q-code" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        <span>{say({ ko: "모든 사유", en: "every reason" })}</span>
        <b>{figureText(page?.total ?? 0, 0)}</b>
      </button>
      {codeNames.map((code) => (
        <button
          key={code}
          type="button"
          class={`q-code${count(code) === 0 ? " is-zero" : ""}`}
          aria-pressed={chosen === code}
          onClick={() => onChoose(chosen === code ? undefined : code)}
        >
          <span>
            {say(codes[code].word)} <small>{say(codes[code].means)}</small>
          </span>
          <b>{figureText(count(code), 0)}</b>
        </button>
      ))}
    </div>
  );
}

/** What was refused and why; each one opens to its payload. Times are wall clock of arrival. */
export function QuarantineList() {
  const [code, setCode] = useState<RefusalCode | undefined>(undefined);
  const { value, reason } = useAnswer<QuarantinePage>("/api/v1/quarantine?limit=500", 3000);
  const zone = plan.value?.zone ?? "UTC";
  const items = (value?.items ?? []).filter((item) => code === undefined || item.code === code);
  const hasHidden = !rights.value.includes("care");
  return (
    <section class="s-panel q-quarantine" aria-labelledby="q-quarantine">
      <header class="s-head">
        <h2 id="q-quarantine">{say({ ko: "격리", en: "Quarantine" })}</h2>
        <span role="status">
          {value !== undefined &&
            say({
              ko: `지금까지 ${figureText(value.total, 0)}건 거부 · 최근 ${figureText(value.items.length, 0)}건 보관 · 도착한 실제 시각`,
              en: `${figureText(value.total, 0)} refused so far · latest ${figureText(value.items.length, 0)} kept · wall clock of arrival`,
            })}
        </span>
      </header>
      <div class="q-store">
        <Codes page={value} chosen={code} onChoose={setCode} />
        <div class="q-items">
          {reason !== undefined && (
            <p class="s-note" role="alert">
              {say({ ko: "격리 목록을 읽지 못했습니다.", en: "The quarantine could not be read." })} <code>{reason}</code>
            </p>
          )}
          {value !== undefined && items.length === 0 && (
            <p class="s-note">
              {value.total === 0
                ? say({
                    ko: "거부한 전문이 없습니다. 들어온 것은 모두 읽을 수 있었습니다.",
                    en: "Nothing was refused: everything that came in could be read.",
                  })
                : code === undefined
                  ? say({ ko: "보관된 항목 가운데 볼 수 있는 것이 없습니다.", en: "None of the kept items may be seen here." })
                  : say({ ko: "이 사유으로 보관된 항목이 없습니다.", en: "No item is kept for this reason." })}
            </p>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
          <ol class="s-scroll qn-list" tabIndex={0} aria-label={say({ ko: "격리한 전문", en: "Refused messages" })}>
            {items.slice(0, drawn).map((item) => (
              <Refused key={item.n} item={item} zone={zone} />
            ))}
          </ol>
          {items.length > drawn && <p class="s-foot">{say({ ko: `최근 ${drawn}건을 보임`, en: `the latest ${drawn} are shown` })}</p>}
        </div>
      </div>
      {hasHidden && (
        <p class="s-foot">
          {say({
            ko: "돌봄 기기를 가리키는 항목은 돌봄 권한이 있는 사람에게만 보입니다. 수에는 들어 있습니다.",
            en: "Items that name a care device are shown only with the care right; they are in the counts.",
          })}
        </p>
      )}
    </section>
  );
}
