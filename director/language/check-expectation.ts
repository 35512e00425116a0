import { refusalCodes } from "../../shared/city-port.ts";
import { durationOf, secondsOf } from "../../shared/scenario/duration.ts";
import type { ScenarioExpectation } from "../../shared/scenario/scenario.ts";
import type { Around } from "./check-scenario.ts";
import { checkSelector } from "./check-selector.ts";
import type { Finding, Path } from "./finding.ts";
import { metricsOf } from "./metrics-of.ts";
import { meantBy, unknownName } from "./nearest.ts";
import { type NamedRule, rulesNamed } from "./rule-names.ts";

/** What an expectation is about: exactly one of these. */
const hopes = ["alarm", "item", "event", "action", "refused", "flood", "none", "state", "count"] as const;
type Hope = (typeof hopes)[number];
const hopesOf = (expectation: ScenarioExpectation): readonly Hope[] => hopes.filter((name) => expectation[name] !== undefined);

export function checkExpectation(expectation: ScenarioExpectation, path: Path, around: Around, whole: boolean): readonly Finding[] {
  return [
    ...shape(expectation, path, whole),
    ...named(expectation, path, around),
    ...links(expectation, path, around),
    ...(expectation.on === undefined ? [] : checkSelector(expectation.on, [...path, "on"], around.stage, around.seed).findings),
    ...measured(expectation, path, around),
  ];
}

function shape(expectation: ScenarioExpectation, path: Path, whole: boolean): Finding[] {
  const given = hopesOf(expectation);
  const [first, second] = given;
  if (first === undefined) return whole ? [{ path, message: `nothing is expected here: give exactly one of ${hopes.join(", ")}` }] : [];
  if (second !== undefined)
    return [
      { path: [...path, second], key: true, message: `an expectation is about one thing, and this one has ${given.join(" and ")}: make two of it` },
    ];
  const found: Finding[] = [];
  const only = (name: "class" | "clears" | "atMost", with_: readonly Hope[]): void => {
    if (expectation[name] !== undefined && !with_.includes(first))
      found.push({ path: [...path, name], key: true, message: `\`${name}\` says nothing to \`${first}\`; it goes with ${with_.join(", ")}` });
  };
  only("class", ["alarm"]);
  only("clears", ["alarm"]);
  only("atMost", ["alarm", "item"]);
  if (expectation.on !== undefined && expectation.onStep !== undefined)
    found.push({ path: [...path, "onStep"], key: true, message: "give `on` or `onStep`, not both" });
  const { state, count } = expectation;
  if (whole && state !== undefined && state.is === undefined && state.above === undefined && state.below === undefined)
    found.push({ path: [...path, "state"], message: "say what it should be: `is`, `above` or `below`" });
  const bound = state?.above === undefined ? "below" : "above";
  if (state?.is !== undefined && state[bound] !== undefined)
    found.push({ path: [...path, "state", bound], key: true, message: `give \`is\` or \`${bound}\`, not both` });
  if (whole && count !== undefined && count.atLeast === undefined && count.atMost === undefined)
    found.push({ path: [...path, "count"], message: "say how many: `atLeast` or `atMost`" });
  if (first === "state" && whole && expectation.on === undefined && expectation.onStep === undefined)
    found.push({ path: [...path, "state"], key: true, message: "whose state? give `on: { … }` or `onStep: <step>`" });
  return found;
}

function named(expectation: ScenarioExpectation, path: Path, { stage: { services } }: Around): Finding[] {
  const found: Finding[] = [];
  const one = (name: string | undefined, place: Path, what: string, known: readonly string[]): void => {
    if (name !== undefined && !known.includes(name)) found.push({ path: place, message: unknownName(what, name, known) });
  };
  const rule = (name: string | undefined, place: Path, fits: (rule: NamedRule) => string | undefined): void => {
    if (name === undefined) return;
    const { found: own, known } = rulesNamed(name, services);
    if (own.length === 0) found.push({ path: place, message: unknownName("rule", name, known) });
    const rules = own.length > 0 ? own : rulesNamed(meantBy(name, known) ?? name, services).found;
    const fault = rules.length > 0 && rules.every((other) => fits(other) !== undefined) ? fits(rules[0] as NamedRule) : undefined;
    if (fault !== undefined) found.push({ path: place, message: fault });
  };
  rule(expectation.alarm, [...path, "alarm"], ({ name, rule: { outcome, class: own } }) => {
    if (outcome === "case" || outcome === "task") return `"${name}" opens a ${outcome} and raises no alarm: expect \`item: ${name}\``;
    if (outcome === "event") return `"${name}" is told in the chronicle alone and raises no alarm`;
    return expectation.class !== undefined && expectation.class !== own ? `"${name}" is of class ${own}` : undefined;
  });
  const item = ({ name, rule: { outcome } }: NamedRule): string | undefined =>
    outcome === "case" || outcome === "task" ? undefined : `"${name}" opens no case or task`;
  rule(expectation.item, [...path, "item"], item);
  rule(expectation.none?.rule, [...path, "none", "rule"], () => undefined);
  rule(expectation.none?.item, [...path, "none", "item"], item);
  one(expectation.event, [...path, "event"], "event", ["silent", "back", ...services.flatMap(({ events }) => Object.keys(events))]);
  one(
    expectation.action,
    [...path, "action"],
    "command",
    services.flatMap(({ commands }) => Object.keys(commands)),
  );
  one(expectation.refused, [...path, "refused"], "reason code", refusalCodes);
  return found;
}

function links({ follows, onStep, clears, within }: ScenarioExpectation, path: Path, { steps, lasts }: Around): Finding[] {
  const found: Finding[] = [];
  const known = [...steps.keys()];
  if (follows !== undefined && !steps.has(follows)) found.push({ path: [...path, "follows"], message: unknownName("step", follows, known) });
  if (onStep !== undefined && !steps.has(onStep)) found.push({ path: [...path, "onStep"], message: unknownName("step", onStep, known) });
  if (
    clears !== undefined &&
    steps.get(follows ?? onStep ?? "")?.inject === undefined &&
    (follows !== undefined || onStep !== undefined ? steps.has(follows ?? onStep ?? "") : true)
  )
    found.push({ path: [...path, "clears"], key: true, message: "`clears` needs a step that injects something: name it with `follows`" });
  if (within !== undefined && lasts !== undefined && secondsOf(within) > lasts)
    found.push({ path: [...path, "within"], message: `${within} is longer than the scenario lasts (${durationOf(lasts)})` });
  return found;
}

/** A metric must be one that the selected devices have. */
function measured({ state, on, onStep }: ScenarioExpectation, path: Path, { stage, seed, steps }: Around): Finding[] {
  // a metric that is no text has been told already
  if (state?.metric === undefined) return [];
  const selector = on ?? (onStep === undefined ? undefined : steps.get(onStep)?.on);
  if (selector === undefined) return [];
  const { devices } = checkSelector(selector, path, stage, seed);
  if (devices.length === 0) return [];
  const known = metricsOf(devices, stage.services, false);
  return known.includes(state.metric)
    ? []
    : [{ path: [...path, "state", "metric"], message: unknownName("metric of these devices", state.metric, known) }];
}
