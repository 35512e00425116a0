import type { Result } from "../../../../../shared/result.ts";
import type { Preview } from "../../../../../shared/scenario/scenario-port.ts";
import { say, t } from "../../../language.ts";
import { catalogue } from "../../../live/state.ts";
import { deviceName } from "../../alarms/places.ts";
import { finderText } from "./finder-text.ts";

const shown = 3;

/** What will happen in plain words, before it does. */
export function PreviewBox({
  preview,
  problem,
  isQuiet,
}: {
  readonly preview: Result<Preview> | undefined;
  readonly problem: string | undefined;
  /** Ordinary life: the room must make nothing of it. */
  readonly isQuiet: boolean;
}) {
  if (problem !== undefined) return <p class="t-preview is-not">{problem}</p>;
  if (preview === undefined) return <p class="t-preview is-not">{t("무슨 일이 일어날지 묻는 중…", "Asking what will happen…")}</p>;
  if (!preview.ok)
    return (
      <p class="t-preview is-not" role="alert">
        {preview.reason}
      </p>
    );
  const { words, devices, expected } = preview.value;
  const more = devices.length - shown;
  const finders = [...new Set(expected.map((name) => say(finderText(name, catalogue.value))))].join(", ");
  return (
    <div class="t-preview" role="status">
      <p>{say(words)}</p>
      <p class="t-preview-more">
        {devices.length < 2
          ? ""
          : `${devices.slice(0, shown).map(deviceName).join(", ")}${more > 0 ? t(` 외 ${more}대`, ` and ${more} more`) : ""} · `}
        {expected.length === 0
          ? isQuiet
            ? t("어떤 규칙도 울려서는 안 됩니다.", "No rule may speak of it.")
            : t("어느 규칙이 찾아야 하는지는 정해져 있지 않습니다.", "No rule is named that should find it.")
          : t(`찾아야 할 규칙: ${finders}`, `To be found by: ${finders}`)}
      </p>
    </div>
  );
}
