import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../../broker/alarms/journal.ts";
import { createRoom, type RoomState } from "../../../broker/room/room.ts";
import { evzone } from "../../../shared/services/evzone.ts";
import { watchedOf } from "../../support/found.ts";
import { minute } from "../../support/ingest-world.ts";

const by = { name: "박준호", role: "operator" } as const;
const nine = Date.UTC(2026, 9, 12, 0);

describe("a case in the room", () => {
  it.each(["city", "field"] as const)(
    "of the %s comes from readings, is news, is acted upon in its own time, and is back after a restart",
    (timeline) => {
      const bay = watchedOf(evzone, "bay", "ev-1-b1", { timeline, constants: { fast: 1, number: 1 } });
      const parts = {
        devices: () => [bay],
        device: (id: string) => (id === bay.id ? bay : undefined),
        journal: openJournal(),
        tell: () => undefined,
      };
      const room = createRoom(parts);
      room.begin("r1", nine - minute);
      for (const at of [0, 3, 6])
        room.observe(timeline, { t: nine + at * minute, device: bay.id, m: { occupied: true, vehicle: "ice", light: false } });
      room.observe(timeline, { t: nine + minute, device: bay.id, e: "warn", x: { n: 1 } });
      room.advance(timeline, nine - minute, 1);
      room.advance(timeline, nine + 7 * minute, 2);
      const [item, ...others] = room.news()?.items ?? [];
      expect(others).toEqual([]);
      expect(item).toMatchObject({ timeline, queue: "case", state: "open", law: { amount: 100_000 } });
      expect(item?.facts.map(({ text }) => text.en)).toContain("Voice warning: Step 1");
      expect(room.alarms()).toEqual([]);
      expect(room.act({ do: "take-item", item: item?.id ?? "" }, by, 3)).toMatchObject({ ok: true });
      expect(room.news()?.items).toMatchObject([{ state: "taken", owner: "박준호" }]);
      const line = room.journal({ limit: 1 })[0];
      expect(line).toMatchObject({ what: "item-taken", timeline, t: nine + 7 * minute, at: 3, by: "박준호", role: "operator" });

      const again = createRoom({ ...parts, journal: openJournal() });
      again.restore(deserialize(serialize(structuredClone(room.state()))) as RoomState);
      expect(again.followUp.items()).toEqual(room.followUp.items());
      again.observe(timeline, { t: nine + 9 * minute, device: bay.id, m: { occupied: false, vehicle: "none", light: false } });
      again.advance(timeline, nine + 10 * minute, 4);
      expect(again.followUp.items()).toMatchObject([{ active: false, state: "taken" }]);
      again.begin("r2", nine);
      expect(again.followUp.items()).toHaveLength(timeline === "city" ? 0 : 1);
    },
  );
});
