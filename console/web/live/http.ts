import type { Result } from "../../../shared/result.ts";
import type { Text } from "../../../shared/service.ts";
import { say } from "../language.ts";

const away: Text = { ko: "서버에 닿지 않습니다.", en: "The server cannot be reached." };

/** Asks the console's server; a refusal is a sentence that can be shown. */
export async function fetchJson<T>(path: string): Promise<Result<T>> {
  try {
    const response = await fetch(path, { headers: { Accept: "application/json" } });
    if (response.status === 401) location.assign("/sign-in");
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, value: body as T };
    const detail = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : response.statusText;
    return { ok: false, reason: `${response.status} ${detail}` };
  } catch {
    return { ok: false, reason: say(away) };
  }
}
