import type { Destination } from "./courier.ts";
import type { HandoffRecord } from "./handoff-record.ts";
import { linkEventOf } from "./link-event.ts";
import { signed } from "./signature.ts";
import { within } from "./within.ts";

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly trouble: string; readonly final: boolean };

const longestReason = 300;
/** Of 4xx only these speak of now; the others would answer the same again (RFC 9110, 15.5). */
const passing = new Set([408, 425, 429]);

/** One try to bring a hand-over to the other side. */
export async function postEvent(
  record: HandoffRecord,
  city: string,
  { url, secret }: Exclude<Destination, { receiver: "off" }>,
  { timeout, end }: { timeout: number; end: AbortSignal },
): Promise<Outcome> {
  const body = JSON.stringify(linkEventOf(record, city));
  try {
    return await within(timeout, end, async (signal) => {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/cloudevents+json; charset=utf-8", ...signed(secret, record.id, body, Date.now()) },
        body,
        signal,
      });
      if (response.ok) {
        await response.body?.cancel();
        return { ok: true };
      }
      const said = await beginOf(response);
      const final = response.status < 500 && !passing.has(response.status);
      return { ok: false, final, trouble: `it answered ${response.status}${said === "" ? "" : `: ${said}`}` };
    });
  } catch (cause) {
    return { ok: false, final: false, trouble: reasonOf(cause, timeout) };
  }
}

/** Begin of what it said; what is long is not read to its end. */
async function beginOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let said = "";
  while (reader !== undefined && said.length < longestReason) {
    const { done, value } = await reader.read();
    if (done) break;
    said += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return said.slice(0, longestReason).trim();
}

function reasonOf(cause: unknown, timeout: number): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "TimeoutError") return `no answer within ${timeout / 1000} s`;
  const inner = cause.cause instanceof Error ? (cause.cause as NodeJS.ErrnoException) : undefined;
  return `it cannot be reached: ${inner?.code ?? inner?.message ?? cause.message}`.slice(0, longestReason);
}
