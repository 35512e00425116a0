import type { Topic } from "./bands.ts";
import { type Finding, limits, type Verdict } from "./judge.ts";

export const written = (value: number): string => {
  if (Number.isNaN(value)) return "-";
  if (Math.abs(value) >= 1000) return Math.round(value).toString();
  return Number(value.toPrecision(3)).toString();
};

/** The real band as it is shown: p10 / p50 / p90, a mark, or one real value. */
export function realOf(finding: Finding): string {
  if (finding.band !== undefined) return finding.band.map(written).join(" / ");
  const [low, high] = limits(finding);
  if (low !== undefined && high !== undefined) return `${written(low)} .. ${written(high)}`;
  if (low !== undefined) return `at least ${written(low)}`;
  return high === undefined ? `real ${written(finding.real ?? Number.NaN)}` : `at most ${written(high)}`;
}
export function judgement({ inside, by }: Finding): string {
  if (inside === null) return "not judged";
  if (inside) return "inside";
  return Number.isFinite(by) ? `outside by ${by.toFixed(2)}` : "outside";
}

/** One service's findings under each other. */
export function tableOf(topic: Topic, findings: readonly Finding[], { passes }: Verdict): string {
  const rows = findings.map((one) => [one.text, written(one.value), realOf(one), judgement(one), one.bySeed.map(written).join(" ")]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, at) => (at === 1 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join("  ")}`.trimEnd(),
  );
  return [`${topic}: ${passes ? "passes" : "FAILS"}`, ...lines].join("\n");
}
