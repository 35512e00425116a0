import { fits } from "../command-errors.ts";
import { ok, type Result, refuse } from "../result.ts";
import type { Injection, InjectionField, InjectionKind } from "./injection.ts";
import { recordingFilePattern } from "./recording-kinds.ts";

type Args = Injection["args"];

/** Every argument of the kind, unsaid ones at their usual value (a metric that nobody names stays unsaid), none beyond them, all within their bounds. */
export function completeArgs({ fields }: Pick<InjectionKind, "fields">, args: Args): Result<Args> {
  const known = Object.keys(fields);
  const stranger = Object.keys(args).find((name) => !known.includes(name));
  if (stranger !== undefined)
    return refuse(`"${stranger}" is not an argument; ${known.length === 0 ? "there are none" : `known are ${known.join(", ")}`}`);
  const whole: Record<string, number | string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = completed(field, args[name]);
    if (!value.ok) return refuse(`"${name}" ${value.reason}`);
    if (value.value !== undefined) whole[name] = value.value;
  }
  return ok(whole);
}

function completed(field: InjectionField, value: number | string | undefined): Result<number | string | undefined> {
  if (field.kind === "file")
    return typeof value === "string" && recordingFilePattern.test(value) ? ok(value) : refuse("is the name of a kept recording, like level.csv");
  if (field.kind === "metric") return typeof value === "number" ? refuse(`is the name of a metric, not ${value}`) : ok(value);
  if (value === undefined) return ok(field.usual);
  if (fits(field, value)) return ok(value);
  const wanted =
    field.kind === "word" ? `one of ${Object.keys(field.words).join(", ")}` : `${field.min} to ${field.max} ${field.unit} in steps of ${field.step}`;
  return refuse(`is ${JSON.stringify(value)}: ${wanted}`);
}
