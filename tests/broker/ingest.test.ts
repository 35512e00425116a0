import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { describe, expect, it, vi } from "vitest";
import { openJournal } from "../../broker/alarms/journal.ts";
import type { CapPlan } from "../../broker/cap/cap-xml.ts";
import { createRoomPort } from "../../broker/room/room-port.ts";
import type { Runs } from "../../broker/runs.ts";
import { birth, city, clockAt, event, minute, reading, start } from "../support/ingest-world.ts";
import { known, memoryRuns, script, started } from "../support/started-ingest.ts";
import { tempFolder, tempLedger } from "../support/temp-ledger.ts";

describe("a start of the ingest", () => {
  it("after a kill before its first checkpoint knows what it knew, and nothing of it twice", async () => {
    const [ledger, folder, { runs, rowsOf }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const first = await started(ledger.root, folder, runs);
    for (const [topic, what] of script) await first.send(topic, what);
    const before = known(first);
    expect(before).toMatchObject({ lines: [[1, "tx-1", "preempt"]], refused: [[1, "range"]], track: { accepted: 3 } });
    first.ingest.flush();
    await vi.waitFor(() => expect(rowsOf("r1")).toBe(2));
    const second = await started(await ledger.killed(), await tempFolder(), runs);
    expect(known(second)).toMatchObject({ lines: before.lines, refused: before.refused, total: before.total });
    expect(second.fold.tracks.get("tx-1")).toMatchObject({ accepted: 3, newest: start + minute });
    await second.close();
    expect(rowsOf("r1"), "the store has each row once").toBe(2);
  });

  it.each([
    ["keeps the journal when the log was trimmed, and goes on behind it", true, 3],
    ["writes the journal anew from a whole log", false, 0],
  ])("without its checkpoint %s", async (_name, trimmed, newest) => {
    const ledger = await tempLedger();
    const first = await started(ledger.root, await tempFolder(), memoryRuns().runs);
    for (const [topic, what] of script) await first.send(topic, what);
    if (trimmed) await first.close();
    const root = trimmed ? await ledger.reopen() : await ledger.killed();
    const audit = openJournal(root);
    for (const t of [1, 2, 3]) audit.write({ timeline: "city", t: start + t, at: t }, { what: "comment", by: "박준호", alarm: "a", device: "d" });
    await root.flushed;
    const before = audit.lines({ limit: 9 });
    // not the folder that the first one saved its checkpoint in
    const second = await started(root, await tempFolder(), memoryRuns().runs);
    expect(second.fold.room.journal({ limit: 9 })).toEqual(before.slice(0, newest));
    expect(second.fold.room.newest()).toBe(newest);
    await root.flushed;
    expect(openJournal(root).newest(), "on the disk too").toBe(newest);
    await second.close();
  });

  it("from a newer program's checkpoint or image says what to do; one without a number is taken as it is", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const first = await started(ledger.root, folder, runs);
    for (const [topic, what] of script) await first.send(topic, what);
    await first.close();
    const before = known(first);
    const file = join(folder, "checkpoint");
    const { v, ...old } = deserialize(await readFile(file));
    expect(v).toBe(3);
    await writeFile(file, serialize({ ...old, v: 4 }));
    const root = await ledger.reopen();
    await expect(started(root, folder, runs)).rejects.toThrow(/checkpoint cannot be used: it was written by a newer program .*: start that program/);
    await writeFile(file, serialize(old));
    const second = await started(root, folder, runs);
    expect(known(second)).toEqual(before);
    expect(() => second.fold.restore({ ...second.fold.image(), v: 4 }, "city")).toThrow("a newer program");
  });

  it("after an orderly end goes on where it was", async () => {
    const [ledger, folder, { runs, rowsOf }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const first = await started(ledger.root, folder, runs);
    for (const [topic, what] of script) await first.send(topic, what);
    await first.close();
    const before = known(first);
    const second = await started(await ledger.reopen(), folder, runs);
    expect(known(second)).toEqual(before);
    await second.send("traffic/gw-1/obs", reading("tx-1", start + minute, { volume: 5 }, { b: 1, seq: 2 }));
    expect(second.fold.tracks.get("tx-1")).toMatchObject({ accepted: 3, duplicate: 1 });
    await second.close();
    expect(rowsOf("r1")).toBe(2);
  });

  it("on a log that was lost numbers on, so that the store takes what comes", async () => {
    const [ledger, folder, { runs, rowsOf }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const first = await started(ledger.root, folder, runs);
    for (const [topic, what] of script) await first.send(topic, what);
    await first.close();
    const second = await started((await tempLedger()).root, folder, runs);
    await second.send("traffic/gw-1/obs", reading("tx-1", start + 2 * minute, { volume: 6 }, { b: 1, seq: 3 }));
    await second.close();
    expect(rowsOf("r1")).toBe(3);
  });

  it("of another run forgets the city's readings and begins to count anew", async () => {
    const [ledger, folder, { runs, rowsOf }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const one = await started(ledger.root, folder, runs);
    for (const [topic, what] of script) await one.send(topic, what);
    await one.send("_clock", clockAt(start, { run: "r2" }));
    expect(one.fold.tracks.get("tx-1")).toBeUndefined();
    await one.send("traffic/gw-1/obs", reading("tx-1", start, { volume: 4 }, { b: 1, seq: 0 }));
    expect(one.fold.tracks.get("tx-1")).toMatchObject({ accepted: 1, duplicate: 0 });
    await one.close();
    expect([rowsOf("r1"), rowsOf("r2")]).toEqual([2, 1]);
  });

  it("of another run leaves nothing of the former one in the city's chronicle", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const one = await started(ledger.root, folder, runs);
    for (const [topic, what] of script) await one.send(topic, what);
    await one.send("_clock", clockAt(start, { run: "r2" }));
    expect(one.fold.chronicle.lines()).toEqual([]);
    await one.send("traffic/tx-1/event", event("tx-1", start + 1000, "preempt", { seconds: 9 }, { b: 1, seq: 0 }));
    await one.send("_clock", clockAt(start + minute, { run: "r2" }));
    expect(one.fold.chronicle.lines()).toMatchObject([{ device: "tx-1", what: "preempt" }]);
  });

  it("saves no image of an instant that its store is beyond", async () => {
    const [ledger, folder, { runs, rowsOf, images }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const first = await started(ledger.root, folder, runs);
    await first.send("_clock", clockAt(start));
    await first.send("_clock", clockAt(start + 1000, { image: "full" }));
    await vi.waitFor(() => expect(images).toEqual(["full"]));
    await first.send("traffic/gw-1/obs", reading("tx-1", start + 1000, { volume: 4 }, { b: 1, seq: 0 }));
    first.ingest.flush();
    await vi.waitFor(() => expect(rowsOf("r1")).toBe(1));
    await started(await ledger.killed(), await tempFolder(), runs);
    expect(images).toEqual(["full"]);
  });

  it("is not stopped by one message that nothing can make sense of", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const one = await started(ledger.root, folder, runs);
    const deep = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;
    await one.send("_clock", clockAt(start));
    const answers = [
      one.send("traffic/gw-1/obs", `{"v":1,"d":"tx-1","t":9000000000000000,"m":{"volume":1}}`),
      one.send("traffic/gw-1/obs", `{"v":1,"d":"tx-1","t":${deep},"m":{"volume":1}}`),
      one.send("traffic/gw-1/obs", `[${deep},1]`),
      one.send("traffic/tx-1/state", deep),
      one.send("traffic/tx-1/meta", deep),
      one.send("_gw/gw-1/state", deep),
      one.send("_clock/ack", deep),
      one.send("traffic/gw-1/obs", reading("tx-1", start, { volume: 4 })),
    ];
    await vi.waitFor(() => expect(one.fold.tracks.get("tx-1")).toMatchObject({ accepted: 1 }));
    await Promise.all(answers);
  });
});

describe("the ingest", () => {
  it("learns from a last will that the simulator has gone, not how far the city was when the will was written", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const one = await started(ledger.root, folder, runs);
    for (const [topic, what] of script) await one.send(topic, what);
    await one.send("_clock", clockAt(start, { run: "r2" }));
    await one.send("traffic/gw-1/obs", reading("tx-1", start, { volume: 4 }, { b: 1, seq: 0 }));
    await one.send("_clock", clockAt(start + minute, { run: "r2" }));
    for (const will of [clockAt(start, { run: "r1", phase: "gone" }), clockAt(start, { run: "r2", phase: "gone" })]) {
      await one.send("_clock", will);
      expect(one.fold.clock).toMatchObject({ run: "r2", mark: start + minute, rate: 0, phase: "gone" });
      expect(one.fold.tracks.get("tx-1")).toMatchObject({ accepted: 1 });
    }
    await one.send("_clock", clockAt(start + 2 * minute, { run: "r2" }));
    expect(one.fold.clock).toMatchObject({ phase: "live", mark: start + 2 * minute });
  });

  it("passes on births and states that are what they should be, and keeps the others back with a reason", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const one = await started(ledger.root, folder, runs);
    const heard = async (topic: string, what: unknown) => [topic, await one.send(topic, what)];
    expect(await heard("_gw/gw-1/state", { s: "ready" })).toEqual(["_gw/gw-1/state", true]);
    expect(await heard("traffic/tx-1/state", { s: "ready" })).toEqual(["traffic/tx-1/state", true]);
    expect(await heard("traffic/tx-1/meta", birth("tx-1", "approach", { gateway: "gw-1" }))).toEqual(["traffic/tx-1/meta", true]);
    expect(await heard("_gw/gw-1/state", { s: "fine" })).toEqual(["_gw/gw-1/state", false]);
    expect(await heard("traffic/tx-1/state", "{")).toEqual(["traffic/tx-1/state", false]);
    expect(await heard("traffic/tx-1/meta", { v: 1 })).toEqual(["traffic/tx-1/meta", false]);
    expect(one.fold.quarantine.page({ limit: 9 }).items.map(({ code }) => code)).toEqual(["meta", "json", "shape"]);
  });

  it("goes on while its checkpoint cannot be written, and forgets nothing", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const first = await started(ledger.root, join(folder, "not", "there"), runs);
    for (const [topic, what] of script) await first.send(topic, what);
    await first.close();
    expect(first.ingest.trouble()).toBeUndefined();
    const second = await started(await ledger.reopen(), folder, runs);
    expect(second.fold.tracks.get("tx-1")).toMatchObject({ accepted: 3 });
  });

  it("acknowledges nothing any more when a run cannot be opened, and says why", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const opening = { ...runs, open: (run: string) => (run === "r1" ? Promise.reject(new Error("no room")) : runs.open(run)) };
    const one = await started(ledger.root, folder, opening);
    const answered: string[] = [];
    for (const [topic, what] of script) void one.send(topic, what).then(() => answered.push(topic));
    await vi.waitFor(() => expect(one.ingest.trouble()).toBe("no room"));
    void one.send("_gw/gw-1/state", { s: "ready" }).then(() => answered.push("late"));
    await vi.waitFor(() => expect(one.ingest.waiting()).toBe(0));
    await one.close();
    expect(answered).toEqual([]);
  });
});

