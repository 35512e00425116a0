import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RootDatabase } from "lmdb";
import { onTestFinished } from "vitest";
import { openLedgerFile } from "../../broker/log/message-log.ts";

/** A folder of the test's own, removed with it. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gwanje-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The data folder's durable file, real and empty; `reopen` gives what the next start finds in it. */
export async function tempLedger(): Promise<{ root: RootDatabase; reopen(): Promise<RootDatabase> }> {
  const file = join(await tempFolder(), "ledger.mdb");
  let open = openLedgerFile(file);
  const close = async (): Promise<void> => {
    await open.flushed;
    await open.close();
  };
  onTestFinished(close);
  return {
    root: open,
    async reopen() {
      await close();
      open = openLedgerFile(file);
      return open;
    },
  };
}
