import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStore } from "../../broker/store/open-store.ts";
import { readingStoreContract } from "./reading-store.contract.ts";

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "gwanje-store-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

readingStoreContract("the embedded store", async () => {
  const file = join(await folder(), "run.duckdb");
  return { open: (services) => openStore({ kind: "embedded", file }, { services }) };
});
