import type { CommandArgs, CommandField, CommandType } from "./command.ts";
import type { Service } from "./service.ts";

export interface CommandError {
  /** `op`, or `args.` and the argument's name. */
  readonly parameter: string;
  readonly detail: string;
}

/** Everything that is wrong with a command by the contract of its device's kind: one of its own, every argument, none beyond it, each within its bounds. */
export function commandErrors(service: Service, kind: string, op: string, args: CommandArgs): readonly CommandError[] {
  const type = Object.hasOwn(service.commands, op) ? service.commands[op] : undefined;
  if (type === undefined || type.kind !== kind) {
    const known = Object.keys(service.commands).filter((name) => service.commands[name]?.kind === kind);
    const help = known.length === 0 ? "it takes no commands" : `known are ${known.join(", ")}`;
    return [{ parameter: "op", detail: `a ${kind} of ${service.id} has no command "${op}"; ${help}` }];
  }
  return [...strangers(type, args), ...breaches(type, args)];
}

const strangers = ({ fields }: CommandType, args: CommandArgs): readonly CommandError[] => {
  const known = Object.keys(fields);
  const help = known.length === 0 ? "the command takes none" : `known are ${known.join(", ")}`;
  return Object.keys(args).flatMap((name) => (known.includes(name) ? [] : [{ parameter: `args.${name}`, detail: `is not known; ${help}` }]));
};

const breaches = ({ fields }: CommandType, args: CommandArgs): readonly CommandError[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (fits(field, value)) return [];
    return [{ parameter: `args.${name}`, detail: `${value === undefined ? "is missing" : `is ${JSON.stringify(value)}`}: ${wanted(field)}` }];
  });

/** Within its words, or its bounds and steps. */
export function fits(field: CommandField, value: number | string | undefined): boolean {
  if (field.kind === "word") return typeof value === "string" && Object.hasOwn(field.words, value);
  if (typeof value !== "number" || !(value >= field.min && value <= field.max)) return false;
  const steps = (value - field.min) / field.step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

const wanted = (field: CommandField): string =>
  field.kind === "word"
    ? `one of ${Object.keys(field.words).join(", ")}`
    : `${field.min} to ${field.max}${field.unit === "1" ? "" : ` ${field.unit}`} in steps of ${field.step}`;
