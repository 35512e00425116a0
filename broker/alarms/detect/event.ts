import type { EventCondition } from "../../../shared/alarm-rule.ts";
import type { Ask, Evaluator } from "./evaluator.ts";

interface EventState {
  /** It stands, and until when by itself; 0 = no end of its own. */
  on: boolean;
  until: number;
}

/** The event itself is the alarm; it is over at another event or after a while. */
export function eventEvaluator(condition: EventCondition<string>): Evaluator<EventState> {
  const { event, where, overAt, overAfter } = condition;
  const fits = (x: Readonly<Record<string, string | number>>): boolean =>
    Object.entries(where ?? {}).every(([field, allowed]) => x[field] !== undefined && allowed.includes(x[field]));
  const value = (x: Readonly<Record<string, string | number>>) => Object.values(x)[0];
  function begin(state: EventState, ask: Ask, x: Readonly<Record<string, string | number>>): void {
    state.on = true;
    state.until = overAfter === undefined ? 0 : ask.t + overAfter * 1000;
    if (state.until > 0) ask.wake(state.until);
    const said = value(x);
    ask.raise({
      ...(said === undefined ? {} : { value: said }),
      evidence: () => ({
        condition: { ko: `사건 ${event}`, en: `event ${event}` },
        inputs: Object.entries(x).map(([metric, given]) => ({ device: ask.device.id, metric, t: ask.t, value: given })),
        baseline: null,
        neighbours: [],
        verdict: null,
      }),
    });
  }
  return {
    begin: () => ({ on: false, until: 0 }),
    event(state, ask, name, x) {
      if (name === event && fits(x)) begin(state, ask, x);
      else if (name === overAt && state.on) {
        state.on = false;
        ask.clear();
      }
    },
    wake(state, ask) {
      if (!state.on || state.until === 0 || ask.t < state.until) return;
      state.on = false;
      ask.clear();
    },
  };
}
