import type { CommandArgs, CommandField, CommandType } from "../../../shared/command.ts";
import type { Service } from "../../../shared/service.ts";
import { type Text, text } from "../../../shared/text.ts";
import { unitText } from "../trend/words.ts";

export const usualArgs = ({ fields }: CommandType): CommandArgs =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.usual]));

/** Why a field's value cannot be sent; undefined = it can. The server decides again. */
export function fieldProblem(field: CommandField, value: number | string | undefined): Text | undefined {
  if (field.kind === "word") {
    if (typeof value === "string" && Object.hasOwn(field.words, value)) return undefined;
    return text("고르십시오.", "Choose one.");
  }
  const { min, max, step, unit } = field;
  if (typeof value !== "number" || !Number.isFinite(value) || value < min || value > max)
    return text(`${min}~${max} ${unitText(unit).ko} 사이여야 합니다.`, `Must be ${min} to ${max} ${unitText(unit).en}.`);
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 ? undefined : text(`${step} 단위여야 합니다.`, `Must be in steps of ${step}.`);
}
export const isWhole = ({ fields }: CommandType, args: CommandArgs): boolean =>
  Object.entries(fields).every(([name, field]) => fieldProblem(field, args[name]) === undefined);

const argText = (field: CommandField | undefined, value: number | string | undefined): Text =>
  field?.kind === "word" ? (field.words[String(value)] ?? text(String(value), String(value))) : text(String(value ?? "—"), String(value ?? "—"));

/** The contract's sentence with the device's name and the arguments in it. */
export function effectText({ effect, fields }: CommandType, args: CommandArgs, device: Text): Text {
  const fill = (language: "ko" | "en") =>
    effect[language].replace(/\{([a-z_-]+)\}/g, (whole, name: string) =>
      name === "device" ? device[language] : Object.hasOwn(fields, name) ? argText(fields[name], args[name])[language] : whole,
    );
  return { ko: fill("ko"), en: fill("en") };
}

/** What is asked in a few words: the command's name with its arguments. */
export function orderText({ label, fields }: CommandType, args: CommandArgs): Text {
  const given = (language: "ko" | "en") =>
    Object.entries(fields)
      .map(
        ([name, field]) =>
          `${field.label[language]} ${argText(field, args[name])[language]}${field.kind === "number" ? ` ${unitText(field.unit)[language]}` : ""}`,
      )
      .join(", ");
  return Object.keys(fields).length === 0 ? label : { ko: `${label.ko}: ${given("ko")}`, en: `${label.en}: ${given("en")}` };
}

/** Commands that undo each other stand together: they are read back by the same thing. */
export interface Family {
  readonly name: string;
  readonly label: Text;
  readonly ops: readonly string[];
}
const backOf = ({ readBack }: CommandType): string => ("event" in readBack ? `event ${readBack.event}` : readBack.metric);
export const familyName = (type: CommandType): string => type.family ?? backOf(type);

export function familiesOf(service: Service, kind: string): readonly Family[] {
  const families = new Map<string, { label: Text; ops: string[] }>();
  for (const [op, type] of Object.entries(service.commands)) {
    if (type.kind !== kind) continue;
    const known = families.get(familyName(type));
    if (known !== undefined) known.ops.push(op);
    else families.set(familyName(type), { label: labelOf(service, type), ops: [op] });
  }
  return [...families].map(([name, family]) => ({ name, ...family }));
}
function labelOf(service: Service, { readBack, label }: CommandType): Text {
  return ("event" in readBack ? service.events[readBack.event]?.label : service.metrics[readBack.metric]?.label) ?? label;
}
