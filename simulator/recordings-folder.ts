import { readFileSync } from "node:fs";
import { join } from "node:path";
import { recordingFilePattern } from "../shared/scenario/recording-kinds.ts";
import type { ReadRecording } from "./devices/recording.ts";

/** Where recordings lie in the simulator's own folder. What is in one never changes, so that a run with its inputs repeats. */
export const recordingsFolder = (dir: string): string => join(dir, "recordings");

/** Asked for when a recording is injected, and when a saved city goes on with one. */
export function readRecordingsIn(folder: string): ReadRecording {
  return (file) => {
    if (!recordingFilePattern.test(file)) return undefined;
    try {
      return readFileSync(join(folder, file), "utf8");
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw cause;
    }
  };
}