describe("a checkpoint", () => {
  it("is not saved while lines of the journal wait for a full disk; the log brings them back", async () => {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const first = await started(ledger.root, folder, runs, () => new Promise(() => undefined));
    for (const [topic, what] of script) await first.send(topic, what);
    await first.close();
    expect(existsSync(join(folder, "checkpoint"))).toBe(false);
    const second = await started(await ledger.reopen(), folder, runs, async () => undefined);
    expect(known(second)).toEqual(known(first));
    await second.close();
    expect(existsSync(join(folder, "checkpoint"))).toBe(true);
  });
});

describe("an ingest that has stopped", () => {
  const by = { name: "lee", role: "operator" } as const;
  const comment = { do: "comment", alarm: "traffic-none-tx-1", note: "seen" } as const;
  async function stopping() {
    const [ledger, folder, { runs }] = [await tempLedger(), await tempFolder(), memoryRuns()];
    const broken: Runs = { ...runs, open: (run) => (run === "r2" ? Promise.reject(new Error("the store is broken")) : runs.open(run)) };
    const one = await started(ledger.root, folder, broken);
    await one.send("_clock", clockAt(start));
    const { room } = one.fold;
    const plan = { id: city } as CapPlan;
    const receipt = () => Promise.reject(new Error("nobody answers here"));
    const { port } = createRoomPort({
      plan,
      room,
      receipt,
      take: (message, done) => one.ingest.take(message, () => done()),
      trouble: one.ingest.trouble,
    });
    return { one, port };
  }

  it("answers people whose actions wait, with the reason, and acknowledges nothing of the field", async () => {
    const { one, port } = await stopping();
    let acknowledged = 0;
    void one.send("_clock", clockAt(start, { run: "r2" })).then(() => acknowledged++);
    const inItsBatch = port.act(comment, by);
    void one.send("traffic/gw-1/obs", reading("tx-1", start, { volume: 4 })).then(() => acknowledged++);
    await new Promise((resolve) => setImmediate(resolve));
    const behind = port.act(comment, by);
    for (const answer of [await inItsBatch, await behind])
      expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining("the store is broken") });
    expect(await port.act(comment, by)).toMatchObject({ ok: false, reason: expect.stringContaining("the store is broken") });
    expect(acknowledged).toBe(0);
  });
});
