import type { Alarm } from "../../../../shared/alarm.ts";
import { builtInReceiver, type Handoff, type LinkId, links, type ReceiptState } from "../../../../shared/links.ts";
import { kiosk } from "../../app/kiosk.ts";
import { say, t } from "../../language.ts";
import { handoffs } from "../../live/desk.ts";
import { zone } from "../../live/state.ts";
import { clockText } from "../../widgets/figures.ts";
import { ConfirmButton } from "../tester/confirm-button.tsx";
import { perform } from "./acts.ts";
import { hindrance } from "./may.ts";
import { ruleOf } from "./places.ts";
import { receiptTexts } from "./receipt-words.ts";

const chain = ["sent", "received", "dispatched", "closed"] as const satisfies readonly ReceiptState[];

function Chain({ handoff }: { readonly handoff: Handoff }) {
  return (
    <ol class="ad-chain" aria-label={say(links[handoff.to])}>
      <li class="ad-link">{say(links[handoff.to])}</li>
      {chain.map((step) => {
        const receipt = handoff.receipts.find(({ state }) => state === step);
        return (
          <li key={step} class={receipt ? "is-done" : ""}>
            <i aria-hidden="true" />
            {say(receiptTexts[step])}{" "}
            {receipt ? <time>{clockText(receipt.at, zone.value)}</time> : <span class="unseen">{t("아직", "not yet")}</span>}
          </li>
        );
      })}
      {handoff.receiver === "built-in" ? <li>{say(builtInReceiver)}</li> : null}
      {handoff.state === "failed" ? (
        <li class="is-failed">
          ✕ {say(receiptTexts.failed)} · {handoff.trouble ?? t(`${handoff.tries}번 시도`, `${handoff.tries} tries`)}
        </li>
      ) : null}
    </ol>
  );
}

/** To whom it was handed over, and what the other side has said of it; links that the rule leaves to a person have a button. */
export function HandOffs({ alarm }: { readonly alarm: Alarm }) {
  const own = [...handoffs.value.values()].filter((one) => one.alarm === alarm.id && one.occurrence === alarm.occurrence);
  const stateOf = (to: LinkId) => own.find((one) => one.to === to)?.state;
  // what has failed can be handed over again, also what a rule had handed over
  const asked = (ruleOf(alarm)?.links ?? []).filter(({ to, when }) => stateOf(to) === "failed" || (when === "asked" && stateOf(to) === undefined));
  if (own.length === 0 && asked.length === 0) return null;
  const reason = hindrance("hand-over", alarm);
  const send = (to: LinkId) => void perform({ do: "hand-over", alarm: alarm.id, run: alarm.run, to }, [alarm.id]);
  return (
    <section class="ad-section" aria-label={t("연계", "Hand-off")}>
      <h3>{t("연계", "Hand-off")}</h3>
      {own.map((handoff) => (
        <Chain key={handoff.id} handoff={handoff} />
      ))}
      {kiosk
        ? null
        : asked.map(({ to }) => (
            <ConfirmButton
              key={to}
              isOff={reason !== undefined}
              title={reason && say(reason)}
              sure={t(`한 번 더: ${links[to].ko}에 알립니다.`, `Press again: it is told to ${links[to].en}.`)}
              onSure={() => send(to)}
            >
              {stateOf(to) === "failed"
                ? t(`${links[to].ko}에 다시 넘기기`, `Hand over to ${links[to].en} again`)
                : t(`${links[to].ko}에 넘기기`, `Hand over to ${links[to].en}`)}
            </ConfirmButton>
          ))}
    </section>
  );
}
