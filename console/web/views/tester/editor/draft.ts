import { signal } from "@preact/signals";
import { go } from "../../../app/router.ts";
import { fetchText } from "../../../live/http.ts";
import { withStep } from "../inject/inject-request.ts";

/** A scenario file that is being written and that nobody has kept yet. */
export interface Draft {
  readonly id: string;
  readonly text: string;
}
export const draft = signal<Draft | undefined>(undefined);

function open(id: string, text: string): void {
  draft.value = { id, text };
  go({ view: "tester", at: `edit/${id}` });
}

export const sourcePath = (id: string): string => `/api/v1/scenarios/${encodeURIComponent(id)}/source`;

/** Opens a scenario's file with one more step; or why not. */
export async function addStep(scenario: string, step: readonly string[]): Promise<string | undefined> {
  const base = draft.peek()?.id === scenario ? draft.peek() : undefined;
  const answer = base === undefined ? await fetchText(sourcePath(scenario)) : { ok: true as const, value: base.text };
  if (!answer.ok) return answer.reason;
  open(scenario, withStep(answer.value, step));
  return undefined;
}

/** What happened in this span, as a file to be read and mended. */
export async function keepSpan(span: {
  readonly from: number;
  readonly to: number;
  readonly id: string;
  readonly run: string;
}): Promise<string | undefined> {
  const query = new URLSearchParams({ from: String(Math.round(span.from)), to: String(Math.round(span.to)), id: span.id, run: span.run });
  const answer = await fetchText(`/api/v1/scenarios/from-span?${query}`);
  if (!answer.ok) return answer.reason;
  open(span.id, answer.value);
  return undefined;
}
