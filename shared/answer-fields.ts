import { z } from "zod";
import { instant } from "./api-fields.ts";

/** Fields that the answers of the room share. */

/** Has every field, the optional ones too. */
export type Whole<T> = z.ZodType<T> & { readonly shape: Readonly<Record<keyof T, z.ZodType>> };

export const count = z.number().int();
export const when = instant.nullable();
export const word = z.string().nullable();
export const timeline = z.enum(["city", "field"]);
