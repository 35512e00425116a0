import type { Series } from "../../shared/city-port.ts";

/** Spreadsheets read UTF-8 only after a byte order mark. Lines end as RFC 4180 says. Times in ISO 8601, so that no one guesses the zone. */
export function seriesCsv(series: Series): string {
  const rows = series.points.map((point) =>
    [new Date(point.t).toISOString(), point.min, point.mean, point.max, point.n, point.q ?? "good"].join(","),
  );
  return `\uFEFF${["t,min,mean,max,n,quality", ...rows].join("\r\n")}\r\n`;
}
