import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { scenarioJsonSchema } from "../../director/language/read-scenario.ts";

describe("the schema for editors", () => {
  it("is docs/scenario.schema.json as the code has it (the failure shows what to write)", async () => {
    const file = await readFile(new URL("../../docs/scenario.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
  });
});
