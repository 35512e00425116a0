import type { Text } from "../../../../../../shared/text.ts";
import { say } from "../../../../live/room.ts";
import type { Shown } from "./signal-now.ts";
import type { Road } from "./signal-phase.ts";

const roadTexts: Readonly<Record<Road, Text>> = { main: { ko: "주도로", en: "main road" }, cross: { ko: "교차도로", en: "cross road" } };
const absent: Readonly<Record<Exclude<Shown["kind"], "phase">, Text>> = {
  flashing: { ko: "점멸 중: 현시가 없음", en: "Flashing: no phases" },
  silent: { ko: "수신 지연: 현시를 모름", en: "Not fresh: the phase is not known" },
  fast: { ko: "배속이 빨라 현시를 보이지 않음 (30배 넘음)", en: "Too fast to show phases (beyond 30×)" },
  unknown: { ko: "신호 시간을 아직 모름", en: "The timing is not known yet" },
};
const seconds = (value: number): string => `${Math.ceil(value)} ${say({ ko: "초", en: "s" })}`;

/** Who may go now, and for how long, in words. */
export function CrossingHead({ shown }: { readonly shown: Shown }) {
  if (shown.kind !== "phase")
    return (
      <p class="x-now">
        <b>{say(absent[shown.kind])}</b>
      </p>
    );
  const { phase, walks, walkLeft } = shown;
  return (
    <p class="x-now">
      {phase.road === undefined ? (
        <>
          <b>{say({ ko: "모두 적색", en: "All red" })}</b> {say({ ko: "다음 녹색까지", en: "next green in" })} <b>{seconds(phase.left)}</b>
        </>
      ) : (
        <>
          {say({ ko: "지금", en: "Now" })} <b>{say({ ko: `${roadTexts[phase.road].ko} 녹색`, en: `green for the ${roadTexts[phase.road].en}` })}</b>{" "}
          {say({ ko: "남은", en: "left" })} <b>{seconds(phase.left)}</b>
          {walks === undefined ? null : (
            <>
              {" · "}
              {say({ ko: `${roadTexts[walks].ko} 보행`, en: `people over the ${roadTexts[walks].en}` })} <b>{seconds(walkLeft)}</b>
            </>
          )}
        </>
      )}
      <small>
        {say({
          ko: "시간 계획을 자정 기준으로 계산한 현시",
          en: "reckoned from its timing, from midnight",
        })}
      </small>
    </p>
  );
}
