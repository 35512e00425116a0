import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openRunRecords, type RunRecord } from "../../director/keep/run-records.ts";
import type { RunView } from "../../director/play/run.ts";
import type { Scorecard } from "../../shared/scenario/scorecard.ts";

const view = (n: number): RunView => ({
  ...{ id: `run-${n}`, scenario: null, cityRun: "c", seed: 1, by: "me", startedAt: n, from: 0, to: 1000, now: 0, state: "running", drill: false },
  ...{ steps: [], expectations: [], truths: [], passed: null, reason: null, repeat: "" },
});

const raised = { operations: 0, maintenance: 0, nothing: 0 };
const noScore: Scorecard = {
  ...{ from: 0, to: 1000, found: [], kinds: [], confusion: { event: raised, fault: raised, nothing: raised }, false: [] },
  ...{ falsePerSensorDay: 0, sensors: 3, medianDelay: null, worstDelay: null, alarmsPerIncident: null },
  ...{ toAcknowledge: { city: null, wall: null, count: 0 }, toAction: { city: null, wall: null, count: 0 } },
};
const comeOver = (n: number): RunRecord => ({
  run: { ...view(n), state: "finished", passed: true },
  told: { scorecard: noScore, html: `<p>${n}</p>`, junit: `<n>${n}</n>` },
  comparison: null,
});
async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "gwanje-runs-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
const open = (dir: string) =>
  openRunRecords(dir, (cause) => {
    throw cause;
  });

it("tells what came of a run, and of one that was cut off that it was, however often it is killed", async () => {
  const dir = await folder();
  const first = await open(dir);
  first.begun(view(1));
  first.begun(view(2));
  first.keep(comeOver(2));
  await first.written();
  // killed, and killed again while it opens
  await open(dir);
  const past = (await open(dir)).past();
  expect(past.map(({ run, told }) => [run.id, run.state, told?.html])).toEqual([
    ["run-2", "finished", "<p>2</p>"],
    ["run-1", "stopped", undefined],
  ]);
});

it("keeps the newest, when there are many, and tells of none that is there no more", async () => {
  const dir = await folder();
  const first = await open(dir);
  for (let n = 0; n < 40; n++) first.begun(view(n));
  await first.written();
  const second = await open(dir);
  const ids = () => second.past().map(({ run }) => run.id);
  expect([ids().length, ids()[0], ids().at(-1)]).toEqual([30, "run-39", "run-10"]);
  second.keep(comeOver(50));
  await second.written();
  expect([ids().length, ids().at(-1)]).toEqual([29, "run-11"]);
  expect(await readdir(dir)).toHaveLength(30);
});

it("does not trip over what it does not understand, and leaves alone what is not its own", async () => {
  const dir = await folder();
  await writeFile(join(dir, "run-7.json"), '{"run":{}}');
  await writeFile(join(dir, "run-8.json.part"), '{"ru');
  await writeFile(join(dir, "field.duckdb"), "somebody else's");
  await mkdir(join(dir, "run-9.json"));
  const trouble: unknown[] = [];
  expect((await openRunRecords(dir, (cause) => trouble.push(cause))).past()).toEqual([]);
  expect(await readdir(dir)).toEqual(["field.duckdb", "run-9.json"]);
  expect(trouble).toHaveLength(1);
});
