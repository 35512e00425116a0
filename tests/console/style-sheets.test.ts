import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("../../console/web/", import.meta.url).pathname;
const sheets = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".css"))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "") }));
/** Innermost blocks: those of a media query count like the rest. */
const rulesOf = (text: string) =>
  [...text.matchAll(/([^{};]+)\{([^{}]*)\}/g)].map(([, selector = "", body = ""]) => ({ selector: selector.trim(), body }));
const viewOf = (path: string): string | undefined => /^views\/([^/]+)\//.exec(path)?.[1];

describe("style sheets, which stand side by side once two pages have been seen", () => {
  it("of work queues and of refused messages do not name each other's lists", () => {
    const named = (view: string): ReadonlySet<string> =>
      new Set(
        sheets
          .filter(({ path }) => viewOf(path) === view)
          .flatMap(({ text }) =>
            rulesOf(text).flatMap(({ selector }) => selector.split(",").flatMap((one) => /^\s*\.([\w-]+)/.exec(one)?.[1] ?? [])),
          ),
      );
    const ofQueues = named("queues");
    expect(ofQueues.size).toBeGreaterThan(5);
    expect([...named("quality")].filter((name) => ofQueues.has(name))).toEqual([]);
  });
  it("hold in each scroller what stands in it absolutely: words for a screen reader would make the whole page taller", () => {
    const loose = sheets.flatMap(({ path, text }) =>
      rulesOf(text)
        .filter(({ body }) => /overflow(?:-[xy])?:\s*auto/.test(body) && !/position:\s*(?:relative|absolute|fixed|sticky)/.test(body))
        .map(({ selector }) => `${path}: ${selector}`),
    );
    expect(loose).toEqual([]);
  });
});
