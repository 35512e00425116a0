import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { keepBaseline } from "../../commands/scenario/baseline.ts";
import { openTruthStore } from "../../director/keep/truth-store.ts";
import type { Truth } from "../../shared/scenario/truth.ts";

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "gwanje-kept-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
/** So many hours ago. */
const age = (path: string, hours: number): Promise<void> =>
  utimes(path, new Date(Date.now() - hours * 3_600_000), new Date(Date.now() - hours * 3_600_000));
/** Names whose order is not that of their age: `n` is how old. */
const mixed = (n: number): string => `${(n * 7) % 10}-${n}`;
const truth: Truth = {
  v: 1,
  id: "a.b",
  by: "injection",
  kind: "noise",
  class: "fault",
  service: null,
  devices: [],
  onset: 1000,
  observable: null,
  end: null,
};

describe("what is kept of many runs", () => {
  it("is the truth of the newest, whatever they are called", async () => {
    const dir = await folder();
    for (let n = 1; n <= 20; n++) {
      await writeFile(join(dir, `${mixed(n)}.ndjson`), `${JSON.stringify(truth)}\n`);
      await age(join(dir, `${mixed(n)}.ndjson`), n);
    }
    const store = await openTruthStore(dir, (cause) => {
      throw cause;
    });
    store.take("zz-new", truth);
    store.take("0-new", truth);
    await store.written();
    const left = await readdir(dir);
    expect(left).toHaveLength(20);
    for (const gone of [19, 20]) expect(left).not.toContain(`${mixed(gone)}.ndjson`);
    expect(left).toContain("0-new.ndjson");
  });

  it("has what was told while nothing could be written, as soon as it can", async () => {
    const dir = await folder();
    const troubles: unknown[] = [];
    const store = await openTruthStore(dir, (cause) => troubles.push(cause));
    // nothing can be appended to a folder
    await mkdir(join(dir, "one.ndjson"));
    store.take("one", truth);
    store.take("two", truth);
    await store.written();
    expect(troubles).toHaveLength(1);
    await rm(join(dir, "one.ndjson"), { recursive: true });
    store.take("two", { ...truth, id: "a.c" });
    await store.written();
    const again = await openTruthStore(dir, (cause) => {
      throw cause;
    });
    expect(again.of("one")).toEqual([truth]);
    expect(again.of("two").map(({ id }) => id)).toEqual(["a.b", "a.c"]);
  });

  it("is the baselines that are newest, and what somebody is building just now", async () => {
    const [cache, dataDir] = [await folder(), await folder()];
    for (const half of ["images", join("simulator", "simulator-images")]) await mkdir(join(dataDir, half), { recursive: true });
    const made = async (name: string, hours: number): Promise<void> => {
      await mkdir(join(cache, name));
      await age(join(cache, name), hours);
    };
    for (let n = 1; n <= 25; n++) await made(mixed(n), n);
    await made("00-other.part-123", 1);
    await made("zz-other.part-124", 100);
    await keepBaseline(cache, "0-mine", dataDir);
    const left = await readdir(cache);
    expect(left.sort()).toEqual([...Array.from({ length: 23 }, (_, at) => mixed(at + 1)), "00-other.part-123", "0-mine"].sort());
  });
});
