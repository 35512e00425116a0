import { readdirSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Patience, startCourier } from "../../broker/handoff/courier.ts";
import type { LinkReceipt } from "../../broker/handoff/link-receipt.ts";
import { within } from "../../broker/handoff/within.ts";
import { handoffWorld, nine } from "../support/handoff-world.ts";
import { otherSide, status } from "../support/other-side.ts";

const hour = 3_600_000;
const log = pino({ level: "silent" });
const patience: Patience = { timeout: 60, first: 2, longest: 4, tries: 1000 };

/** A courier over so many hand-overs, all begun at `nine`; `now` says how late it is. */
function carrying(url: string, count: number, change: Partial<Patience> = {}, now: () => number = () => nine) {
  const world = handoffWorld();
  for (let n = 0; n < count; n++) world.raise(nine + n * hour);
  const told: LinkReceipt[] = [];
  const courier = startCourier({
    city: "gaon",
    unanswered: world.handoffs().unanswered,
    destination: () => ({ receiver: "outside", url, secret: "0123456789-0123456789" }),
    note: async (receipt) => {
      told.push(receipt);
      world.hear(receipt);
    },
    patience: { ...patience, ...change },
    log,
    now,
  });
  onTestFinished(courier.close);
  const all = () => world.handoffs().handoffs({ limit: 100 });
  return { world, courier, told, all };
}

describe("behind a receiver that is frozen", () => {
  it("every hand-over has its turn before any has its second, and those that wait say why", async () => {
    const side = await otherSide(() => undefined);
    const { courier, told, all } = carrying(side.url, 12);
    courier.look();
    await side.came(12);
    expect(new Set(side.ids().slice(0, 12)).size).toBe(12);
    // three have failed in a row: the others wait with that trouble before their own first try
    const first = new Map<string, LinkReceipt>();
    for (const receipt of told) if (!first.has(receipt.id)) first.set(receipt.id, receipt);
    const waited = [...first.values()].filter(({ state }) => state === "waiting");
    expect(waited.length).toBeGreaterThan(3);
    expect(waited[0]).toMatchObject({ trouble: "no answer within 0.06 s" });
    side.answerWith(status(200));
    await vi.waitFor(() => expect(all().every(({ state }) => state === "received")).toBe(true), { timeout: 5000 });
  });

  it("one at a time goes out as a probe", async () => {
    let [at, most] = [0, 0];
    const side = await otherSide((_heard, response) => {
      at += 1;
      if (side.heard.length > 8) most = Math.max(most, at);
      setTimeout(() => {
        at -= 1;
        response.writeHead(503).end();
      }, 10);
    });
    const { courier } = carrying(side.url, 12, { timeout: 10_000 });
    courier.look();
    await side.came(24);
    expect(most).toBe(1);
  });

  it("nothing waits longer than the whole patience: it has failed, and a person calls", async () => {
    let now = nine;
    const side = await otherSide(() => undefined);
    const { courier, all, told } = carrying(side.url, 12, { tries: 4 }, () => now);
    courier.look();
    await side.came(5);
    now = nine + 20 * hour;
    courier.look();
    await vi.waitFor(() => expect(all().map(({ state }) => state)).toEqual(all().map(() => "failed")), { timeout: 5000 });
    expect(side.heard.length).toBeLessThan(12);
    expect(all()[0]).toMatchObject({ tries: 0, trouble: "no answer within 0.06 s" });
    expect(told.filter(({ state }) => state === "failed")).toHaveLength(12);
  });

  it("what is asked again has its patience anew", async () => {
    let now = nine;
    const side = await otherSide(status(400));
    const { courier, world, all } = carrying(side.url, 1, {}, () => now);
    courier.look();
    await vi.waitFor(() => expect(all()[0]?.state).toBe("failed"));
    side.answerWith(status(503));
    now = nine + 1000 * hour;
    world.act({ do: "hand-over", alarm: "ucare-blaze-home-1", to: "dispatch-119" }, now);
    courier.look();
    await side.came(4);
    expect(all()[0]?.tries).toBeGreaterThanOrEqual(2);
  });
});

describe("after a kill", () => {
  it("what has used up its tries is not tried once more", async () => {
    const side = await otherSide(status(200));
    const { courier, world, all } = carrying(side.url, 1, { tries: 4 });
    world.hear({ id: all()[0]?.id ?? "", state: "sent", try: 4, receiver: "outside" });
    courier.look();
    await vi.waitFor(() => expect(all()[0]?.state).toBe("failed"));
    expect(all()[0]?.tries).toBe(4);
    expect(side.heard).toEqual([]);
  });

  it("what has waited meanwhile is still tried once", async () => {
    const side = await otherSide(status(200));
    const { courier, all } = carrying(side.url, 1, {}, () => nine + 1000 * hour);
    courier.look();
    await vi.waitFor(() => expect(all()[0]?.state).toBe("received"));
  });
});

describe("a time-out", () => {
  it("comes although the memory was swept meanwhile", async () => {
    setFlagsFromString("--expose-gc");
    const sweep = runInNewContext("gc") as () => void;
    const side = await otherSide(() => undefined);
    const { courier, all } = carrying(side.url, 1, { timeout: 300 });
    courier.look();
    await side.came(1);
    const sweeping = setInterval(sweep, 20);
    onTestFinished(() => clearInterval(sweeping));
    await vi.waitFor(() => expect(all()[0]?.trouble).toBe("no answer within 0.3 s"), { timeout: 3000 });
  });

  it("comes also while the answer's body drips", async () => {
    const side = await otherSide((_heard, response) => void response.writeHead(503).write("…"));
    const { courier, all } = carrying(side.url, 1, { timeout: 200 });
    courier.look();
    await vi.waitFor(() => expect(all()[0]?.trouble).toBe("no answer within 0.2 s"), { timeout: 3000 });
  });

  it("is never one that the collector can take: whoever posts uses the same one", () => {
    const folder = new URL("../../broker/handoff/", import.meta.url);
    const posting = readdirSync(folder).filter((name) => readFileSync(new URL(name, folder), "utf8").includes("fetch("));
    expect(posting).toEqual(["built-in-receiver.ts", "post-event.ts"]);
    for (const name of posting) expect(readFileSync(new URL(name, folder), "utf8")).not.toMatch(/AbortSignal\.(any|timeout)/);
  });

  it("leaves no timer and no listener behind", async () => {
    const end = new AbortController();
    const before = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    expect(await within(60_000, end.signal, async () => 7)).toBe(7);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === "Timeout")).toHaveLength(before);
    await expect(within(1, end.signal, () => new Promise(() => undefined))).rejects.toMatchObject({ name: "TimeoutError" });
    const waiting = within(60_000, end.signal, () => new Promise(() => undefined));
    end.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});
