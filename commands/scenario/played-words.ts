import { durationOf } from "../../shared/scenario/duration.ts";
import { foundLine } from "./found-words.ts";
import type { Played } from "./run-scenarios.ts";

/** What came of a scenario, as lines for a terminal. */
export function playedLines({ run, passed, digest, took }: Played): readonly string[] {
  const { scenario, seed, expectations, steps, from, to, repeat, reason } = run.view();
  const { found } = run.scorecard();
  const broken = steps.filter(({ state }) => state === "failed");
  const marks = { held: "held  ", failed: "FAILED", "to-come": "open  " } as const;
  const city = (to - from) / 1000;
  return [
    `${passed ? "passed" : "FAILED"}  ${scenario?.id ?? run.parts.id}  seed ${seed}  ${durationOf(city)} in ${took.toFixed(1)} s (${Math.round(city / Math.max(0.1, took))}x)`,
    ...expectations.map(({ say, state, seen }) => `  ${marks[state]}  ${say.en}: ${seen.en}`),
    ...broken.map(({ id, reason: why }) => `  FAILED  step "${id}": ${why}`),
    ...(found.length === 0
      ? []
      : [
          `  found ${found.filter(({ by }) => by !== null).length} of ${found.length} of what was injected, false alarms ${run.scorecard().false.length}`,
          ...found.map((one) => `    ${foundLine(one)}`),
        ]),
    ...(digest === undefined ? [] : [`  digest ${digest.sha256.slice(0, 16)} of ${digest.messages} messages, room ${digest.room.slice(0, 16)}`]),
    ...(passed ? [] : [...(reason === null ? [] : [`  ${reason}`]), `  repeat it with: ${repeat}`]),
  ];
}

export function playedJson({ name, run, passed, digest, took }: Played): object {
  const { seed, expectations, from, to, repeat, reason } = run.view();
  return { scenario: name, seed, passed, reason, from, to, took, digest: digest ?? null, expectations, scorecard: run.scorecard(), repeat };
}
