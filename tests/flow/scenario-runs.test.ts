import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Played, runScenarios } from "../../commands/scenario/run-scenarios.ts";
import { run } from "../support/command.ts";
import { temporaryFolder, testConfig } from "../support/test-chain.ts";

const patience = { timeout: 300_000 };
/** A crossing goes silent, somebody sees to it, and gates are told to close: faults, people and commands in 40 minutes. */
const story = (name: string, lasts = "40m") => `scenario: ${name}
title: { ko: 시험, en: Test }
story: { ko: 시험, en: Test }
start: 2026-06-09T10:00
lasts: ${lasts}
baseline: 30m
timeline:
  - { at: 2m, id: cut, inject: disconnect, on: { gateway: gw-tx-001 }, for: 25m }
  - { at: 3m, inject: noise, on: { service: stream, kind: gauge, count: 1 }, with: { metric: dist } }
  - { at: 4m, id: seen, act: { do: acknowledge, rule: traffic/gateway } }
  - { after: { step: seen, by: 1m }, id: shut, command: close, on: { kind: gate } }
expect:
  - { id: silent, follows: cut, onStep: cut, alarm: traffic/gateway, class: maintenance, within: 20m }
  - { id: shut, follows: shut, action: close, onStep: shut, within: 10m }
`;

/** Told while the line is cut: what comes soon after is obeyed, what comes after its time is not. */
const struck = `scenario: struck
title: { ko: 시험, en: Test }
story: { ko: 시험, en: Test }
start: 2026-06-09T10:00
lasts: 40m
baseline: 30m
timeline:
  - { at: 2m, id: cut, inject: disconnect, on: { device: sg-01 }, for: 8m }
  - { at: 9m40s, id: shut, command: close, on: { device: sg-01 } }
  - { at: 20m, id: again, inject: disconnect, on: { device: sg-01 }, for: 15m }
  - { at: 21m, id: open, command: open, on: { device: sg-01 } }
expect:
  - { id: shut, follows: shut, action: close, onStep: shut, within: 5m }
`;
const minutesIn = (t: number): number => (t - Date.parse("2026-06-09T10:00:00+09:00")) / 60_000;

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, `${name}.yaml`), text);
  return dir;
}
/** Plays files one after the other, as the command line does. */
async function played(dir: string, ...names: string[]): Promise<readonly Played[]> {
  const all: Played[] = [];
  const request = { files: names.map((name) => join(dir, `${name}.yaml`)), all: false, rate: null, seed: undefined };
  await runScenarios(
    testConfig({ GWANJE_DATA_DIR: dir }),
    request,
    () => undefined,
    (one) => void all.push(one),
  );
  return all;
}

describe("a scenario over the real chain", patience, () => {
  it("says and hears the same to the byte every time: from a new baseline, from a kept one, and behind another scenario in the same city", async () => {
    const dir = await folder({ night: story("night"), before: story("before", "20m") });
    const [first] = await played(dir, "night");
    const [, second] = await played(dir, "before", "night");
    const view = first?.run.view();
    expect(view?.expectations.map(({ id, state }) => `${id} ${state}`)).toEqual(["silent held", "shut held"]);
    expect(view?.steps.map(({ id, state }) => `${id} ${state}`)).toEqual(["cut done", "step-2 done", "seen done", "shut done"]);
    // a person's deed came when there was something to do, and what follows it a minute later
    const [, , seen, shut] = view?.steps ?? [];
    expect((shut?.t ?? 0) - (seen?.t ?? 0)).toBe(60_000);
    expect(first?.run.evidence().commands.length).toBeGreaterThanOrEqual(3);
    expect(first?.digest?.messages).toBeGreaterThan(100);
    expect(second?.digest).toEqual(first?.digest);
  });

  it("has commands to a struck gateway obeyed as soon as it is back, if that is not too late, at the same second in every run", async () => {
    const dir = await folder({ struck, before: story("before", "20m") });
    const [first] = await played(dir, "struck");
    const [, second] = await played(dir, "before", "struck");
    const heard = first?.run.evidence().commands.map(({ t, op, confirmedAt }) => [op, minutesIn(t), confirmedAt !== null]);
    expect(heard).toEqual([
      ["close", 9 + 40 / 60, true],
      ["open", 21, false],
    ]);
    // the gateway stood 14 minutes beyond the second command
    expect(first?.run.evidence().reading("sg-01", "gate")).toBe("closed");
    expect(second?.digest).toEqual(first?.digest);
  });

  it("has a digest of what the room did, whatever was expected of it", async () => {
    const dir = await folder({ night: story("night", "20m") });
    const [first] = await played(dir, "night");
    await writeFile(join(dir, "night.yaml"), story("night", "20m").replace("within: 20m", "within: 1s"));
    const [second] = await played(dir, "night");
    expect([first?.passed, second?.passed]).toEqual([true, false]);
    expect(second?.digest).toEqual(first?.digest);
  });

  it("is told apart from the same scenario with another seed", async () => {
    const dir = await folder({ night: story("night", "20m") });
    const other = story("night", "20m").replace("baseline:", "seed: 2\nbaseline:");
    const [first] = await played(dir, "night");
    await writeFile(join(dir, "night.yaml"), other);
    const [second] = await played(dir, "night");
    expect(second?.digest?.sha256).not.toBe(first?.digest?.sha256);
  });
});

