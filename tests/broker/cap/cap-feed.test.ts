import { describe, expect, it } from "vitest";
import { create } from "xmlbuilder2";
import { capDocument } from "../../../broker/cap/cap-feed.ts";
import { capTime } from "../../../broker/cap/cap-xml.ts";
import { capWorld, nine, plan } from "../../support/cap-world.ts";
import { minute } from "../../support/ingest-world.ts";

describe("the feed", () => {
  it("is Atom with an entry for each message, newest first, and each entry's link leads to its message", () => {
    const world = capWorld();
    world.happen("raised", nine);
    world.happen("cleared", nine + minute);
    const messages = world.bulletins().messages();
    const { feed } = create(capDocument(messages, plan) ?? "").toObject() as { feed: Record<string, unknown> };
    for (const name of ["id", "title", "updated", "author", "link"]) expect(feed[name], name).toBeDefined();
    expect(feed.updated).toBe(capTime(nine + minute));
    const entries = feed.entry as Record<string, Record<string, string>>[];
    expect(entries).toHaveLength(2);
    for (const entry of entries) {
      for (const name of ["id", "title", "updated", "summary"]) expect(typeof entry[name], name).toBe("string");
      expect(capDocument(messages, plan, entry.link?.["@href"])).toContain("<alert xmlns=");
    }
    expect(entries[0]?.title).toContain("AllClear");
    expect(capDocument(messages, plan, "../../etc/passwd")).toBeUndefined();
  });

  it("of nothing is a feed all the same", () => {
    expect(create(capDocument([], plan) ?? "").toObject()).toMatchObject({ feed: { title: expect.any(String) } });
  });

  it("keeps the newest two hundred and what stands", () => {
    const world = capWorld();
    for (let n = 0; n < 400; n++) {
      world.happen("raised", nine + 2 * n * minute);
      world.happen("cleared", nine + (2 * n + 1) * minute);
    }
    const messages = world.bulletins().messages();
    expect(messages.length).toBeLessThanOrEqual(300);
    expect(messages.at(-1)?.occurrence).toBe(400);
  });
});
