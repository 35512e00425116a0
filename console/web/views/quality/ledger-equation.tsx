import type { Counters, Ledger } from "../../../../shared/city-port.ts";
import { plan, say } from "../../live/room.ts";
import { dayClockText, figureText } from "../../trend/words.ts";
import { ledgerTexts } from "../device/ledger-panel.tsx";

function Term({ name, ledger, mark }: { readonly name: keyof Counters; readonly ledger: Counters; readonly mark?: string }) {
  return (
    <>
      {mark !== undefined && (
        <span class="q-mark" aria-hidden="true">
          {mark}
        </span>
      )}
      <div class={`q-term${ledger[name] === 0 ? " is-zero" : ""}`}>
        <dt>{say(ledgerTexts[name])}</dt>
        <dd>{figureText(ledger[name], 0)}</dd>
      </div>
    </>
  );
}

/** Says in words whether nothing got lost between two columns of the ledger. */
function Balance({ rest }: { readonly rest: number }) {
  return rest === 0 ? (
    <p class="q-balance">✓ {say({ ko: "맞음", en: "balances" })}</p>
  ) : (
    <p class="q-balance is-off">✕ {say({ ko: `${figureText(rest, 0)}건 어긋남`, en: `off by ${figureText(rest, 0)}` })}</p>
  );
}

/** What came in and what became of it, as sums that must come out. */
export function LedgerEquation({ ledger }: { readonly ledger: Ledger | undefined }) {
  const zone = plan.value?.zone ?? "UTC";
  return (
    <section class="s-panel q-ledger" aria-labelledby="q-ledger">
      <header class="s-head">
        <h2 id="q-ledger">{say({ ko: "장부", en: "Ledger" })}</h2>
        {ledger !== undefined && (
          <span>
            {say({
              ko: `측정과 사건 단위 · 전문 ${figureText(ledger.messages, 0)}통${ledger.since > 0 ? ` · ${dayClockText(ledger.since, zone)}부터` : ""}`,
              en: `in readings and events · ${figureText(ledger.messages, 0)} messages${ledger.since > 0 ? ` · since ${dayClockText(ledger.since, zone)}` : ""}`,
            })}
          </span>
        )}
      </header>
      {ledger === undefined ? (
        <p class="s-note">{say({ ko: "장부를 불러오는 중", en: "Loading the ledger" })}</p>
      ) : (
        <div class="q-sums">
          <div>
            <dl class="q-equation">
              <Term name="received" ledger={ledger} />
              <Term name="accepted" ledger={ledger} mark="=" />
              <Term name="duplicate" ledger={ledger} mark="+" />
              <Term name="refused" ledger={ledger} mark="+" />
            </dl>
            <Balance rest={ledger.received - ledger.accepted - ledger.duplicate - ledger.refused} />
          </div>
          <div>
            <dl class="q-equation">
              <Term name="accepted" ledger={ledger} />
              <Term name="stored" ledger={ledger} mark="=" />
              <Term name="pending" ledger={ledger} mark="+" />
            </dl>
            <Balance rest={ledger.accepted - ledger.stored - ledger.pending} />
          </div>
          <div>
            <dl class="q-equation">
              <Term name="lost" ledger={ledger} />
              <Term name="late" ledger={ledger} />
            </dl>
            <p class="q-balance">
              {say({
                ko: "잃음 = 순번의 빈자리, 받은 적이 없어 식 밖 · 늦음 = 받아들인 것 가운데",
                en: "lost = holes in the sequence, never received, apart from the sums · late = among the accepted",
              })}
            </p>
          </div>
        </div>
      )}
    </section>
  );
}
