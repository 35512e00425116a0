import { describe, expect, it } from "vitest";
import { injectionLines } from "../../commands/injection-lines.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";

const drift: InjectionState = {
  ...{ id: "one-1", kind: "drift", targets: ["ws-01"], t: Date.parse("2026-11-24T09:00:00Z"), lasts: 3600 },
  ...{ args: {}, state: "active", reason: null },
};

describe("injections as the command line tells them", () => {
  it("are told by the city's own time, with its offset", () => {
    expect(injectionLines([drift], "Asia/Seoul", "list")[0]).toMatch(/^one-1 +active +drift +2026-11-24T18:00:00\+09:00 for 1h {2}ws-01$/);
  });
  it("are cleared for whoever ends them, also while the city is about to, and stay refused or over when they were", () => {
    const told = (["active", "waits", "over", "refused"] as const).map(
      (state) => injectionLines([{ ...drift, state }], "Asia/Seoul", "clear")[0]?.split(/ +/)[1],
    );
    expect(told).toEqual(["cleared", "cleared", "over", "refused"]);
  });
  it("are none when there are none", () => {
    expect(injectionLines([], "Asia/Seoul", "clear")).toEqual(["nothing is injected"]);
  });
});
