import { describe, expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import { readScenario } from "../../director/language/read-scenario.ts";
import { secondsOf } from "../../shared/scenario/duration.ts";
import { serviceOf } from "../../shared/services/index.ts";
import { read } from "../support/docs.ts";

const stages = createStages();
/** `gwanje inject KIND --on device=… …` as people are told to write it; recordings need a file of theirs. */
const examples = ["docs/scenarios.md", "README.md", "commands/inject.ts"].flatMap((file) =>
  [...read(file).matchAll(/gwanje inject (?!recording)(\S+) --on device=(\S+)([^"\n]*)/g)].map(([all, kind = "", device = "", rest = ""]) => ({
    ...{ file, all, kind, device, lasts: /--for (\w+)/.exec(rest)?.[1] ?? "1h" },
    with: [...rest.matchAll(/--with (\w+)=(\S+)/g)].map(([, name, value]) => `${name}: ${value}`).join(", "),
  })),
);
const story = ({ kind, device, lasts, with: given }: (typeof examples)[number], city: string) => `scenario: example
title: { ko: 보기, en: Example }
story: { ko: 보기, en: Example }
city: ${city}
start: 2026-06-09T10:00
lasts: 1d
timeline:
  - { at: 1m, inject: ${kind}, on: { device: ${device} }, for: ${lasts}, with: { ${given} } }
expect:
  - { none: { class: operations } }
`;

describe("the examples of injections", () => {
  it("are found", () => expect(examples.length).toBeGreaterThanOrEqual(2));

  it.each(examples)("$file: $all works in the small city and in the default one", (example) => {
    for (const city of ["small", "default"]) {
      const told = readScenario(story(example, city), stages, "example");
      expect([city, told.ok ? [] : told.reason.map(({ message }) => message)]).toEqual([city, []]);
    }
  });

  it("strike long enough for the rule that is to find them", () => {
    const level = serviceOf("stream")?.metrics.level;
    const limit = level?.kind === "number" ? level.sensing?.stuck : undefined;
    for (const { kind, lasts } of examples) if (kind === "stuck") expect(secondsOf(lasts)).toBeGreaterThan(limit ?? Number.POSITIVE_INFINITY);
  });
});
