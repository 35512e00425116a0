import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { holdFolder } from "../../commands/running-city.ts";
import { temporaryFolder } from "../support/test-chain.ts";

/** Linux has a file that is a full disk. */
const full = "/dev/full";

it.skipIf(!existsSync(full))("says that the disk is full, and what makes room, when a city is started on one", async () => {
  const dataDir = await temporaryFolder();
  await symlink(full, join(dataDir, "running.json.part"));
  expect(await holdFolder(dataDir)).toMatchObject({ ok: false, reason: expect.stringMatching(/is full.*make room and start again.*images/) });
});
