import type { EventField, EventType } from "../../shared/service.ts";
import { decimal } from "./decimal.ts";
import type { Measured } from "./sensing.ts";

/** Who speaks: `head` is the unchanging beginning of the device's payloads. */
export interface Stamp {
  readonly b: number;
  readonly seq: number;
}
export const payloadHead = (device: string): string => `{"v":1,"d":"${device}","t":`;

/** `window` in seconds when the reading holds counts over a window, else 0. */
export function readingPayload(head: string, t: number, stamp: Stamp, window: number, measured: Measured): string {
  const counted = window > 0 ? `,"i":${window}` : "";
  const quality = measured.q === "" ? "" : `,"q":{${measured.q}}`;
  return `${head}${t},"b":${stamp.b},"seq":${stamp.seq}${counted},"m":{${measured.m}}${quality}}`;
}

/** Fields in the contract's order; numbers in hundredths, inside the contract's range; what the contract does not name is left out. */
export function eventPayload(
  head: string,
  t: number,
  stamp: Stamp,
  name: string,
  type: EventType,
  x: Readonly<Record<string, number | string>>,
): string {
  const fields: string[] = [];
  for (const [key, field] of Object.entries(type.fields)) {
    const value = fieldText(field, x[key]);
    if (value !== undefined) fields.push(`"${key}":${value}`);
  }
  const body = fields.length === 0 ? "" : `,"x":{${fields.join(",")}}`;
  return `${head}${t},"b":${stamp.b},"seq":${stamp.seq},"e":"${name}"${body}}`;
}

function fieldText(field: EventField, value: number | string | undefined): string | undefined {
  if (field.kind === "number")
    return typeof value === "number" && Number.isFinite(value)
      ? decimal(Math.round(Math.min(field.max, Math.max(field.min, value)) * 100), 2)
      : undefined;
  if (typeof value !== "string") return undefined;
  if (field.kind === "word") return field.words.includes(value) ? `"${value}"` : undefined;
  return /^[a-z0-9]{1,32}$/.test(value) ? `"${value}"` : undefined;
}
