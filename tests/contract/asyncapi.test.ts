import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { services } from "../../shared/services/index.ts";
import { asyncApiOf } from "../support/asyncapi.ts";
import { blocksOf, read, root, updating, write } from "../support/docs.ts";

const file = "docs/asyncapi.json";
/** The examples of docs/wire.md are those of the document. */
const examples: Record<string, unknown[]> = {};
for (const { info, text } of blocksOf(read("docs/wire.md"))) {
  const [language, message] = info;
  if (language !== "json" || message === undefined) continue;
  examples[message] ??= [];
  examples[message].push(JSON.parse(text));
}
const made = asyncApiOf(services, examples);

interface Document {
  readonly channels: Readonly<Record<string, { readonly messages: Readonly<Record<string, unknown>> }>>;
  readonly operations: Readonly<Record<string, { readonly channel: { readonly $ref: string } }>>;
  readonly components: {
    readonly messages: Readonly<
      Record<string, { readonly payload: { readonly $ref: string }; readonly examples?: readonly { readonly payload: unknown }[] }>
    >;
    readonly schemas: Readonly<Record<string, object>>;
  };
}
const document = JSON.parse(JSON.stringify(made)) as Document;

/** Every `$ref` in here, wherever it stands. */
const refsIn = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => (key === "$ref" ? [String(inner)] : refsIn(inner)));
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split("/")
    .reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], document);

describe("docs/asyncapi.json", () => {
  it("is what the code says (UPDATE_DOCS=1 writes it anew)", () => {
    const text = `${JSON.stringify(made, null, 2)}\n`;
    if (updating) write(file, text);
    expect(existsSync(join(root, file)), "it is there").toBe(true);
    expect(read(file)).toBe(text);
  });

  it("refers to nothing that it does not have", () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(20);
    expect(refs.filter((pointer) => at(pointer) === undefined)).toEqual([]);
    for (const { messages } of Object.values(document.channels)) expect(Object.keys(messages).length).toBeGreaterThan(0);
  });

  it("has a schema of its metrics for each kind of device and of its fields for each event", () => {
    const names = Object.keys(document.components.schemas);
    for (const { id, kinds, events } of services) {
      for (const kind of Object.keys(kinds)) expect(names).toContain(`metrics.${id}.${kind}`);
      for (const event of Object.keys(events)) expect(names).toContain(`event.${id}.${event}`);
    }
  });

  it("accepts its own examples by its own schemas, and refuses them when they are spoilt", () => {
    const { messages, schemas } = document.components;
    for (const [name, { payload, examples: own = [] }] of Object.entries(messages)) {
      expect(own.length, `${name} has an example in docs/wire.md`).toBeGreaterThan(0);
      const whole = JSON.parse(
        JSON.stringify({ ...payload, definitions: schemas }).replaceAll("#/components/schemas/", "#/definitions/"),
      ) as Parameters<typeof z.fromJSONSchema>[0];
      const schema = z.fromJSONSchema(whole, { defaultTarget: "draft-7" });
      for (const example of own) {
        expect(schema.safeParse(example.payload).error?.issues, JSON.stringify(example.payload)).toBeUndefined();
        const [first = ""] = Object.keys(example.payload as object);
        const spoilt = Array.isArray(example.payload) ? [] : { ...(example.payload as object), [first]: null };
        expect(schema.safeParse(spoilt).success, JSON.stringify(spoilt)).toBe(false);
      }
    }
  });
});
