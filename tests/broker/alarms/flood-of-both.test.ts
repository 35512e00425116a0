import { describe, expect, it } from "vitest";
import { openJournal } from "../../../broker/alarms/journal.ts";
import type { Watched } from "../../../broker/alarms/observed.ts";
import { createRoom } from "../../../broker/room/room.ts";
import type { Timeline } from "../../../shared/timeline.ts";
import { postRule, second, yardWith } from "../../support/desk-world.ts";
import { birth, start } from "../../support/ingest-world.ts";

const yard = yardWith([postRule("high")]);
const watched = (id: string, timeline: Timeline): Watched => ({
  ...{ id, service: yard.id, kind: "post", district: "north", timeline, stale: 1e6, every: 60 },
  meta: birth(id, "post"),
  contract: yard,
});

describe("the flood that people see", () => {
  it("is of the city and of real devices together: their alarms added, and since the earlier begin", () => {
    const all = new Map(
      (["city", "field"] as const).flatMap((timeline) =>
        [...Array(13).keys()].map((n) => [`${timeline}-${n}`, watched(`${timeline}-${n}`, timeline)]),
      ),
    );
    const room = createRoom({ devices: () => all.values(), device: (id) => all.get(id), journal: openJournal(), tell: () => undefined });
    room.begin("r1", start);
    room.opens(start);
    const go = (timeline: Timeline, s: number) => room.advance(timeline, start + s * second, start + s * second);
    const raise = (timeline: Timeline, s: number, n: number) =>
      room.observe(timeline, { t: start + s * second, device: `${timeline}-${n}`, m: { level: 2 } });
    go("field", 1);
    for (let n = 0; n < 3; n++) raise("city", 20 + n, n);
    go("city", 60);
    for (let n = 0; n < 12; n++) raise("field", 30 + n, n);
    go("field", 60);
    expect(room.flood()).toEqual({ since: start + 40 * second, lastTenMinutes: 15 });
    for (let n = 3; n < 13; n++) raise("city", 70 + n, n);
    go("city", 100);
    expect(room.flood()).toEqual({ since: start + 40 * second, lastTenMinutes: 25 });
  });
});
