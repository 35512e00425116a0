import type { Counters } from "../../../../shared/city-port.ts";
import type { Text } from "../../../../shared/service.ts";
import { say } from "../../live/room.ts";
import { figureText } from "../../trend/words.ts";

export const ledgerTexts = {
  received: { ko: "받음", en: "Received" },
  accepted: { ko: "받아들임", en: "Accepted" },
  duplicate: { ko: "중복", en: "Duplicate" },
  refused: { ko: "거부", en: "Refused" },
  lost: { ko: "잃음", en: "Lost" },
  late: { ko: "늦음", en: "Late" },
  stored: { ko: "저장", en: "Stored" },
  pending: { ko: "저장 대기", en: "Pending" },
} satisfies Record<keyof Counters, Text>;

const order = ["received", "lost", "accepted", "late", "duplicate", "refused", "stored", "pending"] as const;

/** Counts of one device: what was sent and where it went. */
export function LedgerPanel({ counters }: { readonly counters: Counters }) {
  const expected = counters.received + counters.lost;
  const part = (count: number) => `${expected === 0 ? 0 : (count / expected) * 100}%`;
  const isBalanced = counters.received === counters.accepted + counters.duplicate + counters.refused;
  return (
    <section class="s-panel" aria-labelledby="d-ledger">
      <header class="s-head">
        <h2 id="d-ledger">{say({ ko: "장부", en: "Ledger" })}</h2>
        <span>{say({ ko: "이 실행 동안, 측정과 사건", en: "this run, readings and events" })}</span>
        <span class="s-end">
          {isBalanced ? `✓ ${say({ ko: "맞음", en: "balances" })}` : <b>✕ {say({ ko: "어긋남", en: "does not balance" })}</b>}
        </span>
      </header>
      <div class="d-ledger-bar" aria-hidden="true">
        <i class="is-accepted" style={{ width: part(counters.accepted) }} />
        <i class="is-duplicate" style={{ width: part(counters.duplicate) }} />
        <i class="is-refused" style={{ width: part(counters.refused) }} />
        <i class="is-lost" style={{ width: part(counters.lost) }} />
      </div>
      <dl class="d-counts">
        {order.map((name) => (
          <div key={name} class={counters[name] === 0 ? "is-zero" : ""}>
            <dt>{say(ledgerTexts[name])}</dt>
            <dd>{figureText(counters[name], 0)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
