import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { configTable, readConfig } from "../../shared/runtime/config.ts";

type Env = Parameters<typeof readConfig>[0];
const problems = (env: Env): string[] => {
  const read = readConfig(env);
  return read.ok ? [] : read.reason.split("\n");
};
const configOf = (env: Env) => {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
};

describe("configuration", () => {
  it("has a default for everything, on loopback", () => {
    expect(configOf({})).toMatchObject({
      GWANJE_HOST: "127.0.0.1",
      GWANJE_HTTP_PORT: 8080,
      GWANJE_MQTT_PORT: 1883,
      GWANJE_DATA_DIR: "data",
      GWANJE_CITY: "default",
      GWANJE_SEED: 1,
      GWANJE_RATE: 1,
      GWANJE_SCALE: 1,
      GWANJE_BACKFILL_HOURS: 24,
    });
  });

  it("takes what is given, and an empty value for one that is not", () => {
    expect(configOf({ GWANJE_HTTP_PORT: "0", GWANJE_RATE: "0.5", GWANJE_CITY: "small", GWANJE_SEED: "" })).toMatchObject({
      GWANJE_HTTP_PORT: 0,
      GWANJE_RATE: 0.5,
      GWANJE_CITY: "small",
      GWANJE_SEED: 1,
    });
  });

  it("leaves alone what belongs to others", () => expect(problems({ PATH: "/bin", HOME: "/root", NODE_ENV: "test", constructor: "x" })).toEqual([]));

  it.each<[string, string]>([
    ["GWANJE_HTTP_PORT", "http"],
    ["GWANJE_HTTP_PORT", "65536"],
    ["GWANJE_MQTT_PORT", "-1"],
    ["GWANJE_MQTT_PORT", "1.5"],
    ["GWANJE_CITY", "Seoul"],
    ["GWANJE_SEED", "4294967296"],
    ["GWANJE_RATE", "0"],
    ["GWANJE_RATE", "3601"],
    ["GWANJE_RATE", "fast"],
    ["GWANJE_SCALE", "0"],
    ["GWANJE_BACKFILL_HOURS", "-1"],
    ["GWANJE_PROFILE", "storm"],
    ["GWANJE_RESUME", "maybe"],
    ["GWANJE_STORE", "paper"],
    ["GWANJE_RETENTION_DAYS", "0"],
    ["GWANJE_LOG_LEVEL", "loud"],
    ["INFLUX_URL", "not a url"],
  ])("refuses %s=%s, naming both", (name, value) => {
    const [problem, ...others] = problems({ [name]: value, INFLUX_TOKEN: "t" });
    expect(problem).toContain(`${name}=${value}: `);
    expect(others).toEqual([]);
  });

  it("knows no setting by a misspelt name, and says which there are", () => {
    const [problem] = problems({ GWANJE_PROT: "1" });
    expect(problem).toMatch(/^GWANJE_PROT is not a setting; known: GWANJE_HOST, GWANJE_HTTP_PORT/);
  });

  it("tells all problems at once", () => {
    const found = problems({ GWANJE_HTTP_PORT: "x", GWANJE_RATE: "0", GWANJE_PROT: "1", GWANJE_STORE: "influx" });
    for (const part of ["GWANJE_PROT", "GWANJE_HTTP_PORT=x", "GWANJE_RATE=0", "needs INFLUX_URL"]) expect(found.join("\n")).toContain(part);
    expect(found).toHaveLength(4);
  });

  it("needs for InfluxDB where it is and what may enter", () => {
    expect(problems({ GWANJE_STORE: "influx" })).toEqual(["GWANJE_STORE=influx needs INFLUX_URL"]);
    expect(problems({ INFLUX_URL: "http://127.0.0.1:8086" })).toEqual([expect.stringContaining("INFLUX_TOKEN is needed")]);
    expect(problems({ INFLUX_URL: "http://127.0.0.1:8086", INFLUX_TOKEN: "t" })).toEqual([]);
  });

  it("takes the settings of the tests for what they are", () => {
    for (const name of ["GWANJE_REQUIRE_PEERS", "GWANJE_BUILD_INFLUXD", "GWANJE_INFLUXD", "GWANJE_CHROMIUM"])
      expect(problems({ [name]: "1" })).toEqual([]);
  });

  it("is described by a table with a row, a default and a meaning for each setting", () => {
    const rows = configTable().split("\n").slice(2);
    const names = rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1] ?? "");
    const known = /known: (.*)$/.exec(problems({ GWANJE_PROT: "1" })[0] ?? "")?.[1]?.split(", ") ?? [];
    expect(names.filter((name) => name.startsWith("GWANJE_"))).toEqual(known);
    for (const name of ["INFLUX_URL", "INFLUX_TOKEN", "INFLUX_ORG", "INFLUX_BUCKET"]) expect(names).toContain(name);
    for (const row of rows) expect(row).toMatch(/^\| `\w+` \| (?:`[^`]+`|-) \| .{4,} \|$/);
    expect(rows.find((row) => row.includes("GWANJE_HTTP_PORT"))).toContain("`8080`");
    expect(rows.find((row) => row.includes("INFLUX_TOKEN"))).toContain("| - |");
  });

  it("has its table in README.md", async () => {
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    const [, table = ""] = /<!-- config -->\n([\s\S]*?)\n<!-- \/config -->/.exec(readme) ?? [];
    expect(table.trim()).toBe(configTable());
  });
});
