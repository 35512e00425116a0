import { stringify } from "yaml";
import { durationOf } from "../../shared/scenario/duration.ts";
import { localOf } from "../plan/city-start.ts";
import type { Happened, Offset, Told } from "./happened.ts";
import { toldDeeds } from "./told-deeds.ts";
import { toldExpectations } from "./told-expectations.ts";
import { toldInjections } from "./told-injections.ts";

const minuteMs = 60_000;

/**
 * A span that was lived as a scenario file that lives it again: same seed and same life before it, what was injected, what people did, and as expectations
 * what the room made of it. What the language has no word for stands in the comment.
 */
export function asScenario(happened: Happened): string {
  const start = Math.floor(happened.from / minuteMs) * minuteMs;
  const end = Math.ceil(happened.to / minuteMs) * minuteMs;
  const offset: Offset = (t) => durationOf(Math.max(0, Math.round((t - start) / 1000)));
  const span = { ...happened, from: start, to: end };
  const injected = toldInjections(span, offset);
  const deeds = toldDeeds(span, offset);
  const expected = toldExpectations(span, injected.struck);
  const steps: Told[] = [...injected.steps, ...deeds.steps].sort((a, b) => a.t - b.t);
  const scenario = {
    scenario: happened.id,
    title: { ko: `저장한 기록 ${localOf(start)}`, en: `Saved from ${localOf(start)}` },
    story: {
      ko: `${localOf(start)}부터 ${localOf(end)}까지 실제로 일어난 일을 그대로 다시 산다. 관제실은 그때와 같이 판단해야 한다.`,
      en: `What happened from ${localOf(start)} to ${localOf(end)}, lived again. The room should make of it what it made of it then.`,
    },
    ...{ city: happened.city, seed: happened.seed, start: localOf(start), lasts: durationOf((end - start) / 1000) },
    baseline: durationOf(Math.max(0, start - happened.runStart) / 1000),
    responses: modeBefore(span),
    tags: ["saved"],
    timeline: steps.length > 0 ? steps.map(({ step }) => step) : [nothing],
    expect: expected.expect,
  };
  const notes = [...injected.notes, ...deeds.notes, ...expected.notes, ...standing(span)];
  return `${headOf(happened, notes)}${stringify(scenario, { lineWidth: 150, flowCollectionPadding: true })}`;
}

const nothing = { at: "0s", cue: { ko: "아무 일도 일부러 일으키지 않는다.", en: "Nothing is done on purpose." } };

function headOf({ run, from, to }: Happened, notes: readonly string[]): string {
  const lines = [
    `Saved from the run ${run}, ${new Date(from).toISOString()} to ${new Date(to).toISOString()}.`,
    "The baseline reaches back to the begin of that run: with the same seed the city lives the same until here. A shorter one gives another night.",
    "Give it a title and a story; then let it be checked and run: npx gwanje scenario check, npx gwanje scenario run.",
    ...(notes.length === 0 ? [] : ["Not in it:", ...notes.map((note) => `- ${note}`)]),
  ];
  return lines.map((line) => `# ${line.replace(/\s+/g, " ")}\n`).join("");
}

/** Who has switched responses since tells how they were. */
function modeBefore({ lines, from, responses }: Happened): "auto" | "manual" {
  const first = lines.find(({ what, t }) => what === "response-mode" && t > from);
  return first === undefined ? responses : first.before === "manual" ? "manual" : "auto";
}

/** Alarms that were raised before: the baseline may raise them again, nobody waits for them. */
function standing({ lines, from }: Happened): readonly string[] {
  const open = new Set<string>();
  for (const { what, alarm, t } of lines) {
    if (alarm === null || t >= from) continue;
    if (what === "raised") open.add(alarm);
    else if (what === "cleared") open.delete(alarm);
  }
  return open.size === 0 ? [] : [`alarms that stood before: ${[...open].sort().slice(0, 20).join(", ")}${open.size > 20 ? " …" : ""}`];
}
