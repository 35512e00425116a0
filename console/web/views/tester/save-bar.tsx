import { useId, useState } from "preact/hooks";
import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { t } from "../../language.ts";
import { link, zone } from "../../live/state.ts";
import { clockText } from "../../trend/words.ts";
import type { Picked } from "./lanes/lanes-panel.tsx";
import { lengthText } from "./lengths.ts";

const minuteMs = 60_000;

export interface SaveBarProps {
  readonly run: ScenarioRun;
  readonly now: number;
  readonly picked: Picked;
  readonly onPick: (picked: Picked | undefined) => void;
  /** Resolves with the reason when it cannot. */
  readonly onSave: (span: Picked & { readonly id: string }) => Promise<string | undefined>;
}

/** A span of the lanes becomes a scenario file: drawn with the pointer, or set here by key. */
export function SaveBar({ run, now, picked, onPick, onSave }: SaveBarProps) {
  const [reason, setReason] = useState<string | undefined>(undefined);
  const [name, setName] = useState("what-just-happened");
  const begin = Math.floor(run.from / minuteMs) * minuteMs;
  const end = Math.ceil(now / minuteMs) * minuteMs;
  return (
    <form
      class="s-foot t-save"
      onSubmit={async (submit) => {
        submit.preventDefault();
        setReason(
          link.peek().state === "live" ? await onSave({ ...picked, id: name }) : t("연결되면 쓸 수 있습니다.", "Once the connection is back."),
        );
      }}
    >
      <Bound
        label={t("처음", "From")}
        value={picked.from}
        min={begin}
        max={picked.to - minuteMs}
        onValue={(from) => onPick({ from, to: picked.to })}
      />
      <Bound label={t("끝", "To")} value={picked.to} min={picked.from + minuteMs} max={end} onValue={(to) => onPick({ from: picked.from, to })} />
      <b>{t(lengthText((picked.to - picked.from) / 1000).ko, lengthText((picked.to - picked.from) / 1000).en)}</b>
      <label>
        {t("파일 이름", "File name")}{" "}
        <input
          class="field"
          value={name}
          pattern="[a-z0-9]([a-z0-9\-]{0,62}[a-z0-9])?"
          required
          title={t("a-z, 0-9, -", "a-z, 0-9 and -")}
          onInput={(input) => setName(input.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button is-main">
        {t("시나리오로 저장…", "Save as scenario…")}
      </button>
      <button type="button" class="button" onClick={() => onPick(undefined)}>
        {t("취소", "Cancel")}
      </button>
      {reason === undefined ? null : <span role="alert">{reason}</span>}
    </form>
  );
}

interface BoundProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onValue: (value: number) => void;
}
function Bound({ label, value, min, max, onValue }: BoundProps) {
  const id = useId();
  const clock = clockText(value, zone.value, false);
  return (
    <span class="t-bound">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={minuteMs}
        value={value}
        aria-valuetext={clock}
        onInput={(input) => onValue(input.currentTarget.valueAsNumber)}
      />
      <output for={id}>{clock}</output>
    </span>
  );
}
