import { copyFile, mkdtemp, rm } from "node:fs/promises";
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

export interface TempLedger {
  readonly root: RootDatabase;
  /** Closes it; gives what the next start finds in it. */
  reopen(): Promise<RootDatabase>;
  /** What a start would find if the process were killed now. */
  killed(): Promise<RootDatabase>;
}

/** The data folder's durable file, real and empty. */
export async function tempLedger(): Promise<TempLedger> {
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
    async killed() {
      await open.flushed;
      const copy = join(await tempFolder(), "ledger.mdb");
      await copyFile(file, copy);
      const left = openLedgerFile(copy);
      onTestFinished(() => left.close());
      return left;
    },
  };
}
