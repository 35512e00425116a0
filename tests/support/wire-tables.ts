import { packLimit } from "../../broker/ingest/decode.ts";
import { frameLimit } from "../../broker/mqtt/sieve.ts";
import type { CommandField, CommandType, ReadBack } from "../../shared/command.ts";
import { readConfig } from "../../shared/runtime/config.ts";
import type { DeviceKind, EventField, EventType, Metric, Service } from "../../shared/service.ts";
import { aheadToleranceMs, fieldLagMs } from "../../shared/timeline.ts";

/** The parts of docs/wire.md that follow from the code. */
type Row = readonly string[];

const line = (cells: Row): string => `| ${cells.join(" | ")} |\n`;
const table = (head: Row, rows: readonly Row[]): string => line(head) + line(head.map(() => "---")) + rows.map(line).join("");
const code = (word: string): string => `\`${word}\``;
const codes = (words: readonly string[]): string => words.map(code).join(" ");
const range = (min: number, max: number): string => `${min.toLocaleString("en")} to ${max.toLocaleString("en")}`;

function metricRow(name: string, metric: Metric, derived: boolean): Row {
  const lead = [code(name), `${metric.label.en}, ${metric.label.ko}${derived ? "; the room can derive it" : ""}`];
  if (metric.kind === "number") return [...lead, code(metric.unit), range(metric.min, metric.max), String(metric.precision), metric.aggregate];
  if (metric.kind === "flag") return [...lead, "flag", "`true` `false`", "-", "share"];
  if (metric.kind === "state") return [...lead, "state", codes(metric.words), "-", "spans"];
  return [...lead, "position", "`[lat, lon]` in degrees", "6", "-"];
}
const kindRow = ([name, kind]: [string, DeviceKind]): Row => [
  code(name),
  `${kind.label.en}, ${kind.label.ko}`,
  codes(kind.metrics),
  `${kind.every} s`,
  `${kind.stale} s`,
  codes(kind.constants ?? []) || "-",
];
function fieldText(name: string, field: EventField): string {
  if (field.kind === "number") return `${code(name)} ${range(field.min, field.max)} ${code(field.unit)}`;
  return field.kind === "word" ? `${code(name)} one of ${codes(field.words)}` : `${code(name)} a token`;
}
const eventRow = ([name, { label, fields }]: [string, EventType]): Row => [
  code(name),
  `${label.en}, ${label.ko}`,
  Object.entries(fields)
    .map(([field, one]) => fieldText(field, one))
    .join("; ") || "-",
];

function argumentText(name: string, field: CommandField): string {
  if (field.kind === "word") return `${code(name)} one of ${codes(Object.keys(field.words))}`;
  return `${code(name)} ${range(field.min, field.max)} ${code(field.unit)} by ${field.step}`;
}
function readBackText(back: ReadBack): string {
  if ("event" in back) return `event ${code(back.event)}`;
  return `${code(back.metric)} ${"arg" in back ? `as ${code(back.arg)}` : `is ${codes(back.is.map(String))}`}`;
}
const commandRow = ([name, { label, kind, fields, readBack, timeout }]: [string, CommandType]): Row => [
  code(name),
  `${label.en}, ${label.ko}`,
  code(kind),
  Object.entries(fields)
    .map(([field, one]) => argumentText(field, one))
    .join("; ") || "-",
  `${readBackText(readBack)} within ${timeout} s`,
];

function serviceTables(service: Service): string {
  const derived = new Set(service.derived.map(({ metric }) => metric));
  const formulas = service.derived.map(({ metric, source }) => `- ${code(metric)}: ${source}\n`);
  return [
    `### ${service.id}: ${service.title.en}, ${service.title.ko}\n`,
    ...(service.sensitive ? ["Sensitive: readers of MQTT hear nothing of its devices.\n"] : []),
    table(["kind", "what", "metrics", "every", "stale after", "constants"], Object.entries(service.kinds).map(kindRow)),
    table(
      ["metric", "what", "unit", "range or words", "decimals", "over time"],
      Object.entries(service.metrics).map(([name, metric]) => metricRow(name, metric, derived.has(name))),
    ),
    ...(formulas.length > 0 ? [`Derived when the sensor does not say it:\n\n${formulas.join("")}`] : []),
    table(["event", "what", "fields"], Object.entries(service.events).map(eventRow)),
    ...(Object.keys(service.commands).length > 0
      ? [table(["command", "what", "to", "arguments", "obeyed when"], Object.entries(service.commands).map(commandRow))]
      : []),
  ].join("\n");
}

export const serviceChapter = (services: readonly Service[]): string => `\n${services.map(serviceTables).join("\n")}\n`;

export function limitsTable(): string {
  const config = readConfig({});
  if (!config.ok) throw new Error(config.reason);
  return `\n${table(
    ["limit", "value", "beyond it"],
    [
      ["packet", `${frameLimit / 1024} KB`, "the connection ends; counted as `size`"],
      ["pack", `${packLimit} messages`, "refused whole, as `shape`"],
      ["`t` ahead of its timeline", `${aheadToleranceMs / 1000} s`, "refused as `time`"],
      ["`t` behind its timeline", `${config.value.GWANJE_RETENTION_DAYS} days, GWANJE_RETENTION_DAYS`, "refused as `time`"],
      ["the field's time behind the wall clock", `${fieldLagMs / 1000} s`, "-"],
    ],
  )}\n`;
}
