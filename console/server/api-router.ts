import type { IncomingMessage } from "node:http";
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from "express";
import type { Logger } from "pino";
import { z } from "zod";
import type { Problem } from "../../shared/api.ts";
import { type Actor, may } from "../../shared/roles.ts";
import { awayProblem, CityAway } from "./city-away.ts";
import { type Answer, type InputError, inputErrors, problemOf, problemOfInput } from "./problem.ts";
import { lacking } from "./rights.ts";
import { needsBody, type Route, type Surface, usualBody } from "./route.ts";
import type { Sessions } from "./sessions.ts";
import type { Visibility } from "./visibility.ts";
import { callerOf, sameOrigin } from "./who.ts";

export interface ApiParts {
  readonly surface: Surface;
  readonly sessions: Sessions;
  readonly see: (actor: Actor) => Visibility;
  readonly log: Logger;
}

/** Bodies as they came. */
const sent = new WeakMap<IncomingMessage, Buffer>();

const reader = (limit: number): RequestHandler =>
  express.json({ limit, type: ["json", "+json"], verify: (request, _response, bytes) => void sent.set(request, bytes) });

/** For routes that ask nobody who he is. */
const anybody: Actor = { name: "anybody", role: "viewer" };

function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status).set("Cache-Control", "no-store").type("application/problem+json").send(JSON.stringify(problem));
}

/** Turns the table of routes into handlers: who, right, origin, schemas, then the route's own code. */
export function apiRouter(routes: readonly Route[], parts: ApiParts): Router {
  const router = Router();
  // what has been read is not read again
  for (const { method, path, bodyBytes } of routes) if (bodyBytes !== usualBody) router[method](path, reader(bodyBytes));
  router.use("/api", reader(usualBody));
  for (const route of routes) router[route.method](route.path, handlerOf(route, parts));
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
    router.all(path, (request, response) => {
      response.set("Allow", allowed.join(", "));
      if (request.method === "OPTIONS") response.status(204).end();
      else sendProblem(response, problemOf(405, `${request.method} is not known here; use ${methods.join(" or ")}`));
    });
  }
  router.use("/api", (request, response) => {
    sendProblem(response, problemOf(404, `there is no ${request.originalUrl.split("?")[0]}; /api/v1/openapi.json lists what there is`));
  });
  return router;
}

/** Who asks, when this route is open to him; a problem otherwise. */
async function admit(route: Route, request: Request, sessions: Sessions): Promise<{ ok: true; actor: Actor } | { ok: false; problem: Problem }> {
  if (route.right === undefined) return { ok: true, actor: anybody };
  const caller = await callerOf(request, sessions);
  if (caller === undefined) {
    const detail = "sign in by a link (npx gwanje access screen viewer) or send Authorization: Bearer <token> (npx gwanje access --json)";
    return { ok: false, problem: problemOf(401, detail) };
  }
  // A session's cookie travels by itself, so a browser must say that our own page sends the request (OWASP: verifying origin).
  const changes = request.method !== "GET" && request.method !== "HEAD";
  const foreign = changes && caller.by === "session" && (request.headers.origin === undefined || !sameOrigin(request));
  if (foreign) return { ok: false, problem: problemOf(403, "Origin: this request comes from another site; act from a page of this one") };
  if (may(caller.actor.role, route.right)) return { ok: true, actor: caller.actor };
  return { ok: false, problem: problemOf(403, lacking(caller.actor.role, route.right)) };
}

type Inputs = { ok: true; params: unknown; query: unknown; body: unknown } | { ok: false; problem: Problem };

/** Everything that is wrong is said at once, wherever it stands. */
function parseInputs(route: Route, request: Request): Inputs {
  const params = route.params?.safeParse(request.params);
  const query = route.query.safeParse(request.query);
  const body = route.body?.safeParse(bodyOf(route.body, request));
  const errors: InputError[] = [];
  if (route.params && params?.error) errors.push(...inputErrors(route.params, params.error, "path"));
  if (query.error) errors.push(...inputErrors(route.query, query.error, "query"));
  if (route.body && body?.error) errors.push(...bodyErrors(route.body, request.body, body.error));
  if (errors.length > 0) return { ok: false, problem: problemOfInput(errors) };
  return { ok: true, params: params?.data, query: query.data, body: body?.data };
}

