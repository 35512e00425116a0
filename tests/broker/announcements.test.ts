import { expect, it } from "vitest";
import { createAnnouncements } from "../../broker/announcements.ts";
import { rowOf } from "../../broker/city.ts";
import { birth, clockAt, ingestWorld, start } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";

it("a listener that fails keeps nobody else from hearing", async () => {
  const w = ingestWorld((await tempLedger()).root, { devices: [{ service: "traffic", meta: birth("tx-1", "approach") }] });
  const failed: unknown[] = [];
  const announcements = createAnnouncements(
    w.registry,
    (entry) => rowOf(entry, w.fold),
    (cause) => failed.push(cause),
  );
  const heard: string[] = [];
  const { onReading, onChronicle, onClock } = announcements.subscribe;
  for (const name of ["bad", "good"]) {
    const hear = (what: string) => (): void => {
      if (name === "bad") throw new Error(what);
      heard.push(what);
    };
    onReading("tx-1", hear("reading"));
    onChronicle(hear("chronicle"));
    onClock(hear("clock"));
    announcements.onAnswer(hear("answer"));
  }
  announcements.reading(w.entry("tx-1"), { t: start, late: false, m: { volume: 1 }, q: {} });
  announcements.chronicle([{ n: 1, t: start, service: "traffic", device: "tx-1", what: "silent", x: {} }]);
  announcements.clock(clockAt(start));
  announcements.answer({ id: "a", ok: true });
  expect(heard).toEqual(["reading", "chronicle", "clock", "answer"]);
  expect(failed.map(String)).toEqual(heard.map((what) => `Error: ${what}`));
});
