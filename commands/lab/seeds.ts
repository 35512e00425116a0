import { randomInt } from "node:crypto";
import { Complaint } from "../talk.ts";

/** `3` = three seeds that nobody has chosen; `7,12` = these. */
export function seedsOf(asked: string): readonly number[] {
  if (asked.includes(",")) return asked.split(",").map(seed);
  const count = Number(asked);
  if (!Number.isInteger(count) || count < 1 || count > 100)
    throw new Complaint(`--seeds takes a number of seeds (3) or a list (7,12), not "${asked}"`, 2);
  return Array.from({ length: count }, () => randomInt(1, 1_000_000));
}

function seed(text: string): number {
  if (!/^\d{1,10}$/.test(text.trim())) throw new Complaint(`"${text}" is no seed: give whole numbers`, 2);
  return Number(text);
}
