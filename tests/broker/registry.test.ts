import { describe, expect, it } from "vitest";
import { createAnnouncements } from "../../broker/announcements.ts";
import { rowOf } from "../../broker/city.ts";
import { cellsOf, openRegistry } from "../../broker/devices/registry.ts";
import { services } from "../../shared/services/index.ts";
import { probe } from "../contract/probe-service.ts";
import { birth, ingestWorld, reading, start } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const catalogue = [...services, probe];
const open = async (ledger?: Awaited<ReturnType<typeof tempLedger>>) =>
  openRegistry((ledger ?? (await tempLedger())).root, catalogue, () => undefined);

describe("device registry", () => {
  it("gives every device numbers of its own and cells behind those of the figures", async () => {
    const registry = await open();
    const figures = catalogue.reduce((sum, { panel }) => sum + panel.figures.length, 0);
    expect(registry.cells()).toBe(figures);
    expect(registry.figureCells.map(({ cell }) => cell)).toEqual(Array.from({ length: figures }, (_, cell) => cell));
    for (const [service, kind, id] of [
      ["traffic", "approach", "tx-1"],
      ["probe", "probe", "p-1"],
      ["ucare", "home", "uc-1"],
    ] as const)
      expect(registry.put(service, "city", birth(id, kind)).ok).toBe(true);
    const entries = [...registry.entries.values()];
    expect(entries.map(({ ix }) => ix)).toEqual([1, 2, 3]);
    expect(entries.map(({ cell }) => cell)).toEqual([figures, figures + 6, figures + 6 + 7]);
    expect(cellsOf(probe, "probe"), "time, four metrics, two of a position").toBe(7);
    expect(registry.cells()).toBe(figures + 6 + 7 + 8);
  });

  it("takes interval and stale limit from the birth document, else from the kind", async () => {
    const registry = await open();
    registry.put("traffic", "city", birth("a", "approach"));
    registry.put("traffic", "city", birth("b", "approach", { every: 5, stale: 20 }));
    expect([...registry.entries.values()].map(({ every, stale }) => [every, stale])).toEqual([
      [60, 180],
      [5, 20],
    ]);
  });

  it.each<[string, string, unknown, RegExp]>([
    ["what is no birth document", "traffic", { v: 1 }, /birth document: .*d: /],
    ["a place off the globe", "traffic", { ...birth("a", "approach"), lat: 99 }, /birth document: lat/],
    ["a key that is no part of it", "traffic", { ...birth("a", "approach"), owner: "Kim" }, /birth document: .*owner/],
    ["a kind that the service has not", "traffic", birth("a", "balloon"), /service traffic has no kind "balloon"/],
    ["a service that nobody knows", "balloons", birth("a", "balloon"), /service balloons has no kind/],
    ["a device that becomes another", "traffic", birth("known", "signal"), /known is a traffic approach; it cannot become a traffic signal/],
    ["a device that changes its service", "ucare", birth("known", "home"), /it cannot become a ucare home/],
  ])("refuses %s", async (_what, service, meta, reason) => {
    const registry = await open();
    registry.put("traffic", "city", birth("known", "approach"));
    expect(registry.put(service, "field", meta)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    expect([...registry.entries.keys()]).toEqual(["known"]);
  });

  it("refuses a birth document that would hand the device to a foreign gateway", async () => {
    const registry = await open();
    registry.put("traffic", "field", birth("real-1", "approach"));
    expect(registry.put("traffic", "field", birth("real-1", "approach", { gateway: "gw-other" })).ok).toBe(false);
  });

  it("says what is new or different, and nothing about what is the same", async () => {
    const said: string[] = [];
    const registry = openRegistry((await tempLedger()).root, catalogue, ({ id, district }) => void said.push(`${id} ${district}`));
    registry.put("traffic", "city", birth("a", "approach"));
    registry.put("traffic", "city", birth("a", "approach"));
    registry.put("traffic", "city", birth("a", "approach", { district: "south" }));
    registry.remove("a");
    registry.remove("a");
    expect(said).toEqual(["a north", "a south", "a south"]);
  });

  it("keeps a device's numbers and timeline whatever it says of itself later", async () => {
    const registry = await open();
    registry.put("traffic", "city", birth("a", "approach"));
    const { ix, cell } = registry.entries.get("a")!;
    registry.put("traffic", "field", birth("a", "approach", { fw: "2.0" }));
    expect(registry.entries.get("a")).toMatchObject({ ix, cell, timeline: "city", meta: { fw: "2.0" } });
  });

  it("is there again after a restart, with the same numbers", async () => {
    const ledger = await tempLedger();
    const first = await open(ledger);
    for (const id of ["b", "a", "c"]) first.put("traffic", id === "c" ? "field" : "city", birth(id, "approach"));
    const again = openRegistry(await ledger.reopen(), catalogue, () => undefined);
    for (const [id, { ix, timeline, meta }] of first.entries) expect(again.entries.get(id)).toMatchObject({ ix, timeline, meta });
    again.put("traffic", "city", birth("d", "approach"));
    expect(again.entries.get("d")?.ix).toBe(4);
  });

  it("makes the city's devices exactly these, and leaves real ones alone", async () => {
    const registry = await open();
    const fleet = (...ids: string[]) => ids.map((id) => ({ service: "traffic", meta: birth(id, "approach") }));
    expect(registry.provision(fleet("a", "b"))).toBe(false);
    registry.put("traffic", "field", birth("real", "approach"));
    expect(registry.provision(fleet("b", "c"))).toBe(true);
    expect([...registry.entries.keys()].sort()).toEqual(["b", "c", "real"]);
  });

  it("never uses a device's number twice, not even after a restart", async () => {
    const ledger = await tempLedger();
    const first = await open(ledger);
    for (const id of ["a", "b"]) first.put("traffic", "city", birth(id, "approach"));
    const gone = first.entries.get("b")?.ix;
    first.provision([{ service: "traffic", meta: birth("a", "approach") }]);
    const again = openRegistry(await ledger.reopen(), catalogue, () => undefined);
    again.put("traffic", "city", birth("c", "approach"));
    expect(again.entries.get("c")?.ix).not.toBe(gone);
  });
});

describe("rooms", () => {
  const roomsOf = (w: ReturnType<typeof ingestWorld>) =>
    createAnnouncements(
      w.registry,
      (entry) => rowOf(entry, w.fold),
      () => undefined,
    );
  const devices = [
    { service: "traffic", meta: birth("tx-1", "approach") },
    { service: "ucare", meta: birth("uc-1", "home") },
    { service: "stream", meta: birth("sg-1", "gate") },
  ];

  it("hold a sensitive service's devices in the care room, to the last cell, and everything else in the public one", async () => {
    const w = ingestWorld((await tempLedger()).root, { devices });
    const { roomOf } = roomsOf(w);
    const care = Array.from({ length: w.registry.cells() }, (_, cell) => cell).filter((cell) => roomOf(cell) === "care");
    const home = w.entry("uc-1").cell;
    expect(care).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((offset) => home + offset));
  });

  it("keep a home's values from the public when the home is no longer one of the city's", async () => {
    const w = ingestWorld((await tempLedger()).root, { devices });
    const { roomOf } = roomsOf(w);
    w.say("ucare", "uc-1", reading("uc-1", start, { act: 3, temp: 21 }));
    w.registry.provision([
      { service: "traffic", meta: birth("tx-1", "approach") },
      { service: "traffic", meta: birth("tx-2", "approach") },
    ]);
    const { v } = w.fold.board.changedAfter(-1, (cell) => roomOf(cell) === "public");
    expect(v).not.toContain(21);
  });

  it("change their epoch with every run, and with nothing else", async () => {
    const w = ingestWorld((await tempLedger()).root, { devices });
    const rooms = roomsOf(w);
    const clock = w.fold.clock!;
    const epochs = [rooms.epoch()];
    for (const run of ["r1", "r2", "r1"]) {
      rooms.clock({ ...clock, run });
      epochs.push(rooms.epoch());
      rooms.clock({ ...clock, run, mark: clock.mark + 1 });
      expect(rooms.epoch()).toBe(epochs.at(-1));
    }
    expect(new Set(epochs).size).toBe(epochs.length);
  });
});