/** Where nothing need be said, no body is an empty one. */
const bodyOf = (schema: z.ZodType, request: Request): unknown => request.body ?? (needsBody(schema) ? undefined : {});

/** A body that is one of several shapes is explained by the one that was meant, or else by all: zod's own message for a union says nothing. */
function bodyErrors(schema: z.ZodType, body: unknown, error: z.ZodError): InputError[] {
  if (body === undefined) return [{ parameter: "body", detail: "is missing: send a JSON object with Content-Type: application/json" }];
  if (!(schema instanceof z.ZodUnion)) return inputErrors(schema instanceof z.ZodObject ? schema : z.object({}), error, "body");
  const forms = schema.options.filter((option) => option instanceof z.ZodObject);
  const given = typeof body === "object" && body !== null && !Array.isArray(body) ? Object.keys(body) : [];
  const meant = given.length === 1 ? forms.find((form) => given.every((key) => key in form.shape)) : undefined;
  const why = meant?.safeParse(body).error;
  if (meant && why) return inputErrors(meant, why, "body");
  return [{ parameter: "body", detail: `give exactly one of ${forms.map((form) => `{${formOf(form)}}`).join(", ")}` }];
}
function formOf(object: z.ZodObject): string {
  return Object.entries(object.shape)
    .map(([name, field]) => {
      const { type = "value", minimum, maximum } = z.toJSONSchema(field as z.ZodType, { io: "input" });
      const bounded = typeof minimum === "number" && Math.abs(minimum) < Number.MAX_SAFE_INTEGER;
      return `"${name}": ${type}${bounded ? ` ${minimum}..${maximum}` : ""}`;
    })
    .join(", ");
}

function handlerOf(route: Route, { surface, sessions, see }: ApiParts): RequestHandler {
  return async (request, response) => {
    const admitted = await admit(route, request, sessions);
    if (!admitted.ok) {
      if (admitted.problem.status === 401) response.set("WWW-Authenticate", 'Bearer realm="gwanje"');
      return sendProblem(response, admitted.problem);
    }
    const inputs = parseInputs(route, request);
    if (!inputs.ok) return sendProblem(response, inputs.problem);
    const { actor } = admitted;
    const origin = `${request.protocol}://${request.headers.host ?? "localhost"}`;
    const { params, query, body } = inputs;
    const answer = await route.handle(
      { params, query, body, actor, see: see(actor), headers: request.headers, raw: sent.get(request)?.toString("utf8") ?? "", origin },
      surface,
    );
    send(response, answer, route);
  };
}

function send(response: Response, answer: Answer, route: Route): void {
  if (answer.kind === "problem") {
    sendProblem(response, answer.problem);
    return;
  }
  response.status(answer.status).set("Cache-Control", route.keepSeconds === undefined ? "no-store" : `public, max-age=${route.keepSeconds}`);
  if (route.also.length > 0) response.vary("Accept");
  if (answer.kind === "json") {
    response.json(answer.body);
    return;
  }
  if (answer.file !== undefined) response.attachment(answer.file);
  response.type(answer.type).send(answer.body);
}

/** What cannot be read is the asker's fault; a city that is away will be back: 503. Everything else is ours and is logged, not told. */
export function failure(surface: Surface, log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error?.status === "number" && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 413) return sendProblem(response, problemOf(413, `body: at most ${Math.floor(error.limit / 1024)} kB`));
    if (status < 500) return sendProblem(response, problemOf(400, `the request cannot be read: ${error.message}`));
    if (!(error instanceof CityAway)) {
      log.error({ err: error, path: request.path }, "a route failed");
      return sendProblem(response, problemOf(500, "the server could not answer; its log says why"));
    }
    log.warn({ reason: error.reason, path: request.path }, "a route could not be answered: the city is away");
    response.set("Retry-After", "5");
    sendProblem(response, awayProblem(surface.port));
  };
}
