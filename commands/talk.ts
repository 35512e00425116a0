import { loadCredentials } from "../shared/runtime/credentials.ts";
import { findRunning, type RunningCity, starting } from "./running-city.ts";

/** A wrong use or a missing city, said to the person; the program exits with `code`. */
export class Complaint extends Error {
  readonly code: 1 | 2;
  /** Of HTTP, where the city has refused. */
  readonly status: number | undefined;
  constructor(message: string, code: 1 | 2 = 1, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export async function theRunningCity(dataDir: string): Promise<RunningCity> {
  const running = await findRunning(dataDir);
  if (running === undefined)
    throw new Complaint(`no city runs in the folder "${dataDir}"; start one with npm start, or name its folder with GWANJE_DATA_DIR`);
  if (running.http === starting) throw new Complaint(`the city in the folder "${dataDir}" is still starting; try again in a moment`);
  return running;
}

/** Asks the running city over HTTP as admin. @throws Complaint with the problem's detail. */
export const post = (dataDir: string, path: string, body: unknown): Promise<unknown> =>
  ask(dataDir, path, { method: "POST", body: JSON.stringify(body) });
/** @throws Complaint with the problem's detail. */
export const get = (dataDir: string, path: string): Promise<unknown> => ask(dataDir, path, { method: "GET" });
/** @throws Complaint with the problem's detail. */
export const del = (dataDir: string, path: string): Promise<unknown> => ask(dataDir, path, { method: "DELETE" });

/** What is answered as text. @throws Complaint with the problem's detail. */
export async function getText(dataDir: string, path: string): Promise<string> {
  const response = await answered(dataDir, path, { method: "GET" });
  if (!response.ok) throw complaintOf(response.status, await response.json().catch(() => ({})));
  return response.text();
}

interface Request {
  readonly method: string;
  readonly body?: string;
}
async function ask(dataDir: string, path: string, request: Request): Promise<unknown> {
  const response = await answered(dataDir, path, request);
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw complaintOf(response.status, answer);
  return answer;
}
async function answered(dataDir: string, path: string, request: Request): Promise<Response> {
  const { http } = await theRunningCity(dataDir);
  const { tokens } = await loadCredentials(dataDir);
  return fetch(new URL(path, http), {
    ...request,
    headers: { authorization: `Bearer ${tokens.admin}`, "content-type": "application/json" },
  }).catch((cause: unknown) => {
    throw new Complaint(`the city at ${http} does not answer: ${String(cause)}`);
  });
}
function complaintOf(status: number, problem: unknown): Complaint {
  const { detail, title } = (problem ?? {}) as { title?: string; detail?: string };
  return new Complaint(detail ?? title ?? `the city answered ${status}`, status === 400 || status === 422 ? 2 : 1, status);
}
