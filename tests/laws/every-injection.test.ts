import { describe, expect, it } from "vitest";
import { fits } from "../../shared/command-errors.ts";
import { injectionGroups } from "../../shared/scenario/injection.ts";
import { completeArgs } from "../../shared/scenario/injection-args.ts";
import { injectionKindOf, injectionKinds } from "../../shared/scenario/kinds.ts";
import { serviceOf, services } from "../../shared/services/index.ts";
import type { Text } from "../../shared/text.ts";

const hangul = /[가-힣]/;
const inBoth = ({ ko, en }: Text, what: string): void => {
  expect(ko, `${what} in Korean`).toMatch(hangul);
  expect(en, `${what} in English`).toMatch(/[a-z]/i);
  expect(en, `${what} in English`).not.toMatch(hangul);
};
const named = (text: string): Set<string> => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name));

describe("the kinds of injections", () => {
  it("are of every group, each under one id", () => {
    expect(new Set(injectionKinds.map(({ group }) => group))).toEqual(new Set(injectionGroups));
    expect(new Set(injectionKinds.map(({ id }) => id)).size).toBe(injectionKinds.length);
    for (const kind of injectionKinds) expect(injectionKindOf(kind.id)).toBe(kind);
    expect(injectionKindOf("toString")).toBeUndefined();
  });

  it("hold the incidents of every contract as service/incident", () => {
    for (const { id, incidents } of services)
      expect(injectionKinds.flatMap((kind) => (kind.service === id ? kind.id : []))).toEqual(Object.keys(incidents).map((name) => `${id}/${name}`));
  });
});

describe.each(injectionKinds)("$id", (kind) => {
  it("says in both languages what it is and what will happen, and names nothing that is not there", () => {
    inBoth(kind.title, "title");
    inBoth(kind.effect, "effect");
    for (const text of [kind.effect.ko, kind.effect.en])
      for (const name of named(text)) expect(["where", ...Object.keys(kind.fields)], text).toContain(name);
    expect(named(kind.effect.ko)).toEqual(named(kind.effect.en));
    for (const [name, field] of Object.entries(kind.fields)) {
      inBoth(field.label, name);
      if (field.kind === "word")
        for (const [word, text] of Object.entries(field.words)) expect([text.ko.length, text.en.length], word).not.toContain(0);
    }
  });

  it("has usual values within their bounds, so that nobody has to name any", () => {
    const files: Record<string, string> = {};
    for (const [name, field] of Object.entries(kind.fields)) {
      if (field.kind === "file") files[name] = "level.csv";
      else if (field.kind !== "metric") expect(fits(field, field.usual), name).toBe(true);
    }
    expect(completeArgs(kind, files).ok).toBe(true);
    expect(completeArgs(kind, { ...files, surely: 1 }).ok).toBe(false);
    if (kind.lasts !== null) expect(kind.lasts).toBeGreaterThan(0);
  });

  it("strikes what there is", () => {
    if (kind.group === "environment") expect(["city", "district"]).toContain(kind.on);
    const contract = serviceOf(kind.service ?? "");
    if (kind.group !== "incident") return;
    expect(kind.on).toBe("device");
    expect(kind.kinds?.length).toBeGreaterThan(0);
    for (const struck of kind.kinds ?? []) expect(Object.keys(contract?.kinds ?? {})).toContain(struck);
  });
});
