import { z } from "zod";
import { problemSchema } from "../../shared/api.ts";
import { needsBody, type Route } from "./route.ts";

type Json = Record<string, unknown>;

/** OpenAPI 3.1 takes JSON Schema 2020-12 as it is. `readOnly` of a frozen TypeScript list would say something else there. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
    },
  });
  return rest;
}

const openApiPath = (path: string): string => path.replace(/:(\w+)/g, "{$1}");

const problemTexts: Readonly<Record<number, string>> = {
  400: "A parameter is wrong; `detail` names it and how to use it right",
  401: "Not signed in",
  403: "The role lacks the right",
  404: "There is none that this role can see",
  409: "In conflict with the state of the city",
  500: "The server failed",
  413: "The body is too large",
  503: "A part of the city is away; ask again",
};

function parametersOf(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function answersOf(route: Route): Json {
  const json = typeof route.answer !== "string";
  const content: Json = json
    ? { "application/json": { schema: schemaOf(route.answer as z.ZodType, "output") } }
    : { [route.answer as string]: { schema: route.answer === "application/json" ? { type: "object" } : { type: "string" } } };
  for (const type of route.also) content[type] = { schema: { type: "string" } };
  const own = { [route.status]: { description: route.summary, content } };
  const statuses = [400, ...(route.right === undefined ? [] : [401, 403]), ...(route.body === undefined ? [] : [413]), 500, 503, ...route.problems];
  const problems = statuses.map((status) => {
    const description = problemTexts[status] ?? "Problem";
    // The state of health is a document of its own, also when it is bad.
    if (status === 503 && route.problems.includes(503)) return [status, { description, content }];
    return [status, { description, content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } }];
  });
  return { ...Object.fromEntries(problems), ...own };
}

function operationOf(route: Route): Json {
  const words = openApiPath(route.path)
    .replace(/^\/api\/v1\//, "")
    .split(/\W+/)
    .filter(Boolean);
  return {
    operationId: [route.method, ...words].join("-"),
    summary: route.summary,
    ...(route.right === undefined ? { security: [] } : { description: `Needs the right \`${route.right}\`.` }),
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: needsBody(route.body), content: { "application/json": { schema: schemaOf(route.body, "input") } } } }),
    responses: answersOf(route),
  };
}

/** The document is made of the same table and schemas that drive the router, so the two cannot differ. */
export function openApiOf(routes: readonly Route[], cookie: string): object {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Gwanje",
      version: "1",
      description: "A simulated city and its control room. Times in bodies are epoch ms UTC; errors are problem documents (RFC 9457).",
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, "output") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Token of a role, from `gwanje access --json`; X-Actor names the actor" },
        session: { type: "apiKey", in: "cookie", name: cookie, description: "Set by a sign-in link" },
      },
    },
  };
}
