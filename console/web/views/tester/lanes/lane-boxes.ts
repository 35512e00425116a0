import type { InjectionState, TruthClass } from "../../../../../shared/scenario/injection.ts";
import type { InjectionKindRow, PlannedStep, ScenarioRun } from "../../../../../shared/scenario/scenario-port.ts";
import type { Truth } from "../../../../../shared/scenario/truth.ts";
import type { Text } from "../../../../../shared/text.ts";

/** Something true, or planned, as a block of a lane. City times, epoch ms. */
export interface LaneBox {
  readonly id: string;
  /** `1`, `a`; none for what must stay quiet. */
  readonly mark: string | undefined;
  readonly title: Text;
  readonly where: readonly string[];
  readonly from: number;
  /** Where it ended, or is expected to; undefined = nobody knows. */
  readonly to: number | undefined;
  /** Only planned so far: dashed. */
  readonly isPlanned: boolean;
  readonly isOver: boolean;
}
export interface LaneCue {
  readonly id: string;
  readonly t: number;
  readonly words: Text;
  readonly isPlanned: boolean;
}
export interface LaneContent {
  readonly cues: readonly LaneCue[];
  readonly environment: readonly LaneBox[];
  readonly events: readonly LaneBox[];
  readonly faults: readonly LaneBox[];
  readonly quiet: readonly LaneBox[];
  /** By truth. */
  readonly marks: ReadonlyMap<string, string>;
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const letterOf = (n: number): string => (n < letters.length ? (letters[n] ?? "") : `${letters[n % letters.length]}${Math.floor(n / letters.length)}`);

interface Sources {
  readonly run: Pick<ScenarioRun, "steps" | "truths">;
  readonly kinds: ReadonlyMap<string, InjectionKindRow>;
  readonly injections: readonly InjectionState[];
}

/** What the whole city feels; a power cut or a festival has its place, and stands with the other events. */
function isEnvironment(kinds: Sources["kinds"], kind: string): boolean {
  const known = kinds.get(kind);
  return known?.group === "environment" && known.on === "city";
}
const sameText = (word: string): Text => ({ ko: word, en: word });

function boxOfTruth(truth: Truth, { kinds, injections }: Sources): Omit<LaneBox, "mark"> {
  const injection = injections.find(({ id }) => id === truth.id);
  const expected = injection?.lasts == null ? undefined : injection.t + injection.lasts * 1000;
  return {
    id: truth.id,
    title: kinds.get(truth.kind)?.title ?? sameText(truth.kind),
    where: truth.devices,
    from: truth.onset,
    to: truth.end ?? expected,
    isPlanned: false,
    isOver: truth.end !== null,
  };
}
function boxOfStep(step: PlannedStep, t: number, kinds: Sources["kinds"]): Omit<LaneBox, "mark"> {
  const kind = step.step.inject === undefined ? undefined : kinds.get(step.step.inject);
  return {
    id: step.id,
    title: kind?.title ?? step.words,
    where: step.devices,
    from: t,
    to: step.ends ?? undefined,
    isPlanned: true,
    isOver: false,
  };
}

type Unmarked = Omit<LaneBox, "mark"> & { readonly class: TruthClass; readonly isEnvironment: boolean };

/** What is true and what is planned, sorted into the lanes; events are numbered and faults lettered in the order in which they begin. */
export function laneContent(sources: Sources): LaneContent {
  const { run, kinds } = sources;
  const truths = run.truths.map(
    (truth): Unmarked => ({ ...boxOfTruth(truth, sources), class: truth.class, isEnvironment: isEnvironment(kinds, truth.kind) }),
  );
  const planned = run.steps.flatMap((step): Unmarked[] => {
    const kind = step.step.inject;
    if (step.what !== "inject" || step.state !== "to-come" || step.t === null || kind === undefined) return [];
    return [{ ...boxOfStep(step, step.t, kinds), class: kinds.get(kind)?.truth ?? "event", isEnvironment: isEnvironment(kinds, kind) }];
  });
  const all = [...truths, ...planned].sort((a, b) => a.from - b.from);
  const marks = new Map<string, string>();
  const sorted = { event: 0, fault: 0 };
  const marked = all.map(({ class: kind, isEnvironment: isOfAll, ...box }) => {
    const mark = kind === "event" ? String(++sorted.event) : kind === "fault" ? letterOf(sorted.fault++) : undefined;
    if (mark !== undefined) marks.set(box.id, mark);
    return { lane: isOfAll ? "environment" : kind, box: { ...box, mark } };
  });
  const of = (lane: string): LaneBox[] => marked.flatMap((one) => (one.lane === lane ? [one.box] : []));
  return {
    cues: run.steps.flatMap((step) =>
      step.what === "cue" && step.t !== null
        ? [{ id: step.id, t: step.t, words: step.step.cue ?? step.words, isPlanned: step.state === "to-come" }]
        : [],
    ),
    environment: of("environment"),
    events: of("event"),
    faults: of("fault"),
    quiet: of("quiet"),
    marks,
  };
}
