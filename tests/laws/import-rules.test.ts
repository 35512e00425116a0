import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Rules of biome that this text breaks, were it the file of that name. Nothing is written. */
function broken(file: string, text: string): string[] {
  const args = ["node_modules/@biomejs/biome/bin/biome", "lint", `--stdin-file-path=${file}`, "--colors=off", "--only=style/noRestrictedImports", "--only=style/noProcessEnv", "--only=style/noDefaultExport", "--only=suspicious/noConsole"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: "utf8" });
  return [...new Set([...`${stdout}${stderr}`.matchAll(/lint\/\w+\/(\w+)/g)].map(([, rule = ""]) => rule))].sort();
}
const uses = (from: string): string => `import { one } from "${from}";\nexport const two = one;\n`;

describe("the import rules", () => {
  it.each<[string, string]>([
    ["shared/probe.ts", "../broker/broker.ts"],
    ["shared/services/probe.ts", "../../simulator/model.ts"],
    ["shared/probe.ts", "../console/server/start-console.ts"],
    ["shared/probe.ts", "node:fs"],
    ["shared/probe.ts", "./runtime/config.ts"],
    ["simulator/services/probe.ts", "../../broker/ingest/check.ts"],
    ["simulator/probe.ts", "../console/server/start-console.ts"],
    ["broker/ingest/probe.ts", "../../simulator/engine.ts"],
    ["broker/probe.ts", "../console/server/start-console.ts"],
    ["console/server/probe.ts", "../../broker/city.ts"],
    ["console/server/probe.ts", "../../simulator/engine.ts"],
    ["console/server/probe.ts", "../web/main.tsx"],
    ["console/web/probe.ts", "node:fs"],
    ["console/web/probe.ts", "../../shared/runtime/config.ts"],
    ["console/web/probe.ts", "../server/start-console.ts"],
    ["console/web/panels/probe.tsx", "../../../broker/city.ts"],
  ])("bite: %s may not import %s", (file, from) => expect(broken(file, uses(from))).toEqual(["noRestrictedImports"]));

  it("let pass what is allowed, and forbid types and late imports as well", () => {
    expect(broken("broker/probe.ts", uses("../shared/service.ts"))).toEqual([]);
    expect(broken("shared/runtime/probe.ts", uses("node:fs"))).toEqual([]);
    expect(broken("gwanje.ts", uses("./broker/broker.ts"))).toEqual([]);
    expect(broken("broker/probe.ts", 'import type { one } from "../simulator/model.ts";\nexport type Two = one;\n')).toEqual(["noRestrictedImports"]);
    expect(broken("broker/probe.ts", 'export const two = await import("../simulator/model.ts");\n')).toEqual(["noRestrictedImports"]);
    expect(broken("broker/probe.ts", 'export { one } from "../simulator/model.ts";\n')).toEqual(["noRestrictedImports"]);
  });

  it("keep the environment, default exports and the console out of the programs", () => {
    const bad = 'export default 1;\nexport const home = process.env.HOME;\nconsole.log("x");\n';
    expect(broken("broker/probe.ts", bad)).toEqual(["noConsole", "noDefaultExport", "noProcessEnv"]);
  });
});

describe("the simulated city", () => {
  const files = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name));
  const city = [...["services", "environment", "city", "devices"].flatMap((folder) => files(`simulator/${folder}`)), ...["engine", "random", "transcript", "generate"].map((name) => join(root, `simulator/${name}.ts`))];
  /** The code without comments, strings apart. */
  const codeOf = (file: string): string => readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");

  it("has many files", () => expect(city.length).toBeGreaterThan(40));

  it.each<[string, RegExp]>([
    ["powers, which differ between versions of Node", /Math\.pow\b|\*\*/],
    ["a randomness of its own", /Math\.random|randomUUID|getRandomValues|randomBytes/],
    ["the wall clock", /Date\.now|new Date\(\)|performance\.now|process\.hrtime/],
    ["functions whose last digit the engine may choose", /Math\.(?:tan|tanh|sinh|cosh|cbrt|expm1|log1p|asinh|acosh|atanh|hypot)\b/],
  ])("knows nothing of %s", (_what, forbidden) => {
    expect(city.filter((file) => forbidden.test(codeOf(file))).map((file) => file.slice(root.length))).toEqual([]);
  });
});
