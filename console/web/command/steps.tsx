import { say, t } from "../language.ts";

const names = [
  { ko: "고르기", en: "idle" },
  { ko: "준비", en: "armed" },
  { ko: "보냄", en: "pending" },
  { ko: "되읽음", en: "read back" },
] as const;
const failed = { ko: "실패", en: "failed" };

/** Where a command is on its way. */
export const Steps = ({ step, isBad }: { readonly step: number; readonly isBad: boolean }) => (
  <ol class="k-steps" aria-label={t("명령의 단계", "Steps of a command")}>
    {names.map((name, index) => (
      <li key={name.en} class={index + 1 < step ? "is-past" : ""} aria-current={index + 1 === step ? "step" : undefined}>
        <i aria-hidden="true">{isBad && index === 3 ? "✕" : index + 1}</i> {say(isBad && index === 3 ? failed : name)}
      </li>
    ))}
  </ol>
);
