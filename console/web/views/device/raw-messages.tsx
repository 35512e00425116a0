import { useRef, useState } from "preact/hooks";
import type { RawMessage } from "../../../../shared/city-port.ts";
import type { Text } from "../../../../shared/service.ts";
import { plan, say } from "../../live/room.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { clockText } from "../../trend/words.ts";

const verdicts: Readonly<Record<RawMessage["verdict"], Text>> = {
  accepted: { ko: "받음", en: "accepted" },
  duplicate: { ko: "중복", en: "duplicate" },
  refused: { ko: "거부", en: "refused" },
  partly: { ko: "일부 거부", en: "partly refused" },
};
const texts = {
  title: { ko: "원문", en: "Raw messages" },
  hint: { ko: "도착한 실제 시각", en: "wall clock of arrival" },
  hold: { ko: "멈춤", en: "Hold" },
  go: { ko: "계속", en: "Go on" },
  empty: { ko: "서버가 다시 시작한 뒤로 이 기기가 보낸 원문이 없습니다.", en: "No message of this device since the server started." },
  failed: { ko: "원문을 읽지 못했습니다.", en: "Messages could not be read." },
} satisfies Record<string, Text>;

const channelOf = (topic: string): string => topic.slice(topic.lastIndexOf("/") + 1);

/** Newest raw messages as they came, with what became of them; held still on demand. */
export function RawMessages({ device }: { readonly device: string }) {
  const [held, setHeld] = useState(false);
  const kept = useRef<readonly RawMessage[]>([]);
  const { value, reason } = useAnswer<{ messages: readonly RawMessage[] }>(`/api/v1/devices/${device}/messages?limit=60`, held ? 0 : 2000);
  if (!held && value !== undefined) kept.current = value.messages;
  const zone = plan.value?.zone ?? "UTC";
  return (
    <section class="s-panel d-raw" aria-labelledby="d-raw">
      <header class="s-head">
        <h2 id="d-raw">{say(texts.title)}</h2>
        <code class="d-topic">{kept.current[0]?.topic ?? device}</code>
        <div class="s-end">
          <span>{say(texts.hint)}</span>
          <button type="button" class="s-button" aria-pressed={held} onClick={() => setHeld(!held)}>
            {say(held ? texts.go : texts.hold)}
          </button>
        </div>
      </header>
      {reason !== undefined && (
        <p class="s-note" role="alert">
          {say(texts.failed)} <code>{reason}</code>
        </p>
      )}
      {reason === undefined && value !== undefined && kept.current.length === 0 && <p class="s-note">{say(texts.empty)}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <ol class="s-scroll d-raw-list" tabIndex={0} aria-label={say(texts.title)}>
        {kept.current.map((message, index) => (
          <li key={`${message.t}-${index}`} class={`is-${message.verdict}`}>
            <time>{clockText(message.t, zone)}</time>
            <b>{channelOf(message.topic)}</b>
            <code title={message.payload}>{message.payload}</code>
            <em>{say(verdicts[message.verdict])}</em>
          </li>
        ))}
      </ol>
    </section>
  );
}
