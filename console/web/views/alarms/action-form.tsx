import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import { say, t } from "../../language.ts";
import { timeOf } from "../../live/desk.ts";
import { clock, me, zone } from "../../live/state.ts";
import { durationText } from "../../trend/words.ts";
import { minuteText } from "../../widgets/figures.ts";
import { acknowledge, perform } from "./acts.ts";
import type { AlarmAct } from "./alarm-act.ts";
import { marked } from "./chosen.ts";
import { formWords, noWords } from "./form-words.ts";
import { shiftEnd } from "./shift.ts";
import type { Acts } from "./use-acts.ts";

const minuteMs = 60_000;

/** How long it is by the wall, where the city runs at another rate. */
function wallText(ms: number, alarm: Alarm): string {
  const rate = clock.value?.rate ?? 1;
  const same = alarm.timeline === "field" || clock.value === undefined || Math.abs(rate - 1) < 0.05;
  if (same || rate <= 0) return "";
  return t(` = 실제 ${say(durationText(ms / rate))}`, ` = ${say(durationText(ms / rate))} by the wall`);
}

interface Choice {
  readonly id: string;
  readonly name: string;
  until(): number;
}
function choicesOf(alarm: Alarm): readonly Choice[] {
  const now = timeOf(alarm);
  const end = shiftEnd(now, zone.value);
  return [
    { id: "quarter", name: `${t("15분", "15 min")}${wallText(15 * minuteMs, alarm)}`, until: () => timeOf(alarm) + 15 * minuteMs },
    { id: "hour", name: `${t("1시간", "1 h")}${wallText(60 * minuteMs, alarm)}`, until: () => timeOf(alarm) + 60 * minuteMs },
    {
      id: "shift",
      name: `${t("교대까지", "End of shift")} ${minuteText(end, zone.value)} · ${say(durationText(end - now))}${wallText(end - now, alarm)}`,
      until: () => end,
    },
  ];
}

interface FormProps {
  readonly what: AlarmAct;
  readonly alarm: Alarm;
  readonly acts: Acts;
}

/** What an act needs besides the alarm, asked in the place of its button. Enter does it, Esc leaves it. */
export function ActionForm({ what, alarm, acts }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [choice, setChoice] = useState("quarter");
  const [isSending, setSending] = useState(false);
  const [isLacking, setLacking] = useState(false);
  const lack = formWords[what]?.lack;
  // At once: the next key may already be meant for the form.
  useLayoutEffect(() => {
    const first = form.current?.querySelector<HTMLInputElement>("input") ?? form.current?.querySelector("button");
    first?.focus();
    // A name that stands there already is written over.
    if (first instanceof HTMLInputElement && first.type === "text") first.select();
  }, [what]);
  const choices = what === "shelve" ? choicesOf(alarm) : [];
  const send = async (submit: SubmitEvent) => {
    submit.preventDefault();
    const text = String(new FormData(submit.currentTarget as HTMLFormElement).get("text") ?? "").trim();
    if (lack !== undefined && text === "") {
      setLacking(true);
      form.current?.querySelector<HTMLInputElement>("input[name=text]")?.focus();
      return;
    }
    setSending(true);
    const until = choices.find(({ id }) => id === choice)?.until();
    const done = await ask(what, { alarm, acts, text, until });
    setSending(false);
    if (done) acts.close();
  };
  const { title, label, effect } = formWords[what] ?? noWords;
  const count = what === "acknowledge-note" && acts.takes.length > 1 ? t(` · ${acts.takes.length}건`, ` · ${acts.takes.length}`) : "";
  return (
    <form
      class="al-form"
      ref={form}
      noValidate
      aria-label={say(title)}
      onSubmit={(submit) => void send(submit)}
      onKeyDown={(press) => {
        if (press.code !== "Escape") return;
        press.stopPropagation();
        acts.close();
      }}
    >
      <b>
        {say(title)}
        {count}
      </b>
      {choices.length === 0 ? null : (
        <fieldset class="al-choices">
          <legend class="unseen">{t("얼마 동안", "For how long")}</legend>
          {choices.map(({ id, name }) => (
            <label key={id}>
              <input type="radio" name="until" value={id} checked={choice === id} onChange={() => setChoice(id)} /> {name}
            </label>
          ))}
        </fieldset>
      )}
      {effect === undefined ? null : <span>{say(effect)}</span>}
      {label === undefined ? null : (
        <label class="al-ask">
          {say(label)}
          <input
            class="field"
            name="text"
            maxLength={what === "out-of-service" ? 120 : what === "assign" ? 80 : 500}
            required={lack !== undefined}
            aria-invalid={isLacking}
            onInput={() => setLacking(false)}
            autocomplete="off"
            defaultValue={what === "assign" ? (alarm.owner ?? me.value?.name ?? "") : ""}
          />
        </label>
      )}
      {isLacking && lack !== undefined ? (
        <b class="al-lack" role="alert">
          {say(lack)}
        </b>
      ) : null}
      <button type="submit" class="button is-main" disabled={isSending}>
        {isSending ? t("보내는 중", "Sending") : say(title)} <kbd>Enter</kbd>
      </button>
      <button type="button" class="button" onClick={acts.close}>
        {t("그만두기", "Cancel")} <kbd>Esc</kbd>
      </button>
    </form>
  );
}

interface Asked {
  readonly alarm: Alarm;
  readonly acts: Acts;
  readonly text: string;
  readonly until: number | undefined;
}
async function ask(what: AlarmAct, { alarm: { id, occurrence, run }, acts, text, until }: Asked): Promise<boolean> {
  if (what === "acknowledge-note") {
    const done = await acknowledge(
      acts.takes.map((alarm) => alarm.id),
      text,
    );
    if (done) marked.value = new Set();
    return done;
  }
  if (what === "shelve" && until !== undefined)
    return perform({ do: "shelve", alarm: id, run, occurrence, until: Math.round(until), reason: text, once: false }, [id]);
  if (what === "assign") return perform({ do: "assign", alarm: id, run, to: text === "" ? null : text }, [id]);
  if (what === "note") return perform({ do: "comment", alarm: id, run, note: text }, [id]);
  const reason = text === "" ? {} : { reason: text };
  if (what === "unshelve") return perform({ do: "unshelve", alarm: id, run, ...reason }, [id]);
  if (what === "in-service") return perform({ do: "in-service", alarm: id, run, ...reason }, [id]);
  if (what === "reset") return perform({ do: "reset", alarm: id, run, occurrence }, [id]);
  if (what === "out-of-service") return perform({ do: "out-of-service", alarm: id, run, order: text }, [id]);
  return false;
}
