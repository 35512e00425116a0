import { BIGINT, DOUBLE, type DuckDBConnection, type DuckDBType, FLOAT, INTEGER, UTINYINT } from "@duckdb/node-api";
import type { Service } from "../../../shared/service.ts";
import { columnsOf } from "../columns-of.ts";

/** Columns of one table in the order of the file, which the appender follows. */
export interface Layout {
  readonly service: Service;
  readonly columns: readonly { readonly name: string; readonly type: DuckDBType }[];
}

const own: readonly (readonly [string, DuckDBType])[] = [
  ["device", INTEGER],
  ["t", BIGINT],
  ["window", FLOAT],
  ["quality", INTEGER],
];
/** 3 bits per metric in a signed 32-bit integer. */
const mostMetrics = 10;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Makes or extends the tables for `services`. Their ids hold no underscore, so the store's own tables cannot collide with them. */
export async function openSchema(connection: DuckDBConnection, services: readonly Service[]): Promise<ReadonlyMap<string, Layout>> {
  await connection.run("CREATE TABLE IF NOT EXISTS _device (ix INTEGER, id VARCHAR, service VARCHAR, kind VARCHAR, district VARCHAR, stale DOUBLE)");
  await connection.run("CREATE TABLE IF NOT EXISTS _checkpoint (position BIGINT)");
  await connection.run("INSERT INTO _checkpoint SELECT 0 WHERE NOT EXISTS (FROM _checkpoint)");
  const layouts = new Map<string, Layout>();
  for (const service of services) layouts.set(service.id, await openTable(connection, service));
  return layouts;
}

async function openTable(connection: DuckDBConnection, service: Service): Promise<Layout> {
  const wanted = wantedColumns(service);
  const definition = [...wanted].map(([name, type]) => `${quoted(name)} ${type}`).join(", ");
  await connection.run(`CREATE TABLE IF NOT EXISTS ${quoted(service.id)} (${definition})`);
  const found = new Map(await tableColumns(connection, service.id));
  for (const [name, type] of wanted) {
    const there = found.get(name);
    if (there === undefined) await connection.run(`ALTER TABLE ${quoted(service.id)} ADD COLUMN ${quoted(name)} ${type}`);
    else if (there !== `${type}`) {
      throw new Error(`The store holds ${service.id}/${name} as ${there}, the contract now asks for ${type}: give the metric another name`);
    }
  }
  const types = new Map([UTINYINT, ...own.map(([, type]) => type), DOUBLE].map((type) => [`${type}`, type]));
  const columns = (await tableColumns(connection, service.id)).map(([name, type]) => ({ name, type: types.get(type) ?? DOUBLE }));
  return { service, columns };
}

/** Numbers are DOUBLE: decimals compress as well as FLOAT in this engine (ALP, Afroozeh et al. 2023), and come back as they were accepted. */
function wantedColumns(service: Service): ReadonlyMap<string, DuckDBType> {
  const metrics = Object.keys(service.metrics).length;
  if (metrics > mostMetrics) throw new Error(`${service.id} has ${metrics} metrics; the packed quality has room for ${mostMetrics}`);
  const wanted = new Map<string, DuckDBType>(own);
  for (const { name, kind } of columnsOf(service)) {
    if (wanted.has(name)) throw new Error(`${service.id}: a metric cannot be called "${name}", the store has a column of that name`);
    wanted.set(name, kind === "flag" || kind === "state" ? UTINYINT : DOUBLE);
  }
  return wanted;
}

async function tableColumns(connection: DuckDBConnection, table: string): Promise<[string, string][]> {
  const reader = await connection.runAndReadAll(
    "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $1 AND NOT internal ORDER BY column_index",
    [table],
  );
  return reader.getRowsJS().map(([name, type]) => [String(name), String(type)]);
}
