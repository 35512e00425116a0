import { CloudEvent, HTTP } from "cloudevents";
import { describe, expect, it } from "vitest";
import type { HandoffRecord } from "../../../broker/handoff/handoff-record.ts";
import { linkEventOf } from "../../../broker/handoff/link-event.ts";
import type { LinkReceipt } from "../../../broker/handoff/link-receipt.ts";
import { handoffWorld, nine } from "../../support/handoff-world.ts";
import { hour, minute } from "../../support/ingest-world.ts";

const ask = (to: "dispatch-119" | "vulnerable" | "disaster", note?: string) =>
  ({ do: "hand-over", alarm: "ucare-blaze-home-1", to, ...(note === undefined ? {} : { note }) }) as const;

describe("a rule's links", () => {
  it("marked raised are told at once, one hand-over an occurrence and link; the others wait to be asked", () => {
    const world = handoffWorld();
    world.raise(nine);
    expect(world.handoffs().handoffs({ limit: 9 })).toMatchObject([
      { to: "dispatch-119", alarm: "ucare-blaze-home-1", occurrence: 1, state: "waiting", by: "system", tries: 0, t: nine },
    ]);
    expect(world.act(ask("vulnerable", "보호자 연락 안 됨"), nine + minute)).toMatchObject({ ok: true });
    expect(world.newest()).toMatchObject({ to: "vulnerable", by: "박준호" });
    expect(world.act(ask("vulnerable"), nine + minute)).toMatchObject({ ok: false, reason: expect.stringContaining("waiting") });
    expect(world.journal.lines({ limit: 9 }).map(({ what, by, x, reason }) => [what, by, x?.to, reason])).toEqual([
      ["handed-over", "system", "dispatch-119", null],
      ["handed-over", "박준호", "vulnerable", "보호자 연락 안 됨"],
    ]);
  });

  it("are the only ones: care goes to nobody else", () => {
    const world = handoffWorld();
    world.raise(nine);
    expect(world.act(ask("disaster"), nine)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/not handed to disaster.*dispatch-119, vulnerable/),
    });
    expect(world.act({ ...ask("vulnerable"), alarm: "ucare-blaze-home-9" }, nine)).toMatchObject({ ok: false });
    expect(world.act({ do: "unshelve", alarm: "a" }, nine)).toBeUndefined();
  });

  it("call nobody for an alarm that was seen before the city was reset", () => {
    const world = handoffWorld();
    world.raise(nine);
    const before = world.handoffs().handoffs({ limit: 9 }).length;
    expect(world.act({ ...ask("vulnerable"), run: "another" }, nine + minute)).toMatchObject({ ok: false, reason: expect.stringContaining("reset") });
    expect(world.handoffs().handoffs({ limit: 9 })).toHaveLength(before);
  });

  it.each([
    ["in a history that is generated", { live: false }, {}],
    ["while its sensor is out of service", {}, { outOfService: { since: 1, by: "kim", order: "W-1" } }],
    ["while it is shelved", {}, { shelved: { until: 1, by: "kim", reason: "test", once: false } }],
    ["while its cause suppresses it", {}, { suppressed: { by: "gateway" } }],
  ])("call nobody %s", (_, options, change) => {
    const world = handoffWorld(options);
    world.raise(nine, change);
    expect(world.handoffs().handoffs({ limit: 9 })).toEqual([]);
    expect(world.handoffs().unanswered()).toEqual([]);
  });

  it("call once while somebody is under way, and again after that was closed", () => {
    const world = handoffWorld();
    world.raise(nine);
    const { id = "" } = world.newest() ?? {};
    world.raise(nine + minute);
    expect(world.handoffs().handoffs({ limit: 9 })).toHaveLength(1);
    world.hear({ id, state: "closed" });
    world.raise(nine + 20 * minute);
    expect(world.handoffs().handoffs({ limit: 9 })).toMatchObject([
      { occurrence: 3, state: "waiting" },
      { occurrence: 1, state: "closed" },
    ]);
  });

  it("call again after half an hour, though the other side never said that it was closed", () => {
    const world = handoffWorld();
    world.raise(nine);
    world.hear({ id: world.newest()?.id ?? "", state: "dispatched" });
    world.raise(nine + 29 * minute);
    expect(world.handoffs().handoffs({ limit: 9 })).toHaveLength(1);
    world.raise(nine + 31 * minute);
    expect(world.handoffs().handoffs({ limit: 9 })).toHaveLength(2);
  });

  it("are not for an alarm that is over and acknowledged", () => {
    const world = handoffWorld();
    world.raise(nine);
    world.be({ active: false, acked: true });
    expect(world.act(ask("vulnerable"), nine)).toMatchObject({ ok: false, reason: expect.stringContaining("over") });
  });
});

