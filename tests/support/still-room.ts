import { request as rawRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { expect, onTestFinished } from "vitest";
import type { z } from "zod";
import { type Console, type ConsoleOptions, startConsole } from "../../console/server/start-console.ts";
import { type Problem, problemSchema } from "../../shared/api.ts";
import { type Role, roles } from "../../shared/roles.ts";
import { services } from "../../shared/services/index.ts";
import { createStillCity, type StillCity } from "./still-city.ts";
import { createStillScenarios } from "./still-scenarios.ts";

interface Ask {
  /** Role whose token is sent; null = nobody. Default: viewer. */
  readonly as?: Role | null;
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface StillRoom {
  readonly city: StillCity;
  /** What was asked of its scenarios. */
  readonly played: readonly string[];
  readonly console: Console;
  readonly url: string;
  /** What the console logged, a line each. */
  readonly logged: readonly string[];
  ask(path: string, ask?: Ask): Promise<Response>;
  /** The JSON answer of a 200, exactly as the schema has it: a field too many is a mistake too. */
  answer<T>(path: string, schema: z.ZodType<T>, ask?: Ask): Promise<T>;
  /** The problem document of a refusal. */
  problem(path: string, status: number, ask?: Ask): Promise<Problem>;
}

export const tokenOf = (role: Role): string => `a-token-of-the-role-${role}`;
const testTokens = Object.fromEntries(roles.map((role) => [role, tokenOf(role)])) as Record<Role, string>;
const testSecret = "a secret of more than thirty-two characters";

/** A console over a city that stands still, on a free port; closed with the test. */
export async function openRoom(over: Partial<ConsoleOptions> & { perKind?: number } = {}): Promise<StillRoom> {
  const { perKind, ...options } = over;
  const city = createStillCity(services, perKind);
  const scenarios = createStillScenarios();
  const logged: string[] = [];
  const opened = await startConsole({
    port: city.port,
    scenarios: scenarios.port,
    host: "127.0.0.1",
    httpPort: 0,
    webDir: join(tmpdir(), "gwanje-no-such-pages"),
    tokens: testTokens,
    secret: testSecret,
    catalogue: services,
    log: logInto(logged),
    ...options,
  });
  onTestFinished(() => opened.close());
  const url = opened.url();
  const ask: StillRoom["ask"] = (path, { as = "viewer", method, body, headers = {} } = {}) =>
    fetch(`${url}${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      redirect: "manual",
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${tokenOf(as)}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return {
    city,
    played: scenarios.done,
    console: opened,
    url,
    logged,
    ask,
    async answer(path, schema, asked) {
      const response = await ask(path, asked);
      const body: unknown = await response.json();
      expect({ status: response.status, body }).toMatchObject({ status: expect.toSatisfy((status: number) => status === 200 || status === 201) });
      const parsed = schema.parse(body);
      expect(body).toEqual(parsed);
      return parsed;
    },
    problem: async (path, status, asked) => problemIn(await ask(path, asked), status),
  };
}

/** The refusal as a problem document; a trace of the code never leaves. */
export async function problemIn(response: Response, status: number): Promise<Problem> {
  const body = await response.text();
  expect({ status: response.status, body }).toMatchObject({ status });
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(body).not.toMatch(/node_modules|\bat \S+ \(|\.[jt]s:\d/);
  const problem = problemSchema.strict().parse(JSON.parse(body));
  expect(problem.status).toBe(status);
  return problem;
}

/** Sends a path as it is: `fetch` would tidy it first. */
export function rawGet(url: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    rawRequest({ hostname, port, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
    })
      .on("error", reject)
      .end();
  });
}

const logInto = (lines: string[]): Logger => pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
