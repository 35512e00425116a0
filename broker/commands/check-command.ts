import type { CommandArgs, CommandField, CommandType } from "../../shared/command.ts";
import { fits } from "../../shared/command-errors.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Watched } from "../alarms/observed.ts";

/** What a device's contract lets the room ask of it. Refuses with everything that is wrong at once, each argument with its range. */
export function checkCommand({ id, kind, contract }: Pick<Watched, "id" | "kind" | "contract">, op: string, args: CommandArgs): Result<CommandType> {
  const type = Object.hasOwn(contract.commands, op) ? contract.commands[op] : undefined;
  if (type === undefined || type.kind !== kind) {
    const known = Object.keys(contract.commands).filter((name) => contract.commands[name]?.kind === kind);
    const list = known.length > 0 ? `it knows ${known.join(", ")}` : "it takes no commands";
    return refuse(`${id} is a ${contract.id} ${kind} and has no command "${op}": ${list}`);
  }
  const strange = Object.keys(args)
    .filter((name) => !Object.hasOwn(type.fields, name))
    .map((name) => `"${name}" is not an argument of "${op}"`);
  const wrong = Object.entries(type.fields).flatMap(([name, field]) => {
    const problem = breach(field, args[name]);
    return problem === undefined ? [] : [`"${name}" ${problem}`];
  });
  return strange.length + wrong.length === 0 ? ok(type) : refuse([...strange, ...wrong].join("; "));
}

function breach(field: CommandField, value: number | string | undefined): string | undefined {
  const wanted = rangeOf(field);
  if (value === undefined) return `is missing: ${wanted}`;
  return fits(field, value) ? undefined : `is ${JSON.stringify(value)}: ${wanted}`;
}

const rangeOf = (field: CommandField): string =>
  field.kind === "word" ? `one of ${Object.keys(field.words).join(", ")}` : `${field.min} to ${field.max} ${field.unit} in steps of ${field.step}`;
