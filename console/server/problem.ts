import type { z } from "zod";
import type { Problem } from "../../shared/api.ts";

/** What an HTTP route answers; a problem is a value, as every wrong question is. */
export type Answer =
  | { readonly kind: "json"; readonly status: number; readonly body: unknown }
  | { readonly kind: "text"; readonly status: number; readonly type: string; readonly body: string; readonly file?: string }
  | { readonly kind: "problem"; readonly problem: Problem };

export const json = (body: unknown, status = 200): Answer => ({ kind: "json", status, body });
export const plain = (type: string, body: string, status = 200): Answer => ({ kind: "text", status, type, body });
/** A table for a spreadsheet, as a file to keep. */
export const csv = (body: string, file: string): Answer => ({ kind: "text", status: 200, type: "text/csv; charset=utf-8", body, file });

const titles: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "In conflict with the state of the city",
  413: "The body is too large",
  429: "Too many attempts",
  500: "The server failed",
  503: "Not available now",
};

/** RFC 9457 document; `about:blank` says that the title is that of the status. */
export const problemOf = (status: number, detail: string, errors?: Problem["errors"]): Problem => ({
  type: "about:blank",
  title: titles[status] ?? "Error",
  status,
  detail,
  ...(errors === undefined ? {} : { errors }),
});
export const problem = (status: number, detail: string): Answer => ({ kind: "problem", problem: problemOf(status, detail) });
/** Parameters that are well formed but ask for something that does not exist. */
export const wrongParameters = (errors: readonly InputError[]): Answer => ({ kind: "problem", problem: problemOfInput(errors) });
export const wrongParameter = (parameter: string, detail: string): Answer => wrongParameters([{ parameter, detail }]);

export interface InputError {
  readonly parameter: string;
  readonly detail: string;
}
/** Names each parameter that is wrong, and how to use it right, from the schema's own description. */
export function inputErrors(schema: z.ZodObject, error: z.ZodError, where: string): InputError[] {
  const known = Object.keys(schema.shape);
  return error.issues.flatMap((issue): InputError[] => {
    if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
      const help = known.length === 0 ? `this ${where} takes none` : `known are ${known.join(", ")}`;
      return issue.keys.map((key) => ({ parameter: key, detail: `is not known; ${help}` }));
    }
    const help = schema.shape[String(issue.path[0] ?? where)]?.description;
    return [{ parameter: issue.path.join(".") || where, detail: help === undefined ? issue.message : `${issue.message}. Give: ${help}` }];
  });
}
export const problemOfInput = (errors: readonly InputError[]): Problem =>
  problemOf(400, errors.map((one) => `${one.parameter}: ${one.detail}`).join("; "), errors);
