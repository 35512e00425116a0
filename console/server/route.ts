import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import type { CityPort } from "../../shared/city-port.ts";
import type { Actor, Right, Role } from "../../shared/roles.ts";
import type { ScenarioPort } from "../../shared/scenario/scenario-port.ts";
import type { Service } from "../../shared/service.ts";
import type { Answer } from "./problem.ts";
import type { Visibility } from "./visibility.ts";

/** Bytes of a body. */
export const usualBody = 64 * 1024;

/** What routes work with. */
export interface Surface {
  readonly port: CityPort;
  readonly catalogue: readonly Service[];
  /** Only where a simulator is. */
  readonly scenarios: ScenarioPort | undefined;
  /** Token of a sign-in link. */
  link(role: Role): string;
  metrics(): Promise<{ type: string; text: string }>;
  openApi(): object;
}

/** A question that has passed the door. */
export interface Ask<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly actor: Actor;
  readonly see: Visibility;
  readonly headers: IncomingHttpHeaders;
  /** The body's own bytes as UTF-8: what a signature is over. Empty without a body. */
  readonly raw: string;
  /** Scheme and host under which the asker reached us. */
  readonly origin: string;
}

/** One line of the table that drives both the router and the OpenAPI document. */
export interface Route {
  readonly method: "get" | "post" | "delete";
  /** As in Express 5: `/api/v1/devices/:id`. */
  readonly path: string;
  readonly summary: string;
  /** undefined: open to everybody, without signing in. */
  readonly right: Right | undefined;
  readonly params: z.ZodObject | undefined;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | undefined;
  /** That it may be long, where it carries a whole file. */
  readonly bodyBytes: number;
  /** Schema of the JSON answer; a string is the media type of a text. */
  readonly answer: z.ZodType | string;
  readonly status: number;
  /** Problems that it may answer beside 400, 401, 403 and 500. */
  readonly problems: readonly number[];
  /** Further media types of the answer. */
  readonly also: readonly string[];
  /** Seconds for which anybody may keep the answer. */
  readonly keepSeconds: number | undefined;
  handle(ask: Ask<unknown, unknown, unknown>, surface: Surface): Promise<Answer> | Answer;
}

interface RouteSpec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly method: "get" | "post" | "delete";
  readonly path: string;
  readonly summary: string;
  readonly right: Right | undefined;
  readonly params?: P;
  readonly query: Q;
  readonly body?: B;
  readonly bodyBytes?: number;
  readonly answer: z.ZodType | string;
  readonly status?: number;
  readonly problems?: readonly number[];
  readonly also?: readonly string[];
  readonly keepSeconds?: number;
  handle(ask: Ask<z.infer<P>, z.infer<Q>, z.infer<B>>, surface: Surface): Promise<Answer> | Answer;
}

/** Checks a handler against its own schemas; what is read from the table has plain types, because the router parses by these very schemas. */
export function route<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(spec: RouteSpec<P, Q, B>): Route {
  return {
    params: undefined,
    body: undefined,
    bodyBytes: usualBody,
    status: 200,
    problems: [],
    also: [],
    keepSeconds: undefined,
    ...spec,
    handle: (ask, surface) => spec.handle(ask as Ask<z.infer<P>, z.infer<Q>, z.infer<B>>, surface),
  };
}

/** Whether something must be said: a body all of whose fields may be left out may be left out itself. */
export const needsBody = (schema: z.ZodType): boolean => !schema.safeParse({}).success;
