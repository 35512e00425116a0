import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { openRuns } from "../../broker/runs.ts";
import { tempFolder } from "../support/temp-ledger.ts";

const log = pino({ level: "silent" });
const influx = { kind: "influx", url: "http://127.0.0.1:1", token: "t", org: "o", bucket: "b" } as const;

async function folderWith(files: readonly string[]): Promise<string> {
  const dir = await tempFolder();
  for (const file of files) {
    await mkdir(join(dir, file, ".."), { recursive: true });
    await writeFile(join(dir, file), "x");
  }
  return dir;
}

describe("runs in a data folder", () => {
  it("leave those that are wanted and what is no run's, when the others go", async () => {
    const dir = await folderWith(["field", "r1", "r2", "r2.v1"].map((run) => join("runs", `${run}.duckdb`)));
    for (const file of ["r1.duckdb.wal", "influx-home"]) await writeFile(join(dir, "runs", file), "x");
    const runs = await openRuns(dir, { kind: "embedded" }, log);
    await runs.keepOnly(["field", "r2"]);
    expect((await readdir(join(dir, "runs"))).sort()).toEqual(["field.duckdb", "influx-home", "r2.duckdb"]);
  });

  it("begin from images of the embedded store alone", async () => {
    const dir = await folderWith([join("images", "full.fold"), join("images", "full.duckdb"), join("images", "half.fold")]);
    expect((await openRuns(dir, { kind: "embedded" }, log)).images()).toEqual(["full"]);
    expect((await openRuns(dir, influx, log)).images()).toEqual([]);
  });
});
