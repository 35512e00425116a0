import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineState, Outgoing } from "./engine.ts";

/** What makes two cities the same one: an image or a saved state fits only these. */
export interface CityKey {
  readonly city: string;
  readonly scale: number;
  readonly seed: number;
  readonly profile: string;
  readonly start: number;
  readonly until: number;
}
/** A city on disk, as it was when its process ended. */
export interface SavedCity {
  readonly v: 5;
  readonly key: CityKey;
  /** The seed of the configuration: a reset may have gone to another one. */
  readonly configuredSeed: number;
  readonly run: string;
  readonly paused: boolean;
  readonly phase: "backfill" | "live" | "jump";
  readonly goal: number;
  readonly engine: EngineState;
  /** Sent but not acknowledged: sent again first. */
  readonly unacknowledged: readonly Outgoing[];
}

/** Images that stay, the newest ones: as many as the broker keeps of its own halves. */
const imagesKept = 4;

export function imageName({ city, scale, seed, profile, start, until }: CityKey): string {
  const from = new Date(start).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${city}-${profile}-x${scale}-s${seed}-${from}-${Math.round((until - start) / 36_000) / 100}h`;
}

export interface CityFiles {
  load(): Promise<SavedCity | undefined>;
  save(saved: SavedCity): Promise<void>;
  loadImage(name: string): Promise<EngineState | undefined>;
  saveImage(name: string, state: EngineState): Promise<void>;
}

export function createCityFiles(directory: string): CityFiles {
  const stateFile = join(directory, "simulator.json");
  const images = join(directory, "simulator-images");
  return {
    load: async () => (await readJson(stateFile)) as SavedCity | undefined,
    save: (saved) => writeWhole(stateFile, saved),
    loadImage: async (name) => (await readJson(join(images, `${name}.json`))) as EngineState | undefined,
    async saveImage(name, state) {
      await writeWhole(join(images, `${name}.json`), state);
      await removeOld(images);
    },
  };
}

/** Undefined when it is not there or was not written by this version: then the city begins anew. */
async function readJson(file: string): Promise<{ v: 5 } | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof value === "object" && value !== null && "v" in value && value.v === 5 ? { ...value, v: 5 } : undefined;
  } catch {
    return undefined;
  }
}

/** Either the old file or the whole new one, also when the process is killed here. */
async function writeWhole(file: string, value: unknown): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true });
  const part = `${file}.part`;
  await writeFile(part, JSON.stringify(value), { flush: true });
  await rename(part, file);
}

async function removeOld(directory: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(directory))
      .filter((name) => name.endsWith(".json"))
      .map(async (name) => ({ name, at: (await stat(join(directory, name))).mtimeMs })),
  );
  files.sort((a, b) => b.at - a.at);
  for (const { name } of files.slice(imagesKept)) await rm(join(directory, name), { force: true });
}
