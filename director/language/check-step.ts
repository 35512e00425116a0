import type { CommandField } from "../../shared/command.ts";
import { secondsOf } from "../../shared/scenario/duration.ts";
import type { InjectionField } from "../../shared/scenario/injection.ts";
import { lastingFault } from "../../shared/scenario/lasting.ts";
import { recordingFilePattern } from "../../shared/scenario/recording-kinds.ts";
import type { ScenarioStep } from "../../shared/scenario/scenario.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Selectable, Selector } from "../../shared/scenario/selector.ts";
import type { Service } from "../../shared/service.ts";
import { struckBy } from "../plan/struck.ts";
import { doings, doingsOf, followed } from "../plan/unfold.ts";
import type { Stage } from "../stage.ts";
import { actArgs, neededArgs } from "./acts.ts";
import type { Around } from "./check-scenario.ts";
import { checkSelector } from "./check-selector.ts";
import type { Finding, Path } from "./finding.ts";
import { metricsOf } from "./metrics-of.ts";
import { meantBy, unknownName } from "./nearest.ts";
import { rulesNamed } from "./rule-names.ts";

/** Whether one step means something. @param whole false: the schema has taken something out of it, so what is missing is no fault of its own. */
export function checkStep(step: ScenarioStep, index: number, around: Around, whole: boolean): readonly Finding[] {
  const path: Path = ["timeline", index];
  return [...when(step, path, around, whole), ...shape(step, path, whole), ...deeds(step, path, around)];
}

function when(step: ScenarioStep, path: Path, { steps }: Around, whole: boolean): Finding[] {
  const found: Finding[] = [];
  const follows = followed(step);
  if (step.at !== undefined && step.after !== undefined)
    found.push({ path: [...path, "after"], key: true, message: "a step comes `at` a time or `after` another step, not both" });
  if (whole && step.at === undefined && step.after === undefined)
    found.push({ path, message: "nobody knows when this step comes: give `at: <time>` or `after: <step>`" });
  if (follows !== null && !steps.has(follows.step))
    found.push({ path: [...path, "after"], message: unknownName("step", follows.step, [...steps.keys()]) });
  if (step.times !== undefined && step.every === undefined && whole)
    found.push({ path: [...path, "times"], key: true, message: "`times` needs `every: <time>`" });
  if (step.every !== undefined && secondsOf(step.every) < 1)
    found.push({ path: [...path, "every"], message: "a step comes again after a second at least" });
  const cause = follows === null ? undefined : steps.get(follows.step);
  if (step.every !== undefined && cause?.act !== undefined)
    found.push({
      path: [...path, "every"],
      key: true,
      message: "a step after a scripted act comes once: nobody knows beforehand when the act is done",
    });
  return found;
}

function shape(step: ScenarioStep, path: Path, whole: boolean): Finding[] {
  const given = doingsOf(step);
  const [first, second] = given;
  if (first === undefined) return whole ? [{ path, message: `this step does nothing: give exactly one of ${doings.join(", ")}` }] : [];
  if (second !== undefined)
    return [{ path: [...path, second], key: true, message: `a step does one thing, and this one has ${given.join(" and ")}: make two steps of it` }];
  const takes: Readonly<Record<string, readonly string[]>> = {
    inject: ["on", "for", "with"],
    command: ["on", "with"],
    clear: [],
    act: ["on"],
    cue: [],
  };
  return (["on", "for", "with"] as const)
    .filter((name) => step[name] !== undefined && takes[first]?.includes(name) !== true)
    .map((name) => ({ path: [...path, name], key: true, message: `\`${name}\` says nothing to \`${first}\`` }));
}

function deeds(step: ScenarioStep, path: Path, around: Around): Finding[] {
  const chosen = step.on === undefined ? undefined : checkSelector(step.on, [...path, "on"], around.stage, around.seed);
  const found = [...(chosen?.findings ?? [])];
  const devices = chosen === undefined || chosen.devices.length === 0 ? undefined : chosen.devices;
  if (step.inject !== undefined) found.push(...injection(step, step.inject, devices, path, around));
  if (step.clear !== undefined) found.push(...clearing(step.clear, path, around));
  if (step.command !== undefined) found.push(...command(step, step.command, devices, path, around));
  if (step.act !== undefined) found.push(...actTold(step.act, [...path, "act"]));
  if (step.act?.rule !== undefined) {
    const { known, found: rules } = rulesNamed(step.act.rule, around.stage.services);
    if (rules.length === 0) found.push({ path: [...path, "act", "rule"], message: unknownName("rule", step.act.rule, known) });
  }
  return found;
}

/** @param act without `do` while that is none of the known. */
function actTold({ do: what, with: told = {} }: Partial<NonNullable<ScenarioStep["act"]>>, path: Path): Finding[] {
  if (what === undefined) return [];
  const known = actArgs[what];
  const strange = Object.keys(told).filter((name) => !known.includes(name));
  const missing = (neededArgs[what] ?? []).filter((name) => told[name] === undefined);
  return [
    ...strange.map((name) => ({ path: [...path, "with", name], key: true, message: unknownName(`argument of "${what}"`, name, known) })),
    ...missing.map((name) => ({ path, message: `"${what}" needs \`with: { ${name}: … }\`` })),
  ];
}

