import { z } from "zod";
import type { Finding, Path } from "./finding.ts";
import { nearest, unknownName } from "./nearest.ts";

type Issue = z.core.$ZodIssue;

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (within, name) => (typeof within === "object" && within !== null ? (within as Record<PropertyKey, unknown>)[name] : undefined),
    root,
  );

/** A union says nothing: what counts is what is wrong with the shape that was meant, the one of the value's own type. */
export function unwound(issue: Issue, root: unknown): Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const value = valueAt(root, issue.path);
  const ofType = issue.errors.filter((errors) => !errors.some(({ code, path }) => code === "invalid_type" && path.length === 0));
  const meant = (ofType.length > 0 && value !== undefined ? ofType : []).sort((a, b) => a.length - b.length)[0];
  if (meant === undefined) return [issue];
  return meant.flatMap((one) => unwound({ ...one, path: [...issue.path, ...one.path] } as Issue, root));
}

/** The keys that are known at a path of the schema; of an array's element those of its map. */
function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let within: z.ZodType | undefined = schema;
  for (const name of path) within = step(bare(within), name);
  const object = bare(within);
  if (object instanceof z.ZodObject) return Object.keys(object.shape);
  return object instanceof z.ZodUnion ? object.options.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : [])) : [];
}
function step(schema: z.ZodType | undefined, name: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(name)] as z.ZodType | undefined;
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined;
}
function bare(schema: z.ZodType | undefined): z.ZodType | undefined {
  let within = schema;
  while (within instanceof z.ZodOptional || within instanceof z.ZodDefault) within = within.unwrap() as z.ZodType;
  return within;
}

const helpOf = (schema: z.ZodType, path: Path): string => {
  let within: z.ZodType | undefined = schema;
  let help: string | undefined;
  for (const name of path) {
    within = step(bare(within), name);
    help = within?.description ?? bare(within)?.description ?? help;
  }
  return help === undefined ? "" : ` (${help})`;
};

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  array: "a list",
  object: "a map",
  record: "a map",
  boolean: "true or false",
};
/** The types that a union would have taken, none of which the value is. */
const typesOf = (issues: readonly Issue[]): readonly string[] => [
  ...new Set(issues.flatMap((one) => (one.code === "invalid_type" && one.path.length === 0 ? [typeWords[one.expected] ?? one.expected] : []))),
];

/** What is wrong, what is possible, and what was probably meant. */
export function issueMessage(issue: Issue, schema: z.ZodType): Finding[] {
  const { path } = issue;
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({ path: [...path, key], key: true, message: unknownName("field", key, known) }));
    }
    case "invalid_value": {
      const known = issue.values.map(String);
      const given = typeof issue.input === "string" ? issue.input : undefined;
      const near = given === undefined ? undefined : nearest(given, known);
      return [
        {
          path,
          message: `${given === undefined ? "it" : `"${given}"`} is none of ${known.join(", ")}${near === undefined ? "" : `, did you mean "${near}"?`}`,
        },
      ];
    }
    case "invalid_type": {
      const missing = issue.message.endsWith("undefined");
      const name = String(path.at(-1) ?? "");
      return [
        {
          path,
          message: missing
            ? `"${name}" is missing${helpOf(schema, path)}`
            : `it must be ${typeWords[issue.expected] ?? issue.expected}${helpOf(schema, path)}`,
        },
      ];
    }
    case "too_small":
      return [
        { path, message: issue.origin === "array" || issue.origin === "string" ? "it is empty" : `it is too small: ${issue.minimum} at least` },
      ];
    case "too_big":
      return [{ path, message: `it is too ${issue.origin === "array" || issue.origin === "string" ? "long" : "large"}: ${issue.maximum} at most` }];
    case "invalid_union":
      return [{ path, message: `it must be ${typesOf(issue.errors.flat()).join(" or ")}${helpOf(schema, path)}` }];
    default:
      return [{ path, message: `${issue.message}${helpOf(schema, path)}` }];
  }
}
