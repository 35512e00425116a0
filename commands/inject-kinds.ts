import { durationOf } from "../shared/scenario/duration.ts";
import type { InjectionField } from "../shared/scenario/injection.ts";
import type { InjectionKindRow } from "../shared/scenario/scenario-port.ts";
import { serviceOf } from "../shared/services/index.ts";

/** What can be injected, for a terminal of 100 columns. */
const wide = 100;
const groupTitles: Readonly<Record<InjectionKindRow["group"], string>> = {
  environment: "Environment",
  incident: "Incidents",
  sensor: "Sensor faults",
  transport: "Transport faults",
};
/** UCUM codes as people write them; a bare number needs none. */
const units: Readonly<Record<string, string>> = { "1": "", Cel: "°C", "[ppm]": "ppm", "m3/s": "m³/s", wk: "weeks" };
const withUnit = (words: string, unit: string): string => `${words} ${units[unit] ?? unit}`.trimEnd();

/** Every kind in its family, each with what it strikes, for how long, and what can be said of it. */
export function kindLines(kinds: readonly InjectionKindRow[]): readonly string[] {
  const families = new Map<string, InjectionKindRow[]>();
  for (const kind of kinds) {
    const family = familyOf(kind);
    families.set(family, [...(families.get(family) ?? []), kind]);
  }
  return [
    ...[...families].flatMap(([family, own]) => [family, ...own.flatMap((kind) => [...headOf(kind), ...fieldLines(kind, "      ")]), ""]),
    "One kind with its effect: npx gwanje inject kinds <kind>. An argument is given as --with name=value.",
  ];
}
const familyOf = ({ group, service }: InjectionKindRow): string =>
  service === null ? groupTitles[group] : `${groupTitles[group]} of ${service} (${serviceOf(service)?.title.en ?? service})`;
const headOf = (kind: InjectionKindRow): readonly string[] =>
  wrapped(`  ${kind.id.padEnd(24)} ${kind.title.en}: ${struckBy(kind)}, ${lastsOf(kind)}`, " ".repeat(27));

/** One kind alone, with what it does. */
export function kindDetail(kind: InjectionKindRow): readonly string[] {
  const { id, title, effect, truth, shows } = kind;
  return [
    `${id}  ${title.en} / ${title.ko}`,
    ...wrapped(`  ${effectText(effect.en)}`, "  "),
    "",
    ...wrapped(`  strikes    ${struckBy(kind)}`, "             "),
    `  lasts      ${lastsOf(kind)}`,
    ...wrapped(`  truth      ${truths[truth]}`, "             "),
    ...(shows === undefined ? [] : wrapped(`  shown by   ${shows.map(finderWords).join(", ")}`, "             ")),
    ...(Object.keys(kind.fields).length === 0 ? ["  arguments  none"] : ["  arguments", ...fieldLines(kind, "    ")]),
  ];
}
const truths = {
  event: "an event: true in the city, so that the room should see it",
  fault: "a fault: not true in the city, so that the room should see through it",
  quiet: "ordinary life: no rule may speak of it",
} as const;
/** Arguments stand in it by their names. */
const effectText = (effect: string): string => effect.replace(/\{where\}/g, "the place").replace(/\{(\w+)\}/g, "<$1>");
/** As a preview names rules: all of a service, one of every service, or one. */
export const finderWords = (name: string): string =>
  name.startsWith("*/") ? `${name.slice(2)} of any service` : name.includes("/") ? name : `any rule of ${name}`;

function struckBy({ on, kinds, service }: InjectionKindRow): string {
  if (on === "city") return "the whole city";
  if (on === "district") return "districts";
  if (on === "gateway") return "gateways, whole, of any service";
  return service === null ? "devices of any service" : `${(kinds ?? ["any device"]).join(", ")} of ${service}`;
}
const lastsOf = ({ lasts, group }: InjectionKindRow): string =>
  lasts !== null ? `${durationOf(lasts)} unless --for` : group === "incident" ? "over by itself" : "until cleared";

function fieldLines({ fields }: InjectionKindRow, indent: string): readonly string[] {
  const all = Object.entries(fields);
  const long = Math.max(0, ...all.map(([name]) => name.length));
  return all.flatMap(([name, field]) => wrapped(`${indent}${name.padEnd(long)}  ${fieldWords(field)}`, `${indent}${" ".repeat(long + 2)}`));
}
function fieldWords(field: InjectionField): string {
  const label = field.label.en;
  if (field.kind === "number") return `${label}: ${field.min} to ${withUnit(String(field.max), field.unit)}, default ${field.usual}`;
  if (field.kind === "word") {
    const choices = Object.entries(field.words).map(
      ([word, { en }]) => `${word}${word === en ? "" : `: ${en}`}${word === field.usual ? " (default)" : ""}`,
    );
    return `${label}: ${choices.join("; ")}`;
  }
  return field.kind === "metric" ? `${label} of the device, default its main one` : `${label}: must be given`;
}

/** Broken between words, what goes on indented. */
function wrapped(line: string, indent: string): readonly string[] {
  if (line.length <= wide) return [line];
  const cut = line.lastIndexOf(" ", wide);
  return cut <= indent.length ? [line] : [line.slice(0, cut), ...wrapped(`${indent}${line.slice(cut + 1)}`, indent)];
}