describe("receipts", () => {
  const tell = (receipts: readonly { readonly state: string; readonly trouble?: string; readonly note?: string }[]) => {
    const world = handoffWorld();
    world.raise(nine);
    const { id = "" } = world.newest() ?? {};
    for (const [n, receipt] of receipts.entries()) world.hear({ id, ...receipt } as LinkReceipt, nine + n * 1000);
    const { state, tries, trouble, receipts: chain = [], receiver } = world.newest() ?? {};
    return { world, id, chain: chain.map((one) => one.state), state, tries, trouble, receiver };
  };
  const sent = (n: number) => ({ state: "sent", try: n, receiver: "outside" }) as const;

  it.each([
    [
      "the usual way",
      [sent(1), { state: "received" }, { state: "dispatched", note: "출동" }, { state: "closed" }],
      ["waiting", "sent", "received", "dispatched", "closed"],
    ],
    [
      "said twice",
      [sent(1), { state: "received" }, { state: "received" }, { state: "dispatched" }, { state: "dispatched" }],
      ["waiting", "sent", "received", "dispatched"],
    ],
    ["out of order", [sent(1), { state: "dispatched" }, { state: "received" }], ["waiting", "sent", "dispatched"]],
    ["tried again", [sent(1), { state: "waiting", trouble: "500" }, sent(2), { state: "received" }], ["waiting", "sent", "received"]],
    ["given up", [sent(1), { state: "failed", trouble: "404" }], ["waiting", "sent", "failed"]],
    [
      "given up, and yet they come",
      [sent(1), { state: "failed", trouble: "time" }, { state: "dispatched" }],
      ["waiting", "sent", "failed", "dispatched"],
    ],
    ["failed after it was received", [sent(1), { state: "received" }, { state: "failed", trouble: "late" }], ["waiting", "sent", "received"]],
  ] as const)("%s", (_, receipts, chain) => {
    const after = tell(receipts);
    expect(after.chain).toEqual(chain);
    expect(after.state).toBe(chain.at(-1));
    expect(after.world.handoffs().unanswered()).toEqual([]);
  });

  it("count tries, and say why the last one failed until it is answered", () => {
    expect(tell([sent(1), { state: "waiting", trouble: "it answered 500" }])).toMatchObject({
      state: "waiting",
      tries: 1,
      trouble: "it answered 500",
      receiver: "outside",
    });
    expect(tell([sent(1), { state: "waiting", trouble: "x" }, sent(2), { state: "received" }])).toMatchObject({ tries: 2, trouble: undefined });
  });

  it("of an unknown id are nobody's", () => {
    expect(handoffWorld().hear({ id: "r1:nothing", state: "closed" })).toBeUndefined();
  });

  it("are journalled once each, by whom they came", () => {
    const { world } = tell([
      sent(1),
      { state: "waiting", trouble: "x" },
      sent(2),
      { state: "received" },
      { state: "dispatched", note: "구급차 1대" },
      { state: "dispatched" },
    ]);
    expect(world.journal.lines({ limit: 20 }).map(({ what, by, before, after, reason }) => [what, by, before, after, reason])).toEqual([
      ["handed-over", "system", null, "waiting", null],
      ["receipt", "system", "waiting", "sent", null],
      ["receipt", "dispatch-119", "sent", "received", null],
      ["receipt", "dispatch-119", "received", "dispatched", "구급차 1대"],
    ]);
  });

  it("are the same after a restart; what was not answered is still to be carried, under its id", () => {
    const { world, id } = tell([sent(1)]);
    world.restart();
    expect(world.handoffs().unanswered()).toMatchObject([{ id, tries: 1, state: "sent" }]);
    world.hear({ id, state: "received" });
    world.restart();
    expect(world.handoffs().unanswered()).toEqual([]);
    expect(world.newest()).toMatchObject({ id, state: "received" });
  });

  it("a failed one can be asked again: same id, tries from the beginning", () => {
    const { world, id } = tell([sent(1), { state: "failed", trouble: "404" }]);
    expect(world.act(ask("dispatch-119"), nine + hour)).toMatchObject({ ok: true });
    expect(world.newest()).toMatchObject({ id, state: "waiting", tries: 0, by: "박준호" });
    expect(world.newest()?.trouble).toBeUndefined();
    expect(world.handoffs().unanswered()).toHaveLength(1);
  });
});

