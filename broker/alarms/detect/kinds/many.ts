import type { ManyCondition } from "../../../../shared/alarm-rule.ts";
import { text } from "../../../../shared/text.ts";
import type { Watched } from "../../observed.ts";
import type { Ask, Evaluator } from "../evaluator.ts";

interface ManyState {
  /** So many as were told last; 0 = it does not stand. */
  told: number;
}
interface Count {
  readonly standing: readonly Watched[];
  /** That are heard. */
  readonly of: number;
}

/** Told again when half as many more have come. */
const growth = 1.5;

/** One finding for what many devices of a district have in common, at the first of them by id. Woken when the other rule is raised or cleared at one. */
export function manyEvaluator({ rule, least, share }: ManyCondition): Evaluator<ManyState> {
  const kinOf = ({ world, device }: Ask): readonly Watched[] =>
    world.inDistrict(device.district).filter(({ service, kind }) => service === device.service && kind === device.kind);
  function countOf({ world, t }: Ask, kin: readonly Watched[]): Count {
    const heard = kin.filter(({ id, stale }) => t - world.newest(id) <= stale * 1000);
    return { standing: heard.filter(({ service, id }) => world.stands(`${service}/${rule}`, id)), of: heard.length };
  }
  const isMany = ({ standing, of }: Count, part: number): boolean => standing.length >= part * least && standing.length >= part * share * of;

  function look(state: ManyState, ask: Ask): void {
    const kin = kinOf(ask);
    const [speaker] = kin;
    if (speaker !== undefined && speaker.id !== ask.device.id) {
      ask.prompt(speaker.id);
      over(state, ask);
      return;
    }
    const count = countOf(ask, kin);
    if (!isMany(count, state.told > 0 ? 0.5 : 1)) over(state, ask);
    else if (count.standing.length >= growth * state.told) tell(state, ask, count);
  }
  function over(state: ManyState, ask: Ask): void {
    if (state.told > 0) ask.clear();
    state.told = 0;
  }
  function tell(state: ManyState, ask: Ask, { standing, of }: Count): void {
    const count = standing.length;
    state.told = count;
    const { district, contract, kind, service } = ask.device;
    const label = contract.kinds[kind]?.label ?? text(kind, kind);
    const title = contract.rules.find(({ id }) => id === rule)?.title ?? text(rule, rule);
    ask.raise({
      again: true,
      value: count,
      limit: of,
      step: text(`${of}곳 중 ${count}곳`, `${count} of ${of}`),
      evidence: () => ({
        condition: text(
          `${district}: ${label.ko} ${of}곳 중 ${count}곳에서 ${title.ko}`,
          `${district}: ${title.en} at ${count} of ${of} (${label.en})`,
        ),
        inputs: standing.map(({ id }) => ({ device: id, metric: "t", t: ask.world.newest(id), value: `${service}/${rule}` })),
        baseline: null,
        neighbours: [],
        verdict: {
          what: "event",
          because: text("한 집의 문제가 이렇게 한꺼번에 생기지 않습니다", "what is wrong with one alone does not come to so many at once"),
        },
      }),
    });
  }
  return { begin: () => ({ told: 0 }), wake: look };
}
