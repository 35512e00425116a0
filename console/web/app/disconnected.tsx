import { t } from "../language.ts";
import { link, second } from "../live/state.ts";

/** The frame round the page: nothing on it is now. */
export function Disconnected() {
  const state = link.value;
  void second.value;
  if (state.state !== "down") return null;
  const seconds = Math.max(0, Math.floor((Date.now() - state.since) / 1000));
  const since = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <div class="down-frame">
      <p>
        {/* Said once; the seconds are for eyes. */}
        <b role="alert">{t("연결 끊김", "Disconnected")}</b> <span aria-hidden="true">{since}</span> ·{" "}
        {t("다시 잇는 중. 값은 모두 지난 값입니다.", "retrying. Every value is an old one.")}
      </p>
    </div>
  );
}
