import { ok, type Result, refuse } from "../../shared/result.ts";
import { type DeviceTopic, parseDeviceTopic } from "../../shared/topics.ts";
import { type Fields, isFields, type Refusal, refusal } from "./check.ts";

/** No honest pack comes near it; each message of one costs its own check. */
export const packLimit = 4000;

/** Bytes to objects: one object, or an array of them (a pack). */
export function decode(topic: string, payload: Buffer | string): Result<{ topic: DeviceTopic; messages: readonly unknown[] }, Refusal> {
  const parsed = parseDeviceTopic(topic);
  if (!parsed.ok) return refuse(refusal("topic", parsed.reason));
  const body = parseJson(payload);
  if (!body.ok) return body;
  const messages = Array.isArray(body.value) ? body.value : [body.value];
  if (messages.length === 0) return refuse(refusal("shape", "the pack is empty"));
  if (messages.length > packLimit) return refuse(refusal("shape", `the pack has ${messages.length} messages; at most ${packLimit} are taken`));
  return ok({ topic: parsed.value, messages });
}

export function parseJson(payload: Buffer | string): Result<unknown, Refusal> {
  try {
    return ok(JSON.parse(typeof payload === "string" ? payload : payload.toString("utf8")));
  } catch (cause) {
    return refuse(refusal("json", `the payload is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`));
  }
}

/** The part of a message that says whose it is. */
export function deviceIdOf(message: unknown): Result<{ id: string; fields: Fields }, Refusal> {
  if (!isFields(message)) return refuse(refusal("shape", "a reading is a JSON object"));
  const id = message.d;
  return typeof id === "string" ? ok({ id, fields: message }) : refuse(refusal("shape", `"d" must be the device id`));
}
