import { mkdir, mkdtemp, readdir } from "node:fs/promises";
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
  it("says that a file could not be kept, and leaves nothing half written behind", async () => {
    const own = await mkdtemp(join(tmpdir(), "gwanje-"));
    const library = createLibrary({ library: "director/library", own }, createStages());
    const source = (await library.source("calm-day")) ?? "";
    // where the file is to be there is a folder that is not empty: as on a full disk the last step fails
    await mkdir(join(own, "calm-day.yaml", "full"), { recursive: true });
    expect(await library.save("calm-day", source)).toMatchObject({ ok: false, reason: expect.stringMatching(/^the file could not be kept: /) });
    expect(await readdir(own)).toEqual(["calm-day.yaml"]);
  });
  it("keeps one whole file when several keep it at once", async () => {
    const own = await mkdtemp(join(tmpdir(), "gwanje-"));
    const library = createLibrary({ library: "director/library", own }, createStages());
    const source = (await library.source("calm-day")) ?? "";
    const saved = await Promise.all([...Array(8).keys()].map((n) => library.save("calm-day", `${source}# ${n}\n`)));
    expect(saved.map(({ ok }) => ok)).toEqual(Array(8).fill(true));
    expect(await readdir(own)).toEqual(["calm-day.yaml"]);
    expect(await library.source("calm-day")).toMatch(/^# \d\n$/m);
  });
});
