import { durationOf } from "../../../../../shared/scenario/duration.ts";
import type { InjectRequest } from "../../../../../shared/scenario/scenario-port.ts";

const quoted = (word: string): string => (/^[\w.,:=/%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** The command line that asks for the same. */
export function commandOf({ kind, on, lasts, with: args }: InjectRequest): string {
  const where = Object.entries(on).map(([name, value]) => `${name}=${Array.isArray(value) ? value.join("+") : value}`);
  return [
    "npx gwanje inject",
    kind,
    ...(where.length === 0 ? [] : ["--on", quoted(where.join(","))]),
    ...(lasts === undefined ? [] : ["--for", durationOf(lasts)]),
    ...Object.entries(args ?? {}).flatMap(([name, value]) => ["--with", quoted(`${name}=${value}`)]),
  ].join(" ");
}
