import type { Series } from "../../shared/city-port.ts";

type Cell = string | number | boolean | null;

/** Spreadsheets read UTF-8 only after a byte order mark. Lines end as RFC 4180 says. */
export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(written).join(",")).join("\r\n")}\r\n`;
}

/** What people wrote must not become a formula where the file is opened (OWASP: CSV injection); then quoted where RFC 4180 asks for it. */
function written(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The browser of a spreadsheet user asks for text/html first; a program that wants CSV names it. */
export const wantsCsv = (format: string | undefined, accept: string | undefined): boolean =>
  format === undefined ? (accept ?? "").toLowerCase().startsWith("text/csv") : format === "csv";

/** Times in ISO 8601, so that no one guesses the zone. */
export const iso = (t: number): string => new Date(t).toISOString();

export const seriesCsv = ({ points }: Series): string =>
  csvOf(
    ["t", "min", "mean", "max", "n", "quality"],
    points.map(({ t, min, mean, max, n, q }) => [iso(t), min, mean, max, n, q ?? "good"]),
  );
