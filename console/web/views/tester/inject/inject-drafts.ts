import { signal } from "@preact/signals";
import type { InjectionKindRow } from "../../../../../shared/scenario/scenario-port.ts";
import { formOf, type InjectForm } from "./inject-request.ts";

/** What is being filled in, by device; the test desk's own has no device. It outlives the tab in which it stands, so that whoever looks elsewhere comes back to his work. */
const drafts = signal<ReadonlyMap<string, InjectForm>>(new Map());

export const draftOf = (device: string | undefined): InjectForm | undefined => drafts.value.get(device ?? "");
export function keepDraft(device: string | undefined, form: InjectForm): void {
  drafts.value = new Map(drafts.peek()).set(device ?? "", form);
}

export const startOf = (kind: InjectionKindRow, device: string | undefined): InjectForm => ({ ...formOf(kind), device: device ?? "" });

/** With what a form opens: as it was left, as long as there is such a kind here; else the first kind. */
export function openDraft(kinds: ReadonlyMap<string, InjectionKindRow>, device: string | undefined): void {
  const [first] = kinds.values();
  if (first !== undefined && !kinds.has(drafts.peek().get(device ?? "")?.kind ?? "")) keepDraft(device, startOf(first, device));
}
