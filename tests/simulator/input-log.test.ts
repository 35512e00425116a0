import { appendFile, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createInputLog } from "../../simulator/input-log.ts";

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "gwanje-inputs-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
const numbered = (n: number) => ({ n, input: { t: n * 1000, device: "sg-01", op: "close", args: {}, id: `c${n}` } });
const numbers = (lines: readonly { readonly n: number }[]): number[] => lines.map(({ n }) => n);

describe("the log of inputs", () => {
  it("gives back what a killed process has written, of the same run", async () => {
    const dir = await folder();
    expect(await createInputLog(dir).load("r1")).toEqual([]);
    const log = createInputLog(dir);
    await log.append("r0", [numbered(0)]);
    await log.append("r1", [numbered(0), numbered(1)]);
    const [first] = await createInputLog(dir).load("r1");
    expect(first).toMatchObject(numbered(0));
    expect(numbers(await createInputLog(dir).load("r1"))).toEqual([0, 1]);
    expect(numbers(await createInputLog(dir).load("r2"))).toEqual([]);
  });

  it("reads up to a line that was left half written", async () => {
    const dir = await folder();
    await createInputLog(dir).append("r1", [numbered(0)]);
    await appendFile(join(dir, "simulator-inputs.jsonl"), '{"run":"r1","n":1,"inp');
    expect(numbers(await createInputLog(dir).load("r1"))).toEqual([0]);
  });

  it("keeps what comes after a line that was left half written or is no line at all", async () => {
    for (const left of ['{"run":"r1","n":1,"inp', '{"run":"r1",\n']) {
      const dir = await folder();
      await createInputLog(dir).append("r1", [numbered(0)]);
      await appendFile(join(dir, "simulator-inputs.jsonl"), left);
      const log = createInputLog(dir);
      await log.load("r1");
      await log.append("r1", [numbered(1)]);
      await log.append("r1", [numbered(2)]);
      expect(numbers(await createInputLog(dir).load("r1"))).toEqual([0, 1, 2]);
    }
  });

  it("keeps what comes after a disk that took half a line", async () => {
    const dir = await folder();
    const file = join(dir, "simulator-inputs.jsonl");
    const log = createInputLog(dir);
    await log.append("r1", [numbered(0)]);
    await rename(file, `${file}.aside`);
    await mkdir(file);
    await expect(log.append("r1", [numbered(1)])).rejects.toThrow("EISDIR");
    await rm(file, { recursive: true });
    await rename(`${file}.aside`, file);
    await appendFile(file, '{"run":"r1","n":1,"inp');
    await log.append("r1", [numbered(1)]);
    expect(numbers(await createInputLog(dir).load("r1"))).toEqual([0, 1]);
  });

  it("grows no longer than what no saved state holds and a thousand lines, and is gone after a reset", async () => {
    const dir = await folder();
    const log = createInputLog(dir);
    for (let n = 0; n < 1200; n += 100)
      await log.append(
        "r1",
        Array.from({ length: 100 }, (_, k) => numbered(n + k)),
      );
    await log.saved(1190);
    const text = await readFile(join(dir, "simulator-inputs.jsonl"), "utf8");
    expect(text.trim().split("\n")).toHaveLength(10);
    await log.append("r1", [numbered(1200)]);
    expect(numbers(await createInputLog(dir).load("r1"))).toEqual([1190, 1191, 1192, 1193, 1194, 1195, 1196, 1197, 1198, 1199, 1200]);
    await log.clear();
    expect(await createInputLog(dir).load("r1")).toEqual([]);
  });
});
