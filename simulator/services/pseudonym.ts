import { createRng, uniform } from "../random.ts";

/** Ten characters of `[a-z0-9]` that say nothing of whom they stand for; another salt (day, month) gives another token for the same subject. */
export function pseudonym(seed: number, salt: string, subject: string): string {
  const rng = createRng(seed, `pseudonym ${salt} ${subject}`);
  const half = (): string =>
    Math.floor(uniform(rng) * 60_466_176)
      .toString(36)
      .padStart(5, "0");
  return half() + half();
}
