import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A history that the room has learned from, as the images in which simulator and broker keep it: built once, then copied. */
export interface Baseline {
  readonly city: string;
  readonly seed: number;
  /** Begin of the history and end of it, epoch ms. */
  readonly start: number;
  readonly until: number;
}

/** Folders of a data folder that hold the two halves of an image. */
const halves = ["images", join("simulator", "simulator-images")] as const;
/** Baselines that stay, the newest of them: one of three weeks takes some 100 MB. */
const kept = 24;
/** Nobody builds a baseline for so long. */
const abandonedMs = 24 * 3_600_000;

/** What makes a baseline what it is; another version of the program makes another one. */
export function baselineName({ city, seed, start, until }: Baseline, version: string): string {
  const day = new Date(start).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${city}-s${seed}-${day}-${Math.round((until - start) / 1000)}s-${version.slice(0, 12)}`;
}

/** Hash of all code that makes a city or judges it. */
export async function programVersion(): Promise<string> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const hash = createHash("sha256");
  for (const folder of ["shared", "simulator", "broker"]) {
    const entries = (await readdir(join(root, folder), { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && /\.[jt]s$/.test(entry.name),
    );
    const files = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
    for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(await readFile(file));
  }
  return hash.digest("hex");
}

/** Copies a baseline into an empty data folder. False: there is none yet. */
export async function takeBaseline(cache: string, name: string, dataDir: string): Promise<boolean> {
  const from = join(cache, name);
  if (!(await readdir(from).catch(() => [] as string[])).includes("whole")) return false;
  for (const half of halves) await cp(join(from, half), join(dataDir, half), { recursive: true });
  return true;
}

/** Keeps the images of a data folder as a baseline. */
export async function keepBaseline(cache: string, name: string, dataDir: string): Promise<void> {
  const part = join(cache, `${name}.part-${process.pid}`);
  for (const half of halves) await cp(join(dataDir, half), join(part, half), { recursive: true });
  await mkdir(join(part, "whole"), { recursive: true });
  await rm(join(cache, name), { recursive: true, force: true });
  await rename(part, join(cache, name));
  await forgetOld(cache, name);
}

/** The oldest go first. What somebody else is building just now stays, unless whoever built it was killed long ago. */
async function forgetOld(cache: string, newest: string): Promise<void> {
  const names = (await readdir(cache)).filter((one) => one !== newest);
  const aged = await Promise.all(names.map(async (one) => ({ one, at: await writtenAt(join(cache, one)) })));
  const isPart = ({ one }: { readonly one: string }): boolean => one.includes(".part-");
  const whole = aged.filter((one) => !isPart(one)).sort((a, b) => a.at - b.at);
  const left = aged.filter((one) => isPart(one) && one.at < Date.now() - abandonedMs);
  for (const { one } of [...left, ...whole.slice(0, Math.max(0, whole.length - kept + 1))])
    await rm(join(cache, one), { recursive: true, force: true });
}
/** Another process may have moved it meanwhile. */
const writtenAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );

/** Both halves of an image are on the disk. */
export async function hasImage(dataDir: string): Promise<boolean> {
  const [broker = [], simulator = []] = await Promise.all(halves.map((half) => readdir(join(dataDir, half)).catch(() => [] as string[])));
  return broker.some((name) => name.endsWith(".fold")) && simulator.some((name) => name.endsWith(".json"));
}
