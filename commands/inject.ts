import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { unknownName } from "../director/language/nearest.ts";
import { durationPattern, secondsOf } from "../shared/scenario/duration.ts";
import type { ClearedInjection, InjectionState } from "../shared/scenario/injection.ts";
import { injectionKindOf, injectionKinds } from "../shared/scenario/kinds.ts";
import type { InjectRequest, Preview } from "../shared/scenario/scenario-port.ts";
import type { Selector } from "../shared/scenario/selector.ts";
import { finderWords, kindDetail, kindLines } from "./inject-kinds.ts";
import { clearedLines, injectionLines } from "./injection-lines.ts";
import { keepRecording } from "./recording/kept-recordings.ts";
import type { Words } from "./scenario/scenario-commands.ts";
import { Complaint, del, get, post } from "./talk.ts";

const conditions = ["device", "gateway", "service", "kind", "district", "tag", "except", "count", "share"] as const;

/** `service=stream,district=handeul,share=10 % of gateways`; several values of one condition are joined by `+`. */
function selectorIn(text: string): Selector {
  const selector: Record<string, unknown> = {};
  for (const part of text.split(",")) {
    const [name = "", value = ""] = [part.slice(0, part.indexOf("=")).trim(), part.slice(part.indexOf("=") + 1).trim()];
    if (!part.includes("=") || value === "") throw new InvalidArgumentError(`"${part}" is no condition: write it as name=value`);
    if (!conditions.some((known) => known === name)) throw new InvalidArgumentError(unknownName("condition", name, conditions));
    const values = value.split("+");
    selector[name] = name === "count" ? Number(value) : values.length > 1 ? values : value;
  }
  return selector as Selector;
}
function given(text: string, before: Record<string, number | string>): Record<string, number | string> {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError("write it as name=value");
  const value = text.slice(at + 1);
  return { ...before, [text.slice(0, at)]: value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value };
}
function seconds(text: string): number {
  if (!durationPattern.test(text)) throw new InvalidArgumentError('a duration is written like "90s", "10m" or "1h30m"');
  return secondsOf(text);
}
interface Options {
  readonly on?: Selector;
  readonly for?: number;
  readonly with: Readonly<Record<string, number | string>>;
  readonly preview?: boolean;
  readonly story?: boolean;
  readonly json?: boolean;
}
interface Said {
  readonly facts: unknown;
  readonly lines: readonly string[];
}
type Injections = { readonly injections: readonly (InjectionState | ClearedInjection)[]; readonly staying?: number };
const path = "/api/v1/injections";
/** People read times by the city's own clock. */
const zoneOf = async (dataDir: string): Promise<string> => ((await get(dataDir, "/api/v1/plan")) as { readonly zone: string }).zone;

async function listed(dataDir: string): Promise<Said> {
  const { injections } = (await get(dataDir, path)) as Injections;
  return { facts: injections, lines: injectionLines(injections, await zoneOf(dataDir)) };
}
/** The end of one, or of all that people have asked for; with `story` of a story's, too. */
async function cleared(dataDir: string, id: string, story: boolean): Promise<Said> {
  if (story && id !== "all") throw new Complaint("--story belongs to `gwanje inject clear all`", 2);
  const answer = (await del(dataDir, `${path}/${encodeURIComponent(id)}${story ? "?story=take" : ""}`)) as Injections;
  return { facts: answer.injections, lines: clearedLines(answer, await zoneOf(dataDir)) };
}
/** A recording goes into the city's folder first. */
async function withFile(dataDir: string, kind: string, args: Options["with"]): Promise<Options["with"]> {
  const field = Object.entries(injectionKindOf(kind)?.fields ?? {}).find(([, one]) => one.kind === "file")?.[0];
  if (field === undefined || args[field] === undefined) return args;
  const metric = args.metric === undefined ? undefined : String(args.metric);
  return { ...args, [field]: await keepRecording(dataDir, String(args[field]), metric) };
}
function kindsSaid(id: string | undefined): Said {
  if (id === undefined) return { facts: injectionKinds, lines: kindLines(injectionKinds) };
  const kind = injectionKindOf(id);
  if (kind === undefined) throw unknownKind(id);
  return { facts: kind, lines: kindDetail(kind) };
}
const unknownKind = (id: string, ...more: readonly string[]): Complaint =>
  new Complaint(unknownName("kind of injection", id, [...injectionKinds.map((one) => one.id), ...more]), 2);

async function strike(dataDir: string, kind: string, { on = {}, for: lasts, with: given, preview }: Options): Promise<Said> {
  if (injectionKindOf(kind) === undefined) throw unknownKind(kind, "kinds", "list", "clear");
  const args = await withFile(dataDir, kind, given);
  const request: InjectRequest = { kind, on, ...(lasts === undefined ? {} : { lasts }), ...(Object.keys(args).length === 0 ? {} : { with: args }) };
  const told = (await post(dataDir, `${path}/preview`, request)) as Preview;
  if (preview === true) return { facts: told, lines: previewLines(told) };
  const { injections } = (await post(dataDir, path, request)) as Injections;
  return { facts: injections, lines: [...previewLines(told), ...injectionLines(injections, await zoneOf(dataDir))] };
}
async function answerTo(dataDir: string, kind: string, id: string | undefined, options: Options): Promise<Said> {
  if (kind === "kinds") return kindsSaid(id);
  if (options.story === true && kind !== "clear") throw new Complaint("--story belongs to `gwanje inject clear all`", 2);
  if (kind === "list") return listed(dataDir);
  if (kind === "clear" && id === undefined) throw new Complaint("say which: an id of `gwanje inject list`, or all", 2);
  if (kind === "clear" && id !== undefined) return cleared(dataDir, id, options.story === true);
  if (id !== undefined) throw new Complaint(`"${id}" says nothing here; where is given by --on`, 2);
  return strike(dataDir, kind, options);
}

/** `gwanje inject …`: one thing at a time, into the city that runs. */
export function addInjectCommand(program: Command, { config, out, examples }: Words): void {
  program
    .command("inject")
    .description(
      "strike devices of the city that runs: `inject kinds [kind]` tells what there is, `inject list` what goes on, `inject clear <id>|all` ends it (`all`: what people have injected, not a story)",
    )
    .argument("<kind>", "what to inject, as `inject kinds` names it; or kinds, list, clear")
    .argument("[id]", "of `kinds`: one kind, told with its effect; of `clear`: one injection, or all")
    .option("--on <selector>", "where, e.g. service=stream,district=handeul,share=10%", selectorIn)
    .option("--for <time>", "how long, e.g. 10m; default: as the kind says", seconds)
    .option("--with <name=value>", "an argument; may be given several times", given, {})
    .option("--preview", "say what would happen, and do nothing")
    .option("--story", "of `clear all`: what a story that is on has injected, too")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples(
        "npx gwanje inject kinds storm",
        "npx gwanje inject stuck --on device=ws-02 --for 2h --with metric=dist",
        "npx gwanje inject clear all",
        "npx gwanje inject clear all --story",
      ),
    )
    .action(async (kind: string, id: string | undefined, options: Options) => {
      const { facts, lines } = await answerTo(config().GWANJE_DATA_DIR, kind, id, options);
      if (options.json === true) out(JSON.stringify(facts));
      else for (const line of lines) out(line);
    });
}
const previewLines = ({ words, devices, expected }: Preview): readonly string[] => [
  words.en,
  ...(devices.length === 0 ? [] : [`strikes ${devices.length === 1 ? devices[0] : `${devices.length} devices`}`]),
  ...(expected.length === 0 ? [] : [`should be found by ${expected.map(finderWords).join(", ")}`]),
];
