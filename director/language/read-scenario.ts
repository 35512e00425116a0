import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { z } from "zod";
import { ok, type Result, refuse } from "../../shared/result.ts";
import { type Scenario, scenarioSchema } from "../../shared/scenario/scenario.ts";
import type { Mistake } from "../../shared/scenario/scenario-port.ts";
import { bytesOf, inBytes } from "../../shared/scenario/text-size.ts";
import type { Stage } from "../stage.ts";
import { checkScenario } from "./check-scenario.ts";
import { type Finding, type Path, told } from "./finding.ts";
import { issueMessage, unwound } from "./schema-words.ts";

/** Bytes. Larger files are no scenarios: 2,000 steps of a few lines fit well within. */
const largest = 1_000_000;

/** Text of a file to a scenario, or all that is wrong with it, in the order of lines. @param file name without `.yaml`, which the scenario must bear. */
export function readScenario(text: string, stageOf: (city: string) => Stage, file?: string): Result<Scenario, readonly Mistake[]> {
  if (bytesOf(text) > largest) return refuse([{ line: 1, column: 1, path: "", message: `the file is larger than ${inBytes(largest)}` }]);
  const lines = new LineCounter();
  // without tags like !!binary or !!set: what they make is neither a map nor a list; the library holds each key against each other one
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, resolveKnownTags: false });
  const errors = [...document.errors.map(({ pos, message }) => ({ offset: pos[0], message })), ...repeated(document)];
  if (errors.length > 0)
    return refuse(inOrder(errors.map(({ offset, message }) => ({ ...at(lines, offset), path: "", message: `this is not YAML: ${message}` }))));
  const plain = plainOf(document);
  if (!plain.ok) return refuse([{ ...at(lines, plain.reason.offset), path: "", message: `this is not YAML: ${plain.reason.message}` }]);
  const raw = plain.value;
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    return refuse([
      { line: 1, column: 1, path: "", message: "a scenario is a map that begins with `scenario: <name>`; `gwanje scenario new <name>` makes one" },
    ]);
  const parsed = scenarioSchema.safeParse(raw, { reportInput: true });
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => unwound(issue, raw));
  const bySchema = issues.flatMap((issue) => issueMessage(issue, scenarioSchema));
  const sound = parsed.success ? parsed.data : pruned(raw, bySchema);
  const byMeaning = checkScenario(sound, stageOf(cityOf(sound)), file, bySchema);
  const mistakes = [...bySchema.slice(0, placedAtMost), ...byMeaning].map((finding) => placed(document, lines, finding));
  if (mistakes.length === 0 && parsed.success) return ok(parsed.data);
  return refuse(inOrder(mistakes));
}

/** Finding the line of each of tens of thousands takes as long as the map is wide, and only the first are told. */
const placedAtMost = 5 * told;

/** Keys that stand twice in their map. */
function repeated(document: Document): { readonly offset: number; readonly message: string }[] {
  const found: { offset: number; message: string }[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push({ offset: key.range?.[0] ?? 0, message: "Map keys must be unique" });
        seen.add(key.value);
      }
    },
  });
  return found;
}

/** In the order of lines; of too many the first. */
function inOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  const sorted = [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
  const next = sorted[told];
  return next === undefined ? sorted : [...sorted.slice(0, told), { ...next, path: "", message: "there are more mistakes from here on" }];
}

const cityOf = ({ city }: Partial<Scenario>): string => city ?? "small";

/** Aliases of what is not there, and those that unfold without an end, are refused by the library with an error. */
function plainOf(document: Document): Result<unknown, { readonly offset: number; readonly message: string }> {
  try {
    return ok(document.toJS({ maxAliasCount: 100 }));
  } catch (cause) {
    let offset = 0;
    visit(document, {
      Alias: (_, alias) => {
        offset = alias.range?.[0] ?? 0;
        return alias.resolve(document) === undefined ? visit.BREAK : undefined;
      },
    });
    return refuse({ offset, message: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** Fields of a step or an expectation that are maps of what can be checked one by one. */
const maps: ReadonlySet<string> = new Set(["on", "with", "act", "none", "state", "count"]);

/**
 * What is left when everything wrong is taken out: what is still there fits the schema, so that its meaning can be checked as well. Within a step or an
 * expectation the whole field goes, in one that is a map the one entry.
 */
function pruned(raw: object, findings: readonly Finding[]): Partial<Scenario> {
  const left = structuredClone(raw) as Record<string, unknown>;
  for (const { path } of findings) {
    const deep = maps.has(String(path[2])) ? 4 : 3;
    const to = path[0] === "timeline" || path[0] === "expect" ? path.slice(0, deep) : path.slice(0, 1);
    // a step that is no map at all becomes an empty one: steps behind it keep their numbers
    if (to.length === 2) set(left, to, {});
    else if (to.length > 0) set(left, to, undefined);
  }
  for (const name of ["timeline", "expect"]) if (!Array.isArray(left[name])) delete left[name];
  return left as Partial<Scenario>;
}
function set(root: Record<string, unknown>, path: Path, value: unknown): void {
  let within: unknown = root;
  for (const name of path.slice(0, -1)) {
    if (typeof within !== "object" || within === null) return;
    within = (within as Record<PropertyKey, unknown>)[name];
  }
  const last = path.at(-1);
  if (typeof within !== "object" || within === null || last === undefined) return;
  if (value === undefined) delete (within as Record<PropertyKey, unknown>)[last];
  else (within as Record<PropertyKey, unknown>)[last] = value;
}

/** Where a finding stands in the file; of what is not there, where it ought to be. */
function placed(document: Document, lines: LineCounter, { path, message, key }: Finding): Mistake {
  const written = path.map((name) => (typeof name === "number" ? name : String(name)));
  let offset = document.contents?.range?.[0] ?? 0;
  for (let depth = 1; depth <= written.length; depth++) {
    const within = depth === 1 ? document.contents : document.getIn(written.slice(0, depth - 1), true);
    const name = written[depth - 1];
    const pair = isMap(within) ? within.items.find((one) => isPair(one) && isScalar(one.key) && one.key.value === name) : undefined;
    const ofKey = pair !== undefined && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
    const node = document.getIn(written.slice(0, depth), true) as { range?: [number, number, number] | null } | undefined;
    const found = depth === written.length && key === true ? ofKey : (node?.range?.[0] ?? ofKey);
    if (found === undefined) break;
    offset = found;
  }
  return { ...at(lines, offset), path: pathText(path), message };
}
function at(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
const pathText = (path: Path): string =>
  path.reduce<string>((text, name) => (typeof name === "number" ? `${text}[${name}]` : text === "" ? String(name) : `${text}.${String(name)}`), "");

/** JSON Schema of the file, for editors. */
export const scenarioJsonSchema = (): object => ({
  $id: "scenario.schema.json",
  title: "Gwanje scenario",
  ...z.toJSONSchema(scenarioSchema, { io: "input" }),
});
