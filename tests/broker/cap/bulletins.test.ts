import { describe, expect, it } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { capWorld, nine, problemsOf, rule, serviceWith } from "../../support/cap-world.ts";
import { minute } from "../../support/ingest-world.ts";

describe("a public alarm that stands", () => {
  it("is withdrawn when its sensor is taken out of service, and said anew when it is back and still stands", async () => {
    const world = capWorld();
    world.happen("raised", nine);
    world.be({ outOfService: { since: nine, by: "kim", order: "W-1" } });
    world.pass(nine + 2 * minute);
    world.pass(nine + 4 * minute);
    world.be({ outOfService: null });
    world.pass(nine + 6 * minute);
    world.happen("cleared", nine + 9 * minute);
    expect(world.types()).toEqual(["Alert P3", "Cancel P3", "Alert P3", "Update AllClear P3"]);
    expect(await problemsOf(...world.xml())).toEqual([]);
  });

  it("that its cause suppresses is not published, until it stands alone", () => {
    const world = capWorld();
    world.happen("raised", nine, { suppressed: { by: "storm" } });
    world.pass(nine + 2 * minute);
    expect(world.types()).toEqual([]);
    world.be({ suppressed: null });
    world.pass(nine + 4 * minute);
    expect(world.types()).toEqual(["Alert P3"]);
  });

  it("has a chain of its own for each occurrence", () => {
    const world = capWorld();
    world.happen("raised", nine);
    world.happen("cleared", nine + minute);
    world.happen("raised", nine + 2 * minute);
    expect(world.types()).toEqual(["Alert P3", "Update AllClear P3", "Alert P3"]);
    expect(world.bulletins().messages().at(-1)?.references).toEqual([]);
  });

  it("is forgotten with its run", () => {
    const world = capWorld();
    world.happen("raised", nine);
    world.bulletins().forget("city");
    expect(world.types()).toEqual([]);
  });
});

describe("what is not for the public", () => {
  it.each([
    [
      "a rule that is not marked",
      serviceWith([{ ...rule, public: undefined } as unknown as Rule]),
      { ...rule, public: undefined } as unknown as Rule,
    ],
    ["a sensitive service", serviceWith([rule], { sensitive: true }), rule],
    ["work for a queue", serviceWith([{ ...rule, outcome: "task" }]), { ...rule, outcome: "task" } as Rule],
  ])("%s says nothing", (_, contract, only) => {
    const world = capWorld({ contract, only });
    world.happen("raised", nine);
    world.pass(nine + 5 * minute);
    expect(world.types()).toEqual([]);
  });
});

describe("a public alarm whose device is removed", () => {
  it("is withdrawn within a minute, once, in its own words, with the chain behind it", async () => {
    const world = capWorld();
    world.happen("raised", nine);
    world.happen("priority", nine + minute, { priority: 2 });
    world.isThere(false);
    world.restart();
    world.pass(nine + 3 * minute);
    world.pass(nine + 9 * minute);
    expect(world.types()).toEqual(["Alert P3", "Update P2", "Cancel P2"]);
    const [alert, update, cancel] = world.bulletins().messages();
    expect(cancel).toEqual({
      ...update,
      id: alert?.id.replace(/1$/, "3"),
      type: "Cancel",
      t: nine + 3 * minute,
      references: [alert, update].map((one) => ({ id: one?.id, t: one?.t })),
    });
    expect(await problemsOf(...world.xml())).toEqual([]);
    expect(world.bulletins().state().standing).toEqual([]);
  });

  it("says nothing more when it was over, held back or withdrawn already", () => {
    const [over, held, gone] = [capWorld(), capWorld(), capWorld()];
    over.happen("raised", nine);
    over.happen("cleared", nine + minute);
    held.happen("raised", nine, { suppressed: { by: "x" } });
    gone.happen("raised", nine);
    gone.be({ outOfService: { since: nine, by: "x", order: "1" } });
    gone.pass(nine + 2 * minute);
    for (const world of [over, held, gone]) {
      const before = world.types();
      world.isThere(false);
      world.pass(nine + 9 * minute);
      expect(world.types()).toEqual(before);
    }
  });

  it("is withdrawn before the next Alert of a device that came back before anybody looked", () => {
    const world = capWorld();
    world.happen("raised", nine);
    world.isThere(false);
    world.isThere(true);
    world.happen("raised", nine + 10_000);
    world.pass(nine + 5 * minute);
    expect(world.types()).toEqual(["Alert P3", "Cancel P3", "Alert P3"]);
  });

  it("waits for its own event time in the city; the last real device has none any more, and goes by the wall clock", () => {
    const [city, field] = [capWorld(), capWorld({ timeline: "field" })];
    for (const world of [city, field]) {
      world.happen("raised", nine);
      world.isThere(false);
      world.passOther(nine + 60 * minute, nine + 7 * minute);
    }
    expect(city.types()).toEqual(["Alert P3"]);
    city.pass(nine + 2 * minute);
    expect(city.types()).toEqual(["Alert P3", "Cancel P3"]);
    expect(
      field
        .bulletins()
        .messages()
        .map(({ type, t }) => [type, t]),
    ).toEqual([
      ["Alert", nine],
      ["Cancel", nine + 7 * minute],
    ]);
  });
});
