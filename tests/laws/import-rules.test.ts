import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const uses = (from: string): string => `import { one } from "${from}";\n\nexport const two = one;\n`;

/** The rules of the house over a tree made of these files, one after another numbered; per file the rules that it breaks. */
function broken(files: readonly (readonly [file: string, text: string])[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), "gwanje-rules-"));
  try {
    for (const config of ["biome.json", "package.json"]) copyFileSync(join(root, config), join(folder, config));
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const args = [join(root, "node_modules/@biomejs/biome/bin/biome"), "lint", "--reporter=json", "--max-diagnostics=none", "."];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const found = (JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] }).diagnostics;
    return files.map(([file]) =>
      found
        .filter(({ location }) => location.path === file)
        .map(({ category }) => category.split("/").at(-1) ?? "")
        .sort(),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const forbidden: readonly (readonly [file: string, from: string])[] = [
  ["shared/a.ts", "../broker/broker.ts"],
  ["shared/services/a.ts", "../../simulator/model.ts"],
  ["shared/b.ts", "../console/server/start-console.ts"],
  ["shared/c.ts", "node:fs"],
  ["shared/d.ts", "./runtime/config.ts"],
  ["simulator/services/a.ts", "../../broker/ingest/check.ts"],
  ["simulator/a.ts", "../console/server/start-console.ts"],
  ["broker/ingest/a.ts", "../../simulator/engine.ts"],
  ["broker/a.ts", "../console/server/start-console.ts"],
  ["broker/b.ts", "../director/judge/score.ts"],
  ["simulator/b.ts", "../director/play/run.ts"],
  ["director/a.ts", "../simulator/engine.ts"],
  ["director/report/b.ts", "../../broker/city.ts"],
  ["console/server/a.ts", "../../broker/city.ts"],
  ["console/server/b.ts", "../../simulator/engine.ts"],
  ["console/server/c.ts", "../web/main.ts"],
  ["console/web/a.ts", "node:fs"],
  ["console/web/b.ts", "../../shared/runtime/config.ts"],
  ["console/web/c.ts", "../server/start-console.ts"],
  ["console/web/panels/a.tsx", "../../../broker/city.ts"],
];
const allowed: readonly (readonly [file: string, from: string])[] = [
  ["shared/ok.ts", "./service.ts"],
  ["shared/runtime/ok.ts", "node:fs"],
  ["simulator/ok.ts", "../shared/topics.ts"],
  ["director/ok.ts", "../shared/city-port.ts"],
  ["broker/ok.ts", "../shared/runtime/config.ts"],
  ["console/server/ok.ts", "../../shared/city-port.ts"],
  ["console/web/ok.ts", "../../shared/socket-events.ts"],
  ["gwanje.ts", "./broker/broker.ts"],
];

describe("the rules that CI checks", () => {
  it("forbid each import across the programs, and let pass what the house allows", () => {
    const all = [...forbidden, ...allowed];
    const found = broken(all.map(([file, from]) => [file, uses(from)]));
    expect(all.map(([file, from], at) => [file, from, found[at]])).toEqual([
      ...forbidden.map(([file, from]) => [file, from, ["noRestrictedImports"]]),
      ...allowed.map(([file, from]) => [file, from, []]),
    ]);
  });

  it("are not evaded by types, by passing on, or by importing late", () => {
    const ways: [string, string][] = [
      ["broker/type.ts", 'import type { one } from "../simulator/model.ts";\n\nexport type Two = one;\n'],
      ["broker/late.ts", 'export const two = await import("../simulator/model.ts");\n'],
      ["broker/pass.ts", 'export { one } from "../simulator/model.ts";\n'],
    ];
    expect(broken(ways)).toEqual(ways.map(() => ["noRestrictedImports"]));
  });

  it("find cycles", () => {
    const cycle: [string, string][] = [
      ["broker/a.ts", 'import { b } from "./b.ts";\n\nexport const a = b;\n'],
      ["broker/b.ts", 'import { a } from "./a.ts";\n\nexport const b = a;\n'],
    ];
    expect(broken(cycle)).toEqual(cycle.map(() => ["noImportCycles"]));
  });

  it("keep the environment, default exports and the console out of the programs", () => {
    const bad = 'export default 1;\nexport const home = process.env.HOME;\nconsole.log("x");\n';
    expect(broken([["broker/a.ts", bad]])).toEqual([["noConsole", "noDefaultExport", "noProcessEnv"]]);
  });
});

describe("the simulated city", () => {
  const files = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name));
  const city = [
    ...["services", "environment", "city", "devices"].flatMap((folder) => files(`simulator/${folder}`)),
    ...["engine", "random", "transcript", "generate"].map((name) => join(root, `simulator/${name}.ts`)),
  ];
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
