import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Logger } from "pino";
import type { FoldState } from "./ingest/fold.ts";
import { forgetInfluxRuns } from "./store/influx-store.ts";
import { openStore } from "./store/open-store.ts";
import type { ReadingStore } from "./store/reading-store.ts";

/** Where readings are kept: one store per run and one for the field timeline; images are a run's state that a reset returns to. */
export type StoreChoice =
  | { readonly kind: "embedded" }
  | { readonly kind: "influx"; readonly url: string; readonly token: string; readonly org: string; readonly bucket: string };

export interface Runs {
  open(run: string, image?: string): Promise<ReadingStore>;
  /** What the run began with when it begins from an image. */
  imageState(image: string): Promise<FoldState | undefined>;
  /** Saves store and fold under the image's name; the fold must be of the store's very position. */
  saveImage(image: string, store: ReadingStore, state: FoldState): Promise<void>;
  /** Those that a run can begin from. */
  images(): readonly string[];
  /** Removes an image that cannot be used, and what was made of the run from it. */
  forget(run: string, image: string): Promise<void>;
  /** Removes stores of runs other than these. */
  keepOnly(runs: readonly string[]): Promise<void>;
}

const safe = /^[\w.-]+$/;

export async function openRuns(dir: string, choice: StoreChoice, log: Logger): Promise<Runs> {
  const storeDir = join(dir, "runs");
  const imageDir = join(dir, "images");
  await mkdir(storeDir, { recursive: true });
  await mkdir(imageDir, { recursive: true });
  /** In a bucket that outlives the data folder, or that several share, a run carries the folder's own word: positions are those of its log. */
  const home = choice.kind === "influx" ? `.${await wordOf(join(storeDir, "influx-home"))}` : "";
  const onRefused = (lines: readonly string[], reason: string): void => log.error({ lines, reason }, "InfluxDB refuses rows: they are lost");
  const foldFile = (image: string): string => join(imageDir, `${image}.fold`);
  const storeFile = (image: string): string => join(imageDir, `${image}.duckdb`);

  return {
    async open(run, image) {
      if (!safe.test(run)) throw new Error(`run "${run}" cannot name a file`);
      if (choice.kind === "influx") return openStore({ ...choice, run: run + home }, { onRefused });
      const file = join(storeDir, `${run}.duckdb`);
      const known = (await readdir(storeDir)).includes(`${run}.duckdb`);
      return openStore(
        image !== undefined && !known && existsSync(foldFile(image))
          ? { kind: "embedded", file, from: storeFile(image) }
          : { kind: "embedded", file },
      );
    },
    async imageState(image) {
      return existsSync(foldFile(image)) ? (deserialize(await readFile(foldFile(image))) as FoldState) : undefined;
    },
    async saveImage(image, store, state) {
      if (!safe.test(image) || !(await store.snapshot(storeFile(image)))) return;
      const file = foldFile(image);
      await writeFile(`${file}.part`, serialize(state));
      await rename(`${file}.part`, file);
      await removeOldImages(imageDir);
    },
    // images that an embedded store has left hold nothing that InfluxDB could begin from
    images: () =>
      choice.kind !== "embedded"
        ? []
        : readdirSync(imageDir).flatMap((file) => {
            const image = /^(.+)\.fold$/.exec(file)?.[1];
            return image !== undefined && existsSync(storeFile(image)) ? image : [];
          }),
    async forget(run, image) {
      const halves = [join(storeDir, `${run}.duckdb`), join(storeDir, `${run}.duckdb.wal`), storeFile(image), foldFile(image)];
      for (const half of halves) await rm(half, { force: true });
    },
    async keepOnly(runs) {
      if (choice.kind === "influx") {
        const wanted = new Set(runs.map((run) => run + home));
        // Not waited for: deleting a day of a city takes seconds. What is missed now is found when the next run begins.
        forgetInfluxRuns(choice, (run) => run.endsWith(home) && !wanted.has(run)).catch((cause: unknown) =>
          log.warn({ err: cause }, "older runs stay in InfluxDB until the next reset"),
        );
        return;
      }
      const wanted = new Set(runs);
      for (const file of await readdir(storeDir)) {
        const run = /^(.+?)\.duckdb(?:\..*)?$/.exec(file)?.[1];
        if (run !== undefined && !wanted.has(run)) await rm(join(storeDir, file), { force: true });
      }
    },
  };
}

/** The newest ones: as many as the simulator keeps of its own halves. */
const imagesKept = 4;

async function removeOldImages(dir: string): Promise<void> {
  const folds = (await readdir(dir)).filter((file) => file.endsWith(".fold"));
  const dated = await Promise.all(folds.map(async (file) => ({ file, at: (await stat(join(dir, file))).mtimeMs })));
  for (const { file } of dated.sort((a, b) => b.at - a.at).slice(imagesKept)) {
    await rm(join(dir, file), { force: true });
    await rm(join(dir, file.replace(/\.fold$/, ".duckdb")), { force: true });
  }
}

/** A word that is made once and then stays. */
async function wordOf(file: string): Promise<string> {
  await writeFile(file, randomUUID().slice(0, 8), { flag: "wx" }).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  });
  return (await readFile(file, "utf8")).trim();
}
