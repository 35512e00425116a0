// Format, lint, import rules and cycles, types (Node and browser side apart), dead code. Stops at the first that fails.
import { spawnSync } from "node:child_process";

const steps = [
  ["format, lint, import rules, cycles", "@biomejs/biome/bin/biome", ["check", "."]],
  ["types", "typescript/bin/tsc", ["-p", "."]],
  ["types of the web part", "typescript/bin/tsc", ["-p", "tsconfig.web.json"]],
  ["dead code", "knip/bin/knip.js", []],
];
for (const [what, bin, args] of steps) {
  process.stderr.write(`${what} …\n`);
  const { status } = spawnSync(process.execPath, [`node_modules/${bin}`, ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
