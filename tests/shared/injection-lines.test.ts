import { describe, expect, it } from "vitest";
import { injectionLines } from "../../commands/injection-lines.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";

const drift: InjectionState = {
  ...{ id: "one-1", kind: "drift", targets: ["ws-01"], t: Date.parse("2026-11-24T09:00:00Z"), lasts: 3600 },
  ...{ args: {}, state: "active", reason: null },
};

describe("injections as the command line tells them", () => {
  it("are told by the city's own time, with its offset", () => {
    expect(injectionLines([drift], "Asia/Seoul")[0]).toMatch(/^one-1 +active +drift +2026-11-24T18:00:00\+09:00 for 1h {2}ws-01$/);
  });
  it("are cleared for whoever ends them, when and by whom, and stay over when they were", () => {
    const cleared = { t: drift.t + 60_000, by: "admin" };
    const [ended, over] = injectionLines(
      [
        { ...drift, state: "cleared", cleared },
        { ...drift, state: "over", cleared: null },
      ],
      "Asia/Seoul",
    );
    expect(ended).toMatch(/^one-1 +cleared +drift .* ws-01 {2}cleared at 2026-11-24T18:01:00\+09:00 by admin$/);
    expect(over).toMatch(/^one-1 +over +drift .* ws-01$/);
  });
  it("are none when there are none", () => {
    expect(injectionLines([], "Asia/Seoul")).toEqual(["nothing is injected"]);
  });
});
