import type { InfluxServer } from "./server.ts";
import { LinesRefused } from "./trouble.ts";

/** Told of lines that the server will never take. Without lines when the server does not say which ones: the reason holds their number. */
export type OnRefused = (lines: readonly string[], reason: string) => void;

/** Beyond about this size a request gains little and holds the server's memory. */
export const linesPerRequest = 5_000;

/** Writes one request's lines. Lines that cannot be read are found by halving; writing a good line twice changes nothing. */
export async function writeLines(server: InfluxServer, lines: readonly string[], onRefused: OnRefused): Promise<void> {
  try {
    await server.write(lines);
  } catch (error) {
    if (!(error instanceof LinesRefused)) throw error;
    if (error.kept) return onRefused([], error.message);
    if (lines.length <= 1) return onRefused(lines, error.message);
    const middle = lines.length >> 1;
    await writeLines(server, lines.slice(0, middle), onRefused);
    await writeLines(server, lines.slice(middle), onRefused);
  }
}
