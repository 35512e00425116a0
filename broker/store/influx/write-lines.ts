import { type InfluxServer, LinesRefused } from "./server.ts";

export type OnRefused = (lines: readonly string[], reason: string) => void;

/** Beyond about this size a request gains little and holds the server's memory. */
const linesPerRequest = 5_000;

/** Writes in order. Lines that the server will never take are found by halving and told to `onRefused`; writing a good line twice changes nothing. */
export async function writeLines(server: InfluxServer, lines: readonly string[], onRefused: OnRefused): Promise<void> {
  for (let from = 0; from < lines.length; from += linesPerRequest) {
    await writeOrHalve(server, lines.slice(from, from + linesPerRequest), onRefused);
  }
}

async function writeOrHalve(server: InfluxServer, lines: readonly string[], onRefused: OnRefused): Promise<void> {
  try {
    await server.write(lines);
  } catch (error) {
    if (!(error instanceof LinesRefused)) throw error;
    if (lines.length === 1) return onRefused(lines, error.message);
    const middle = lines.length >> 1;
    await writeOrHalve(server, lines.slice(0, middle), onRefused);
    await writeOrHalve(server, lines.slice(middle), onRefused);
  }
}
