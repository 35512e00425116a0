import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { RunView } from "../../director/run.ts";
import { openRunJournal } from "../../director/run-journal.ts";

const view = (n: number): RunView => ({
  ...{ id: `run-${n}`, scenario: null, cityRun: "c", seed: 1, by: "me", startedAt: n, from: 0, to: 1000, now: 0, state: "running", drill: false },
  ...{ steps: [], expectations: [], truths: [], passed: null, reason: null, repeat: "" },
});

it("tells of a run that was cut off until somebody has ended in order, however often it is killed", async () => {
  const dir = await mkdtemp(join(tmpdir(), "gwanje-playing-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const open = () =>
    openRunJournal(dir, (cause) => {
      throw cause;
    });
  const first = await open();
  first.begun(view(1));
  first.begun(view(2));
  first.ended("run-2");
  await expect.poll(() => readdir(dir)).toEqual(["run-1.json"]);
  // killed, and killed again while it opens
  await open();
  const third = await open();
  expect(third.lost.map(({ id, state }) => `${id} ${state}`)).toEqual(["run-1 stopped"]);
  await third.close();
  expect((await open()).lost).toEqual([]);
});

it("tells of the newest, when there are many", async () => {
  const dir = await mkdtemp(join(tmpdir(), "gwanje-playing-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const trouble: unknown[] = [];
  const first = await openRunJournal(dir, (cause) => trouble.push(cause));
  for (let n = 0; n < 40; n++) first.begun(view(n));
  await first.close();
  const { lost } = await openRunJournal(dir, (cause) => trouble.push(cause));
  expect([lost.length, lost[0]?.id, lost.at(-1)?.id]).toEqual([30, "run-39", "run-10"]);
  expect(await readdir(dir)).toHaveLength(30);
  expect(trouble).toEqual([]);
});
