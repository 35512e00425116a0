import { progress } from "../../app/time/progress.ts";
import { say, t } from "../../language.ts";
import { clock, second } from "../../live/state.ts";
import { lengthText } from "../tester/lengths.ts";
import { type Preparation, preparingText } from "./preparation.ts";

/** In the place of the cue: which story is being made ready, what is done for it, and for how long already. */
export function Preparing({ preparation }: { readonly preparation: Preparation }) {
  void second.value;
  const { title, since } = preparation;
  const long = lengthText((Date.now() - since) / 1000);
  const now = progress.value;
  const done = now === undefined ? undefined : now.done / now.whole;
  return (
    <section class="p-cue is-preparing" aria-label={t("준비", "Preparation")}>
      <p class="p-run">
        <b>{say(title)}</b> · {t(`${long.ko}째 준비 중`, `preparing for ${long.en}`)}
      </p>
      <svg class="p-progress" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 7H1000" />
        {done === undefined ? null : <path d={`M0 7H${(done * 1000).toFixed(0)}`} class="is-done" />}
      </svg>
      <p class="p-now">{t("준비 중", "Preparing")}</p>
      <p class="p-other">{say(preparingText(preparation, clock.value, now))}</p>
      <p class="unseen" role="status">
        {t(`${title.ko} 준비 중`, `Preparing ${title.en}`)}
      </p>
    </section>
  );
}
