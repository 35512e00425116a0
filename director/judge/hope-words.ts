import type { ScenarioExpectation } from "../../shared/scenario/scenario.ts";
import { type Text, text } from "../../shared/text.ts";

const nothing = text("", "");
const when = (given: string | undefined, words: (given: string) => Text): Text => (given === undefined ? nothing : words(given));
const bounds = (all: Readonly<Record<string, number | string | boolean | undefined>>): string =>
  Object.entries(all)
    .flatMap(([sign, bound]) => (bound === undefined ? [] : `${sign} ${bound}`))
    .join(" ");

/** What is hoped for, without when. */
function whatOf({ alarm, item, event, action, refused, flood, none, state, count, class: own }: ScenarioExpectation): Text {
  const pairs: readonly (readonly [string | undefined, string, string])[] = [
    [alarm === undefined || own === undefined ? alarm : `${alarm} (${own})`, "경보", "alarm"],
    [item, "업무", "case or task"],
    [event, "사건", "event"],
    [action, "확인된 명령", "confirmed command"],
    [refused, "거절", "refusal"],
    [flood === undefined ? undefined : { begins: "begins", ends: "ends" }[flood], "경보 폭주", "flood"],
    [none && [none.class, none.rule, none.item].filter((one) => one !== undefined).join(" "), "오지 않아야 할 것:", "none of"],
    [state && `${state.metric} ${bounds({ "=": state.is, ">": state.above, "<": state.below })}`, "상태", "state"],
    [count && `${count.of} ${bounds({ ">=": count.atLeast, "<=": count.atMost })}`, "장부", "ledger"],
  ];
  const found = pairs.find(([what]) => what !== undefined);
  return found === undefined ? nothing : text(`${found[1]} ${found[0]}`.trim(), `${found[2]} ${found[0]}`.trim());
}

/** An expectation in words, when its author has found none. */
export function sayOf(expectation: ScenarioExpectation): Text {
  const what = whatOf(expectation);
  const within = when(expectation.within, (time) => text(`, ${time} 안에`, ` within ${time}`));
  const after = when(expectation.follows, (step) => text(`, "${step}" 뒤`, ` of "${step}"`));
  const most = expectation.atMost === undefined ? nothing : text(`, 많아야 ${expectation.atMost}`, `, ${expectation.atMost} at most`);
  return text(`${what.ko}${after.ko}${within.ko}${most.ko}`, `${what.en}${within.en}${after.en}${most.en}`);
}
