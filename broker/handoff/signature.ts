import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { ok, type Result, refuse } from "../../shared/result.ts";

/** Signs as Standard Webhooks says: HMAC-SHA256 over id, time and body; a signature older than five minutes is worth nothing. `at`: wall clock, ms. */
export function signed(secret: string, id: string, body: string, at: number): Record<string, string> {
  const time = new Date(at);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": webhookOf(secret).sign(id, time, body),
  };
}

/** Whether the body comes from whoever knows the secret. Headers in small letters. */
export function checkSignature(secret: string, headers: Readonly<Record<string, string | undefined>>, body: string): Result<true> {
  const given = Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])));
  try {
    webhookOf(secret).verify(body, given, { jsonParse: false });
    return ok(true);
  } catch (cause) {
    if (cause instanceof WebhookVerificationError) return refuse(cause.message);
    throw cause;
  }
}

/** The secret's bytes as UTF-8: the library itself would cut letters beyond Latin-1. */
const webhookOf = (secret: string): Webhook => new Webhook(Buffer.from(secret, "utf8"), { format: "raw" });
