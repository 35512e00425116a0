import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/**
 * Starts `entry` (written as `new URL("./name.ts", import.meta.url)`) as a worker thread. From source (vitest, tsx) the TypeScript file runs through
 * tsx; from the build its `.js` twin does, because the build rewrites imports but not URLs.
 */
export function spawnThread(entry: URL, workerData: unknown): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL(entry.href.replace(/\.ts$/, ".js")), { workerData, execArgv: [] });
  // Node 20 hands the entry of a worker to the plain loader even with `--import tsx` in execArgv: a first line of JavaScript sets the hooks up instead.
  const tsx = new URL("dist/esm/api/index.mjs", pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json")));
  const start = `import { register } from ${JSON.stringify(tsx.href)}; register(); await import(${JSON.stringify(entry.href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`), { workerData, execArgv: [] });
}
