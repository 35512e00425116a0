import { z } from "zod";
import { isoInstant } from "./timestamp.ts";
import { idPattern } from "./topics.ts";

/** Fields that the schemas of HTTP share. */

/** A query time, as epoch ms. */
const time = z.string().transform((text, context): number => {
  // An offset's `+` that was not escaped arrives as a space.
  const iso = text.replace(" ", "+");
  const at = /^\d{1,16}$/.test(text) ? Number(text) : (isoInstant(iso) ?? Number.NaN);
  // 8.64e15 ms is the end of time in ECMAScript (21.4.1.1).
  if (at <= 8.64e15) return at;
  context.addIssue({ code: "custom", message: "not a time" });
  return z.NEVER;
});
export const timeHelp = "ISO 8601 with Z or an offset (2026-11-24T09:00:00Z, 2026-11-24T18:00:00+09:00) or epoch milliseconds";
export const from = time.optional().describe(`Begin, ${timeHelp}`);
export const to = time.optional().describe(`End, ${timeHelp}; default: now in the city`);
export const whole = (min: number, max: number, standard: number, what: string) =>
  z.coerce.number().int().min(min).max(max).default(standard).describe(`${what}, a whole number from ${min} to ${max}; default ${standard}`);
export const id = z.string().regex(idPattern, "an id has a-z, 0-9 and -");
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

export const instant = z.number().describe("Epoch ms UTC");
export const text = z.object({ ko: z.string(), en: z.string() });
