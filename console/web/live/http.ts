import type { Result } from "../../../shared/result.ts";
import type { Text } from "../../../shared/service.ts";
import { say } from "../language.ts";

const away: Text = { ko: "서버에 닿지 않습니다.", en: "The server cannot be reached." };

/** A refusal is a sentence that can be shown. */
async function answerOf<T>(path: string, init: RequestInit, read: (response: Response) => Promise<unknown>): Promise<Result<T>> {
  try {
    const response = await fetch(path, init);
    if (response.status === 401) location.assign("/sign-in");
    const body = response.status === 204 ? undefined : await (response.ok ? read(response) : response.json());
    if (response.ok) return { ok: true, value: body as T };
    const detail = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : response.statusText;
    return { ok: false, reason: `${response.status} ${detail}` };
  } catch {
    return { ok: false, reason: say(away) };
  }
}
const json = (response: Response): Promise<unknown> => response.json();

/** Asks the console's server. */
export const fetchJson = <T>(path: string): Promise<Result<T>> => answerOf<T>(path, { headers: { Accept: "application/json" } }, json);
/** The same of what is no JSON. */
export const fetchText = (path: string): Promise<Result<string>> => answerOf<string>(path, {}, (response) => response.text());
/** Asks the console's server to do something. */
export const sendJson = <T>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<Result<T>> =>
  answerOf<T>(
    path,
    {
      method,
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    json,
  );
