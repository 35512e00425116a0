import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/**
 * Starts `entry` (written as `new URL("./name.ts", import.meta.url)`) as a worker thread. From source (vitest, tsx) the TypeScript file runs through
 * tsx; from the build its `.js` twin does, because the build rewrites imports but not URLs.
 */
export function spawnThread(entry: URL, workerData: unknown): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL(entry.href.replace(/\.ts$/, ".js")), { workerData, execArgv: [] });
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  return new Worker(entry, { workerData, execArgv: ["--import", loader] });
}
