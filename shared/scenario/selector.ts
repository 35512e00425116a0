import { z } from "zod";
import { idPattern } from "../topics.ts";

const id = z.string().regex(idPattern);
const one = z.union([id, z.array(id).min(1)]);

/** Which devices: all conditions hold together. Without any, every device of the city. */
export const selectorSchema = z.strictObject({
  device: one.optional().describe("ids of devices"),
  gateway: one.optional().describe("ids of gateways: all devices behind them"),
  service: one.optional().describe("ids of services"),
  kind: one.optional().describe("kinds of device within their service"),
  district: one.optional().describe("ids of districts"),
  tag: one.optional().describe("tags of places, as the city's plan has them"),
  except: one.optional().describe("ids of devices that are left out"),
  count: z.number().int().min(1).max(20_000).optional().describe("so many of them, drawn by the seed"),
  share: z
    .string()
    .regex(/^(100|\d{1,2})(\.\d+)?\s?%( of (devices|gateways))?$/)
    .optional()
    .describe('such a share of them, drawn by the seed, e.g. "10 % of gateways"'),
});
export type Selector = z.infer<typeof selectorSchema>;

/** What a selector needs to know of a device. */
export interface Selectable {
  readonly id: string;
  readonly service: string;
  readonly kind: string;
  readonly district: string;
  readonly gateway: string;
  readonly tags?: readonly string[];
}
