import type { CityFiles, SavedCity } from "./saved-city.ts";

/** Writes the city's state to disk, one after the other, each as it was when it was handed over; a write that fails is told, and the next is tried. */
export interface CityKeeper {
  /** Resolves when it is on disk, or has failed: then with false. */
  save(state: SavedCity): Promise<boolean>;
  /** Wall ms since the last was handed over. */
  age(): number;
}

export function createCityKeeper(files: CityFiles, onTrouble: (text: string) => void): CityKeeper {
  let last = Promise.resolve(true);
  let at = Date.now();
  return {
    save(state) {
      at = Date.now();
      last = last
        .then(() => files.save(state))
        .then(() => true)
        .catch((error: unknown) => {
          onTrouble(`the city's state could not be saved: ${error instanceof Error ? error.message : String(error)}`);
          return false;
        });
      return last;
    },
    age: () => Date.now() - at,
  };
}
