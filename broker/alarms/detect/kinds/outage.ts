import type { OutageCondition } from "../../../../shared/alarm-rule.ts";
import { text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { localMinute } from "../known/local-time.ts";
import { instantWords } from "../known/words.ts";
import { type Area, areaOf, fallenSilent, type Together } from "./fallen-silent.ts";

interface OutageState {
  /** Since when they are silent; 0 = it does not stand. */
  since: number;
  /** So many at most, as they were told. */
  most: number;
  /** Until then everybody may be silent because of the way to us, or has had no turn since it is back. */
  held: number;
}

/** How often it is looked at while it stands, or while it may be the way to us. */
const lookMs = 60_000;

/** One alarm for what several gateways share: told at one device of the district or city; what its gateways would say hangs under it. */
export function outageEvaluator({ of, least, share }: OutageCondition): Evaluator<OutageState> {
  const areaAt = ({ world, device }: Ask): Area => areaOf(of === "city" ? world.everybody() : world.inDistrict(device.district));
  const speaksFor = ({ device }: Ask, { speaker, districts }: Area): boolean => speaker === device.id && (of === "district" || districts > 1);
  const isOne = ({ silent, alive }: Together): boolean => silent.length >= least && silent.length >= share * (silent.length + alive);
  /** All of the city are silent, and can have been so from one instant on: a district's own trouble it is not. */
  const isWayToUs = (ask: Ask): boolean => of === "district" && fallenSilent(areaOf(ask.world.everybody()), ask)?.alive === 0;

  function look(state: OutageState, ask: Ask): void {
    const area = areaAt(ask);
    if (!speaksFor(ask, area)) handOn(state, ask, area);
    else if (state.since > 0) follow(state, ask, area);
    else begin(state, ask, area);
  }
  function begin(state: OutageState, ask: Ask, area: Area): void {
    const together = fallenSilent(area, ask);
    if (together === undefined || !isOne(together)) return;
    ask.wake(ask.t + lookMs);
    if (isWayToUs(ask)) state.held = ask.t + lookMs + area.turn;
    if (ask.t < state.held) return;
    state.since = together.since;
    tell(state, ask, together);
  }
  function follow(state: OutageState, ask: Ask, area: Area): void {
    const together = fallenSilent(area, ask, state.since);
    if (together === undefined || 2 * together.silent.length <= state.most) {
      over(state, ask);
      return;
    }
    ask.wake(ask.t + lookMs);
    if (together.silent.length > state.most) tell(state, ask, together);
  }
  /** A device that came or went has made another one the first: who is silent already is not missed again, so it must be told to look. */
  function handOn(state: OutageState, ask: Ask, { speaker }: Area): void {
    if (state.since > 0 && speaker !== undefined) ask.prompt(speaker);
    over(state, ask);
  }
  function over(state: OutageState, ask: Ask): void {
    if (state.since > 0) ask.clear();
    state.since = 0;
    state.most = 0;
  }
  function tell(state: OutageState, ask: Ask, { since, silent, alive, of: all }: Together): void {
    const [lost, begin] = [silent.length, localMinute(since)];
    const where = of === "city" ? text("도시 전체", "the whole city") : text(ask.device.district, ask.device.district);
    state.most = lost;
    ask.raise({
      again: true,
      ...(of === "district" ? { value: ask.device.district } : {}),
      step: text(`게이트웨이 ${all}대 중 ${lost}대, ${begin}부터`, `${lost} of ${all} gateways, since ${begin}`),
      evidence: () => ({
        condition: text(
          `${where.ko}: 게이트웨이 ${all}대 중 ${lost}대가 ${instantWords(since)} 뒤로 함께 조용하고, 그 뒤 보고한 것은 ${alive}대`,
          `${where.en}: ${lost} of ${all} gateways silent together since ${instantWords(since)}, ${alive} have spoken since`,
        ),
        inputs: silent.map(({ gateway, heard }) => ({ device: gateway, metric: "t", t: heard, value: heard })),
        baseline: null,
        neighbours: [],
        verdict: {
          what: "sensor",
          because: text(
            "여러 게이트웨이가 한꺼번에 끊겼습니다: 함께 쓰는 전원이나 회선입니다",
            "several gateways fell silent at once: power or lines that they share",
          ),
        },
      }),
    });
  }
  return {
    begin: () => ({ since: 0, most: 0, held: 0 }),
    // nobody is lost before somebody is overdue
    overdue(_state, ask) {
      const area = areaAt(ask);
      if (area.speaker !== undefined && area.lines.length >= least) ask.prompt(area.speaker);
    },
    wake: look,
  };
}
