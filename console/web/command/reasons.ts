import { type Text, text } from "../../../shared/text.ts";

const known: readonly (readonly [RegExp, (found: RegExpExecArray) => Text])[] = [
  [/did not answer within (\d+) s/, ([, s]) => text(`기기가 ${s}초 안에 답하지 않음`, `the device did not answer within ${s} s`)],
  [
    /has heard it, but did not do it within (\d+) s/,
    ([, s]) => text(`기기가 들었지만 ${s}초 안에 하지 않음`, `the device heard it, but did not do it within ${s} s`),
  ],
  [/^replaced by/, () => text("뒤에 온 명령으로 바뀜", "replaced by a later command")],
  [/already was as commanded/, () => text("이미 그 상태였음", "it already was as commanded")],
  [/^its rule has cleared/, () => text("규칙이 해제됨", "its rule has cleared")],
  [/^its rule stands again/, () => text("규칙이 다시 섬", "its rule stands again")],
  [/did it without an answer/, () => text("답 없이 수행함", "done without an answer")],
  [/the water stands/, () => text("물이 산책로에 닿아 있어 열리지 않음", "refused: the water is at the path")],
  [/gate is out of order/, () => text("차단문이 고장임", "the gate is out of order")],
  [
    /(main|cross) green of .+: (\d+) s at least/,
    ([, which, s]) =>
      text(
        `${which === "main" ? "주도로" : "교차로"} 녹색이 보행 시간보다 짧아 거부함 (${s}초 이상)`,
        `refused: ${which} green leaves too little time to walk (${s} s at least)`,
      ),
  ],
  [/do not fit into (\d+) s/, ([, s]) => text(`녹색과 전환 시간이 주기 ${s}초에 들어가지 않음`, `greens and changes do not fit into ${s} s`)],
  [/the bay is free/, () => text("주차면이 비어 있음", "the bay is free")],
  [/truck is on its way already/, () => text("수거 차량이 이미 가는 중", "a truck is on its way already")],
  [/ringing already/, () => text("이미 벨이 울리는 중", "it is ringing already")],
  [/worker is on the way already/, () => text("관리요원이 이미 가는 중", "a care worker is on the way already")],
  [/no mains power/, () => text("현장에 전기가 끊김", "there is no mains power")],
  [
    /history is being made|is being generated/,
    () => text("지난 시간을 만드는 동안에는 명령을 보내지 않음", "no commands while the history is being made"),
  ],
  [/simulator is gone|city is away|stands still/, () => text("도시가 멈춰 있음", "the city is away")],
];

/** Why a command failed or was refused, for people; a sentence that is not known here is told as it came. */
export function reasonText(reason: string): Text {
  for (const [pattern, told] of known) {
    const found = pattern.exec(reason);
    if (found !== null) return told(found);
  }
  return text(reason, reason);
}
