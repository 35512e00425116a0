import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mostKept } from "../shared/scenario/sim-ask.ts";
import type { EngineState } from "./engine.ts";
import type { CityKey } from "./saved-city.ts";

/** A whole city at one instant, under a name, to live from it again with other inputs. */
interface KeptCity {
  readonly v: 5;
  readonly key: CityKey;
  readonly run: string;
  readonly engine: EngineState;
}
export interface KeptCities {
  keep(name: string, city: KeptCity): Promise<void>;
  load(name: string): Promise<KeptCity | undefined>;
}

export function createKeptCities(directory: string): KeptCities {
  const folder = join(directory, "kept");
  return {
    async keep(name, city) {
      await mkdir(folder, { recursive: true });
      const file = join(folder, `${name}.json`);
      await writeFile(`${file}.part`, JSON.stringify(city), { flush: true });
      await rename(`${file}.part`, file);
      const names = (await readdir(folder)).filter((one) => one.endsWith(".json"));
      const aged = await Promise.all(names.map(async (one) => ({ one, at: (await stat(join(folder, one))).mtimeMs })));
      for (const { one } of aged.sort((a, b) => b.at - a.at).slice(mostKept)) await rm(join(folder, one), { force: true });
    },
    async load(name) {
      try {
        const city = JSON.parse(await readFile(join(folder, `${name}.json`), "utf8")) as KeptCity;
        return city.v === 5 ? city : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
