import type { DuckDBConnection } from "@duckdb/node-api";
import type { ServiceColumns } from "../column-batch.ts";
import { columnsOf } from "../columns-of.ts";
import { foldRows, qualityBits } from "../fold-rows.ts";
import { appendColumns } from "./append-columns.ts";
import { type Layout, quoted } from "./schema.ts";

/** Rows that may be there already: merged per metric by (device, t), the others added, within the current transaction. */
export async function mergeLate(connection: DuckDBConnection, layout: Layout, late: ServiceColumns): Promise<void> {
  if (late.rows === 0) return;
  const rows = foldRows(layout.service, late);
  const table = quoted(layout.service.id);
  await connection.run(`CREATE OR REPLACE TEMP TABLE _late AS FROM ${table} LIMIT 0`);
  await appendColumns(connection, "_late", layout, rows);
  const [first, last] = timeRange(rows);
  // The constant bounds let DuckDB skip the row groups that hold none of these times.
  const same = `old.device = late.device AND old.t = late.t AND old.t BETWEEN ${first} AND ${last}`;
  await connection.run(`UPDATE ${table} AS old SET ${assignments(layout)} FROM _late AS late WHERE ${same}`);
  await connection.run(`INSERT INTO ${table} FROM _late AS late WHERE NOT EXISTS (FROM ${table} AS old WHERE ${same})`);
  await connection.run("DROP TABLE _late");
}

function assignments({ service }: Layout): string {
  const columns = columnsOf(service);
  const bits = qualityBits(service);
  const present = columns.map(({ name }) => `CASE WHEN late.${quoted(name)} IS NULL THEN 0 ELSE ${bits.get(name) ?? 0} END`).join(" | ");
  const kept = ["window", ...columns.map(({ name }) => name)].map((name) => `${quoted(name)} = coalesce(late.${quoted(name)}, old.${quoted(name)})`);
  return [...kept, `quality = (old.quality & ~(${present})) | (late.quality & (${present}))`].join(", ");
}

function timeRange({ t, rows }: ServiceColumns): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < rows; i++) {
    first = Math.min(first, t[i] ?? first);
    last = Math.max(last, t[i] ?? last);
  }
  return [first, last];
}
