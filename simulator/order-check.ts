import type { CommandArgs, CommandField } from "../shared/command.ts";
import { fits } from "../shared/command-errors.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Service } from "../shared/service.ts";
import type { Order } from "./model.ts";

/** Holds an order against the contract, as a device does that is told something: a command of its kind, every argument, none beyond it, all within their bounds. */
export function checkOrder(service: Service, kind: string, op: string, args: CommandArgs): Result<Order> {
  const command = Object.hasOwn(service.commands, op) ? service.commands[op] : undefined;
  if (command === undefined || command.kind !== kind) return refuse(`"${op}" is not a command of ${service.id}/${kind}`);
  for (const name of Object.keys(args)) if (!Object.hasOwn(command.fields, name)) return refuse(`"${name}" is not an argument of "${op}"`);
  for (const [name, field] of Object.entries(command.fields)) {
    const wrong = breach(field, args[name]);
    if (wrong !== undefined) return refuse(`"${name}" ${wrong}`);
  }
  return ok({ op, args });
}

function breach(field: CommandField, value: number | string | undefined): string | undefined {
  if (value === undefined) return "is missing";
  if (fits(field, value)) return undefined;
  if (field.kind === "word") return `is not one of ${words(field.words)}`;
  const { min, max, step, unit } = field;
  if (typeof value !== "number" || !(value >= min && value <= max)) return `is not within ${min} to ${max} ${unit}`;
  return `is not a multiple of ${step} ${unit} from ${min}`;
}
const words = (known: Readonly<Record<string, unknown>>): string => Object.keys(known).join(", ");
