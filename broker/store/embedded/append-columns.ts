import { createRequire } from "node:module";
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType, DuckDBTypeId } from "@duckdb/node-api";
import type { ServiceColumns } from "../column-batch.ts";
import type { Layout } from "./schema.ts";

/**
 * The functions of DuckDB's binding that copy memory into a vector. `node-api` wraps them value by value, which costs several times more;
 * they are reached through `node-api`, so that both always speak to the same binding.
 */
interface VectorMemory {
  data_chunk_get_vector(chunk: unknown, column: number): unknown;
  copy_data_to_vector(vector: unknown, at: number, source: ArrayBufferLike, from: number, bytes: number): void;
  vector_ensure_validity_writable(vector: unknown): void;
  copy_data_to_vector_validity(vector: unknown, at: number, source: ArrayBufferLike, from: number, bytes: number): void;
}
const nodeApi = createRequire(import.meta.url).resolve("@duckdb/node-api");
const memory = createRequire(nodeApi)("@duckdb/node-bindings") as VectorMemory;

/** Rows of one data chunk: DuckDB's vector size. */
const chunkRows = 2048;
type Numbers = Float64Array | Float32Array | Int32Array;

const times = new BigInt64Array(chunkRows);
const timeWords = new Uint32Array(times.buffer);
const codes = new Uint8Array(chunkRows);
const valid = new Uint32Array(chunkRows / 32);

/** Appends all rows to `table` within the current transaction. A column of the table that the batch does not name stays NULL. */
export async function appendColumns(connection: DuckDBConnection, table: string, layout: Layout, rows: ServiceColumns): Promise<void> {
  if (rows.rows === 0) return;
  const appender = await connection.createAppender(table);
  const chunk = DuckDBDataChunk.create(layout.columns.map(({ type }) => type));
  for (let from = 0; from < rows.rows; from += chunkRows) {
    const n = Math.min(chunkRows, rows.rows - from);
    chunk.reset();
    chunk.rowCount = n;
    layout.columns.forEach(({ name, type }, index) => {
      fill(memory.data_chunk_get_vector(chunk.chunk, index), type, sourceOf(rows, name), from, n);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

const sourceOf = (rows: ServiceColumns, name: string): Numbers | undefined =>
  name === "device" || name === "t" || name === "window" || name === "quality" ? rows[name] : rows.values[name];

function fill(vector: unknown, type: DuckDBType, source: Numbers | undefined, from: number, n: number): void {
  if (markValid(source, from, n)) {
    memory.vector_ensure_validity_writable(vector);
    memory.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, Math.ceil(n / 64) * 8);
  }
  if (source === undefined) return;
  if (type.typeId === DuckDBTypeId.BIGINT) {
    for (let i = 0; i < n; i++) {
      const t = source[from + i] ?? 0;
      timeWords[2 * i] = t % 0x1_0000_0000;
      timeWords[2 * i + 1] = Math.floor(t / 0x1_0000_0000);
    }
    memory.copy_data_to_vector(vector, 0, times.buffer, 0, n * 8);
  } else if (type.typeId === DuckDBTypeId.UTINYINT) {
    for (let i = 0; i < n; i++) codes[i] = source[from + i] ?? 0;
    memory.copy_data_to_vector(vector, 0, codes.buffer, 0, n);
  } else {
    const size = source.BYTES_PER_ELEMENT;
    memory.copy_data_to_vector(vector, 0, source.buffer, source.byteOffset + from * size, n * size);
  }
}

/** Writes the bits of the rows that hold a value into `valid`; answers whether any row does not. */
function markValid(source: Numbers | undefined, from: number, n: number): boolean {
  valid.fill(0);
  if (source === undefined) return true;
  if (source instanceof Int32Array) return false;
  let absent = false;
  for (let i = 0; i < n; i++) {
    const value = source[from + i] ?? Number.NaN;
    if (Number.isNaN(value)) absent = true;
    else valid[i >> 5] = (valid[i >> 5] ?? 0) | (1 << (i & 31));
  }
  return absent;
}