describe("gwanje scenario run", patience, () => {
  it("ends with 1 when an expectation does not hold, names the command that repeats it, and writes both reports", async () => {
    const wrong = `${story("wrong", "20m")}  - { id: never, alarm: stream/stuck, say: { ko: 안 옴, en: it never comes } }\n`;
    const dir = await folder({ wrong });
    const file = join(dir, "wrong.yaml");
    const [junit, report] = [join(dir, "junit.xml"), join(dir, "report.html")];
    const ran = await run(["scenario", "run", file, "--junit", junit, "--report", report], dir);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^FAILED {2}wrong {2}seed 1/);
    expect(ran.out).toContain("FAILED  it never comes: none within 20m");
    expect(ran.out).toContain(`repeat it with: npx gwanje scenario run ${file} --seed 1`);
    const xml = await readFile(junit, "utf8");
    expect(xml).toContain('<testsuite name="wrong" tests="3" failures="1"');
    expect(xml).toMatch(/<failure message="none within 20m">[^<]*repeat: npx gwanje scenario run/);
    const html = await readFile(report, "utf8");
    expect(html).toMatch(/<svg[\s\S]*Abrupt end[\s\S]*it never comes[\s\S]*Found/);
    expect(html).not.toMatch(/<(?:script|link)|src=|https?:\/\/(?!www\.w3\.org)/);
    const again = await run(["scenario", "run", file, "--seed", "1", "--json"], dir);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.out)).toMatchObject({ passed: false, seed: 1, digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(ran.out).toContain(JSON.parse(again.out).digest.sha256.slice(0, 16));
  });

  it("ends with 2 when the file is wrong, with every mistake and its place, and plays nothing", async () => {
    const dir = await folder({
      bad: story("bad").replace("disconnect", "disconect").replace("gw-tx-001", "gw-tx-01").replace("within: 10m", "witin: 10m"),
    });
    const ran = await run(["scenario", "run", join(dir, "bad.yaml")], dir);
    expect(ran.code).toBe(2);
    expect(ran.err.trim().split("\n")).toEqual([
      expect.stringMatching(/bad\.yaml:8:\d+: there is no kind of injection "disconect", did you mean "disconnect"\?/),
      expect.stringMatching(/bad\.yaml:8:\d+: there is no gateway "gw-tx-01", did you mean "gw-tx-001"\?/),
      expect.stringMatching(/bad\.yaml:14:\d+: there is no field "witin", did you mean "within"\?/),
    ]);
  });

  it("plays what `scenario new` has written as it stands", async () => {
    const dir = await temporaryFolder();
    const file = join(dir, "my-night.yaml");
    expect((await run(["scenario", "new", "my-night", "--out", file], dir)).code).toBe(0);
    expect((await run(["scenario", "check", file], dir)).out).toContain("no mistake");
    const ran = await run(["scenario", "run", file], dir);
    expect(ran.out).toMatch(/^passed {2}my-night/);
    expect(ran.code).toBe(0);
  });
});
