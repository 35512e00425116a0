import { describe, expect, it } from "vitest";
import { finderWords, kindDetail, kindLines } from "../../commands/inject-kinds.ts";
import { injectionKindOf, injectionKinds } from "../../shared/scenario/kinds.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";

const kindOf = (id: string): InjectionKindRow => injectionKindOf(id) as InjectionKindRow;
const all = kindLines(injectionKinds);

describe("what can be injected, on the command line", () => {
  it("stands in its family: what it strikes, for how long, and each argument with range, unit and default", () => {
    const at = all.indexOf("Incidents of stream (Stream)");
    const next = all.indexOf("", at);
    expect(all.slice(at, next)).toContain("  stream/debris            Bridge blocked: gauge of stream, 3h unless --for");
    expect(all.slice(at, next)).toContain("      flow     Release: 1 to 15 m³/s, default 6");
    expect(all).toContain("  storm                    Storm: the whole city, 3h unless --for");
    expect(all).toContain("      depth  Depth: 5 to 320 mm, default 90");
    expect(all).toContain("      above  Hotter by: 1 to 15 °C, default 8");
    expect(all).toContain("      shows  Lamps: flashing (default); dark");
  });
  it("has every kind, and fits a terminal of 100 columns", () => {
    for (const { id } of injectionKinds) expect(all.filter((line) => line.startsWith(`  ${id} `))).toHaveLength(1);
    for (const line of [...all, ...injectionKinds.flatMap(kindDetail)]) expect(line.length, line).toBeLessThanOrEqual(100);
  });
  it("is told alone with its effect, what is true of it, and what shows it", () => {
    const storm = kindDetail(kindOf("storm")).join("\n");
    expect(storm).toContain("<depth> mm of rain over the basin");
    expect(storm).toContain("shown by   any rule of stream, traffic/slow, traffic/spillback");
    expect(kindDetail(kindOf("manure/detour")).join("\n")).toContain("no rule may speak of it");
    expect(kindDetail(kindOf("recording")).join("\n")).toContain("file    Recording (CSV): must be given");
    expect(["stream", "*/silent", "traffic/slow"].map(finderWords)).toEqual(["any rule of stream", "silent of any service", "traffic/slow"]);
  });
});
