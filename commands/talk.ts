import { loadCredentials } from "../shared/runtime/credentials.ts";
import { findRunning, type RunningCity, starting } from "./running-city.ts";

/** A wrong use or a missing city, said to the person; the program exits with `code`. */
export class Complaint extends Error {
  readonly code: 1 | 2;
  constructor(message: string, code: 1 | 2 = 1) {
    super(message);
    this.code = code;
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

async function ask(dataDir: string, path: string, request: { method: string; body?: string }): Promise<unknown> {
  const { http } = await theRunningCity(dataDir);
  const { tokens } = await loadCredentials(dataDir);
  const response = await fetch(new URL(path, http), {
    ...request,
    headers: { authorization: `Bearer ${tokens.admin}`, "content-type": "application/json" },
  }).catch((cause: unknown) => {
    throw new Complaint(`the city at ${http} does not answer: ${String(cause)}`);
  });
  const answer = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
  if (!response.ok)
    throw new Complaint(
      answer.detail ?? answer.title ?? `the city answered ${response.status}`,
      response.status === 400 || response.status === 422 ? 2 : 1,
    );
  return answer;
}