describe("what is known of hand-overs", () => {
  it("is forgotten with the run, and an image brings none", () => {
    const world = handoffWorld();
    world.raise(nine);
    const image = structuredClone(world.handoffs().state());
    world.handoffs().forget("city");
    world.handoffs().restore(image, "city");
    expect(world.handoffs().handoffs({ limit: 9 })).toEqual([]);
    expect(world.handoffs().unanswered()).toEqual([]);
  });

  it("is bounded, and what is unanswered stays", () => {
    const world = handoffWorld();
    for (let n = 0; n < 1500; n++) {
      world.raise(nine + n * minute);
      if (n > 0) world.hear({ id: world.newest()?.id ?? "", state: "closed" });
      else world.hear({ id: world.newest()?.id ?? "", state: "failed", trouble: "x" });
    }
    expect(world.handoffs().state().handoffs.length).toBeLessThanOrEqual(1100);
    world.raise(nine + 2000 * minute);
    expect(world.handoffs().unanswered()).toHaveLength(1);
  });

  it("shows people neither content nor timeline twice", () => {
    const world = handoffWorld();
    world.raise(nine);
    expect(Object.keys(world.newest() ?? {}).filter((key) => key === "content" || key === "timeline")).toEqual([]);
  });
});

describe("the event that goes out", () => {
  const recordOf = (timeline: "city" | "field"): HandoffRecord => {
    const world = handoffWorld({ timeline });
    world.raise(nine);
    world.act(ask("vulnerable", "가".repeat(2000)), nine);
    return world.handoffs().state().handoffs.at(-1) as HandoffRecord;
  };

  it.each(["city", "field"] as const)("of the %s is CloudEvents 1.0 by the standard's own SDK, in structured mode", (timeline) => {
    const event = linkEventOf(recordOf(timeline), "gaon");
    const strict = new CloudEvent(event, true);
    expect(strict.validate()).toBe(true);
    const read = HTTP.toEvent({ headers: { "content-type": "application/cloudevents+json" }, body: JSON.stringify(event) }) as CloudEvent<
      (typeof event)["data"]
    >;
    expect(read).toMatchObject({ id: event.id, specversion: "1.0", subject: "ucare-blaze-home-1" });
    expect(read.data).toMatchObject({ note: "가".repeat(2000), place: { lat: 37.55, lon: 127.01 }, receipts: "/api/v1/links/vulnerable/receipts" });
  });

  it("of the simulated city cannot be taken for a call for help", () => {
    const exercise = linkEventOf(recordOf("city"), "gaon");
    expect(exercise).toMatchObject({
      exercise: true,
      type: "gwanje.alarm.handed-over.exercise",
      data: { exercise: true, title: { ko: "[훈련] 화재 감지", en: "[EXERCISE] Fire detected" } },
    });
    const real = linkEventOf(recordOf("field"), "gaon");
    expect(real).toMatchObject({ type: "gwanje.alarm.handed-over", data: { exercise: false, title: { ko: "화재 감지" } } });
    expect(real).not.toHaveProperty("exercise");
  });

  it("says the same after the alarm has moved on: one id, one content", () => {
    const world = handoffWorld();
    world.raise(nine);
    const before = JSON.stringify(linkEventOf(world.handoffs().state().handoffs[0] as HandoffRecord, "gaon"));
    world.be({ active: false });
    world.hear({ id: world.newest()?.id ?? "", state: "sent", try: 1, receiver: "outside" });
    world.restart();
    expect(JSON.stringify(linkEventOf(world.handoffs().state().handoffs[0] as HandoffRecord, "gaon"))).toBe(before);
  });
});