function injection(step: ScenarioStep, name: string, devices: readonly Selectable[] | undefined, path: Path, { stage }: Around): Finding[] {
  const ids = stage.kinds.map(({ id }) => id);
  const meant = meantBy(name, ids);
  const kind = stage.kinds.find(({ id }) => id === meant);
  const unknown = kind?.id === name ? [] : [{ path: [...path, "inject"], message: unknownName("kind of injection", name, ids) }];
  if (kind === undefined) return unknown;
  return [
    ...unknown,
    ...aim(kind, step.on, devices, path),
    ...lasting(kind, step.for, path),
    ...givenArgs(kind.id, kind.fields, step.with ?? {}, path, devices, stage.services),
  ];
}

/** What it is aimed at can be struck by it. */
function aim(kind: InjectionKindRow, on: Selector | undefined, devices: readonly Selectable[] | undefined, path: Path): Finding[] {
  if (kind.on === "city")
    return on === undefined ? [] : [{ path: [...path, "on"], key: true, message: `"${kind.id}" befalls the whole city and takes no \`on\`` }];
  if (on === undefined) return [{ path: [...path, "inject"], message: `"${kind.id}" needs to know where: give \`on: { … }\`` }];
  if (devices === undefined || devices.length === 0 || struckBy(kind, devices).length > 0) return [];
  const at = kind.service === null ? (kind.kinds ?? []).join(", ") : `${(kind.kinds ?? []).join(", ")} of ${kind.service}`;
  return [{ path: [...path, "on"], message: `"${kind.id}" strikes only ${at}, and none of these ${devices.length} devices is one` }];
}
function lasting(kind: InjectionKindRow, given: string | undefined, path: Path): Finding[] {
  const fault = given === undefined ? undefined : lastingFault(kind, secondsOf(given));
  return fault === undefined ? [] : [{ path: [...path, "for"], message: fault }];
}

function clearing(name: string, path: Path, { steps }: Around): Finding[] {
  const step = steps.get(name);
  if (step === undefined)
    return [
      {
        path: [...path, "clear"],
        message: unknownName(
          "step",
          name,
          [...steps].filter(([, one]) => one.inject !== undefined).map(([id]) => id),
        ),
      },
    ];
  return step.inject === undefined ? [{ path: [...path, "clear"], message: `the step "${name}" injects nothing that could be cleared` }] : [];
}

function command(step: ScenarioStep, op: string, devices: readonly Selectable[] | undefined, path: Path, { stage }: Around): Finding[] {
  const known = stage.services.flatMap((service) => Object.keys(service.commands));
  const meant = meantBy(op, known);
  const unknown = meant === op ? [] : [{ path: [...path, "command"], message: unknownName("command", op, known) }];
  return [...unknown, ...(meant === undefined ? [] : commandOf(step, meant, devices, path, stage))];
}
function commandOf(step: ScenarioStep, op: string, devices: readonly Selectable[] | undefined, path: Path, { services }: Stage): Finding[] {
  const owners = services.filter((service) => Object.hasOwn(service.commands, op));
  if (step.on === undefined) return [{ path: [...path, "command"], message: `"${op}" needs to know who is told: give \`on: { … }\`` }];
  if (devices === undefined) return [];
  const typeOf = (one: Selectable) => owners.find(({ id }) => id === one.service)?.commands[op];
  const deaf = devices.filter((one) => typeOf(one)?.kind !== one.kind);
  if (deaf.length > 0) {
    const kinds = owners.map((service) => `${service.commands[op]?.kind} of ${service.id}`).join(", ");
    return [{ path: [...path, "on"], message: `"${op}" is for ${kinds}; ${deaf[0]?.id} is a ${deaf[0]?.kind} of ${deaf[0]?.service}` }];
  }
  const type = devices[0] === undefined ? undefined : typeOf(devices[0]);
  return type === undefined ? [] : givenArgs(op, type.fields, step.with ?? {}, path, devices, services);
}

/** Arguments by their fields: known names, numbers within their bounds, words of the list, metrics of the devices. */
function givenArgs(
  of: string,
  fields: Readonly<Record<string, InjectionField>>,
  given: Readonly<Record<string, number | string>>,
  path: Path,
  devices: readonly Selectable[] | undefined,
  services: readonly Service[],
): Finding[] {
  const isRecording = Object.values(fields).some(({ kind }) => kind === "file");
  return Object.entries(given).flatMap(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const place = [...path, "with", name];
    if (field === undefined) return [{ path: place, key: true, message: unknownName(`argument of "${of}"`, name, Object.keys(fields)) }];
    const wrong =
      field.kind === "metric"
        ? metricFault(value, devices, services, !isRecording)
        : field.kind === "file"
          ? fileFault(value)
          : argFault(field, value);
    return wrong === undefined ? [] : [{ path: place, message: wrong }];
  });
}
function argFault(field: CommandField, value: number | string): string | undefined {
  if (field.kind === "word")
    return typeof value === "string" && Object.hasOwn(field.words, value) ? undefined : unknownName("word", String(value), Object.keys(field.words));
  if (typeof value !== "number") return `it must be a number of ${field.unit}`;
  return value < field.min || value > field.max ? `${value} is out of range: ${field.min} to ${field.max} ${field.unit}` : undefined;
}
const fileFault = (value: number | string): string | undefined =>
  typeof value === "string" && recordingFilePattern.test(value) ? undefined : "it must name a kept recording, like level.csv";

/** @param wire false: also what is derived, which a recording may be of. */
function metricFault(
  value: number | string,
  devices: readonly Selectable[] | undefined,
  services: readonly Service[],
  wire: boolean,
): string | undefined {
  if (devices === undefined || devices.length === 0) return undefined;
  const known = metricsOf(devices, services, wire);
  return known.includes(String(value)) ? undefined : unknownName("metric of these devices", String(value), known);
}
