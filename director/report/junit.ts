import { create } from "xmlbuilder2";
import type { Run } from "../play/run.ts";

/** JUnit XML: a suite a scenario, a case an expectation and a step that could fail. Times in city seconds. */
export function junitReport(runs: readonly Run[]): string {
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("testsuites", { name: "gwanje scenarios" });
  for (const run of runs) {
    const { scenario, seed, steps, expectations, from, to, repeat, reason, passed } = run.view();
    const name = scenario?.id ?? run.parts.id;
    const broken = steps.filter(({ state }) => state === "failed");
    const cases =
      expectations.length +
      broken.length +
      (passed === false && expectations.every(({ state }) => state !== "failed") && broken.length === 0 ? 1 : 0);
    const failures = expectations.filter(({ state }) => state !== "held").length + (cases - expectations.length);
    const suite = root.ele("testsuite", { name, tests: cases, failures, time: ((to - from) / 1000).toFixed(0) });
    suite
      .ele("properties")
      .ele("property", { name: "seed", value: String(seed) })
      .up()
      .ele("property", { name: "repeat", value: repeat });
    for (const { id, say, state, seen, t } of expectations) {
      const one = suite.ele("testcase", { classname: name, name: `${id}: ${say.en}`, time: t === null ? "0" : ((t - from) / 1000).toFixed(0) });
      if (state !== "held") one.ele("failure", { message: seen.en }).txt(`${say.en}\nseen: ${seen.en}\nrepeat: ${repeat}`);
    }
    for (const { id, words, reason: why } of broken)
      suite
        .ele("testcase", { classname: name, name: `step ${id}`, time: "0" })
        .ele("failure", { message: why ?? "" })
        .txt(`${words.en}\n${why}\nrepeat: ${repeat}`);
    if (cases > expectations.length + broken.length)
      suite.ele("testcase", { classname: name, name: "the run itself", time: "0" }).ele("failure", { message: reason ?? "" });
  }
  return root.end({ prettyPrint: true });
}
