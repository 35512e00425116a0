import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import { createLibrary } from "../../director/library.ts";

describe("the library", () => {
  it("says of a story of another city what the one that runs does not have, and offers all others", async () => {
    const library = createLibrary({ library: "director/library", own: await mkdtemp(join(tmpdir(), "gwanje-")) }, createStages());
    const small = await library.rows("small");
    const lacking = small.filter(({ lacks }) => lacks.length > 0);
    expect(lacking.map(({ id }) => id)).toContain("alarm-flood");
    expect(lacking.find(({ id }) => id === "alarm-flood")?.lacks).toEqual([expect.stringMatching(/^16 are asked for, and .* has 6 of them$/)]);
    for (const { id } of small) expect([id, (await library.read(id, "small")).ok]).toEqual([id, !lacking.some((one) => one.id === id)]);
    expect(small.every(({ city, lacks }) => city !== "small" || lacks.length === 0)).toBe(true);
    expect((await library.rows("default")).find(({ id }) => id === "alarm-flood")?.lacks).toEqual([]);
  });
});
