import type { EventCondition } from "../../../../shared/alarm-rule.ts";
import type { EventField } from "../../../../shared/service.ts";
import { type Text, text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { type Evidenced, evidence } from "../known/evidence.ts";
import { justAfter } from "../known/proof.ts";
import { joined } from "../known/words.ts";

interface EventState {
  on: boolean;
}
type Fields = Readonly<Record<string, string | number>>;

/** The event itself is the alarm; it is over at another event or after a while. Said again meanwhile, it goes on from there. */
export function eventEvaluator(condition: EventCondition<string>): Evaluator<EventState> {
  const { event, where, overAt, overAfter } = condition;
  const wanted = Object.entries(where ?? {});
  const fits = (x: Fields): boolean => wanted.every(([field, allowed]) => x[field] !== undefined && allowed.includes(x[field]));

  function begin(state: EventState, ask: Ask, x: Fields): void {
    state.on = true;
    if (overAfter !== undefined) ask.wake(justAfter(ask.t + overAfter * 1000));
    // what the rule looks at says more than the first field
    const [metric = Object.keys(x)[0]] = wanted.map(([field]) => field);
    const value = metric === undefined ? undefined : x[metric];
    ask.raise({ ...(metric === undefined || value === undefined ? {} : { metric, value }), evidence: () => evidenceOf(ask, x) });
  }
  function evidenceOf(ask: Ask, x: Fields): Evidenced {
    const { contract, id } = ask.device;
    const type = contract.events[event];
    const words = joined(type?.label ?? text(event, event), ...Object.entries(x).map(([name, value]) => fieldWords(type?.fields[name], name, value)));
    return evidence(
      text(`장비 신고: ${words.ko}`, `reported: ${words.en}`),
      { device: id, metric: event, t: ask.t, value: true },
      ...Object.entries(x).map(([metric, value]) => ({ device: id, metric, t: ask.t, value })),
    );
  }

  return {
    begin: () => ({ on: false }),
    event(state, ask, name, x) {
      if (name === event && fits(x)) begin(state, ask, x);
      else if (name === overAt && state.on) {
        state.on = false;
        ask.clear();
      }
    },
    wake(state, ask) {
      if (!state.on) return;
      state.on = false;
      ask.clear();
    },
  };
}

function fieldWords(field: EventField | undefined, name: string, value: string | number): Text {
  const label = field?.label ?? text(name, name);
  const unit = field?.kind === "number" && field.unit !== "1" ? ` ${field.unit === "[ppm]" ? "ppm" : field.unit}` : "";
  return text(`${label.ko} ${value}${unit}`, `${label.en} ${value}${unit}`);
}
