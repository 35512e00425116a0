#!/usr/bin/env -S node --max-semi-space-size=64
// Launcher in plain JavaScript: installs when the lockfile changed, builds when sources changed, then runs the program in this very process
// (so that ending it ends everything). `node start.mjs` = `gwanje up`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(root, ...parts);
const say = (text) => process.stderr.write(`${text}\n`);

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Gwanje needs Node 20.19 or newer (24 is recommended); this is ${process.versions.node}.`);
  process.exit(2);
}

function run(what, command, args) {
  const began = Date.now();
  say(`${what} …`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0) {
    say(`${what} failed${error ? `: ${error.message}` : ` (exit ${status})`}.`);
    process.exit(1);
  }
  say(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

const builder = at("dist", ".building");
function ownerLives() {
  try {
    process.kill(Number(readFileSync(builder, "utf8")), 0);
    return true;
  } catch (cause) {
    // somebody else's, or put away a moment ago
    return cause.code === "EPERM" || cause.code === "ENOENT";
  }
}
/** Two starts at once would pull each other's files away: one builds, the others wait and find it done. */
function alone(act) {
  mkdirSync(dirname(builder), { recursive: true });
  for (;;) {
    try {
      writeFileSync(builder, String(process.pid), { flag: "wx" });
      break;
    } catch (cause) {
      if (cause.code !== "EEXIST") throw cause;
      if (ownerLives()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      else rmSync(builder, { force: true });
    }
  }
  act();
  rmSync(builder, { force: true });
}

function stamped(file, value, act) {
  const isDone = () => existsSync(file) && readFileSync(file, "utf8") === value;
  if (isDone()) return;
  alone(() => {
    if (isDone()) return;
    // what is cut short from here on is done again, whatever the sources are then
    rmSync(file, { force: true });
    act();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, value);
  });
}

function sourcesHash(dirs, files) {
  const hash = createHash("sha256");
  const walk = (path) => {
    const stat = statSync(at(path));
    if (stat.isDirectory()) for (const name of readdirSync(at(path)).sort()) walk(join(path, name));
    else hash.update(`${path}\0`).update(readFileSync(at(path)));
  };
  for (const path of [...dirs, ...files]) if (existsSync(at(path))) walk(path);
  return hash.digest("hex");
}

const lock = existsSync(at("package-lock.json")) ? readFileSync(at("package-lock.json")) : "";
const lockHash = createHash("sha256").update(lock).digest("hex");
const omit = process.env.NODE_ENV === "production" ? ["--omit=dev"] : [];
stamped(at("node_modules", ".gwanje-stamp"), lockHash, () =>
  run("installing packages", "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...omit]),
);

const program = sourcesHash(
  ["commands", "director", "shared", "simulator", "broker", "console/server"],
  ["gwanje.ts", "tsconfig.json", "tsconfig.build.json"],
);
stamped(at("dist", ".program-stamp"), program, () => {
  for (const dir of ["commands", "director", "shared", "simulator", "broker", "console", "gwanje.js"])
    rmSync(at("dist", dir), { recursive: true, force: true });
  run("building the program", process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", at("tsconfig.build.json")]);
});
const [command = "up", ...rest] = process.argv.slice(2);
/** Commands that serve the room; the others do not wait for its build. */
if (["up", "test", "bench"].includes(command)) {
  const web = sourcesHash(["console/web", "shared"], ["vite.config.ts"]);
  stamped(at("dist", ".web-stamp"), web, () =>
    run("building the console", process.execPath, [at("node_modules", "vite", "bin", "vite.js"), "build", "--logLevel=warn"]),
  );
}

const tools = {
  test: () => [at("node_modules", "vitest", "vitest.mjs"), "run", ...rest],
  check: () => [at("tests", "check.mjs"), ...rest],
  bench: () => [at("node_modules", "tsx", "dist", "cli.mjs"), at("tests", "bench", "run.ts"), ...rest],
  realism: () => [at("node_modules", "tsx", "dist", "cli.mjs"), at("tests", "bench", "realism", "run.ts"), ...rest],
};
if (process.env.npm_lifecycle_event === command && Object.hasOwn(tools, command)) {
  process.exitCode = spawnSync(process.execPath, tools[command](), { cwd: root, stdio: "inherit" }).status ?? 1;
} else {
  if (process.argv.length < 3) process.argv.push("up");
  await import(pathToFileURL(at("dist", "gwanje.js")).href);
}
