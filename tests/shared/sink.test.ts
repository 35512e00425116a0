import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openSink } from "../../commands/recording/sink.ts";
import { temporaryFolder } from "../support/test-chain.ts";

it("holds every line when it is closed, and is waited for when the disk is slower", async () => {
  const file = join(await temporaryFolder(), "out.ndjson");
  const sink = await openSink(file);
  const line = "물".repeat(2000);
  let waited = 0;
  for (let n = 0; n < 50; n++) {
    if (sink.write(line)) continue;
    waited += 1;
    await sink.drained();
  }
  await sink.close();
  expect(waited).toBeGreaterThan(0);
  expect((await readFile(file, "utf8")).split("\n")).toEqual([...Array.from({ length: 50 }, () => line), ""]);
});

it.skipIf(process.platform !== "linux")("says that the disk is full, once it is closed, and to whoever goes on writing", async () => {
  const sink = await openSink("/dev/full");
  const line = "a".repeat(100_000);
  sink.write(line);
  await sink.drained();
  expect(sink.failed.aborted).toBe(true);
  await expect(sink.close()).rejects.toThrow("/dev/full cannot be written: ENOSPC");
});

it("cannot be opened where there is no folder", async () => {
  await expect(openSink(join(await temporaryFolder(), "none", "out.ndjson"))).rejects.toMatchObject({
    code: 2,
    message: /cannot be written: ENOENT/,
  });
});
