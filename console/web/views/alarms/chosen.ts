import { signal } from "@preact/signals";
import { keep, kept } from "../../app/kept.ts";
import { allFacets, type Facets } from "./facets.ts";

/** The alarm that the detail shows; the overview and the page agree on it. */
export const chosen = signal<string | undefined>(undefined);
/** Rows that one acknowledgement takes together. */
export const marked = signal<ReadonlySet<string>>(new Set());

export function toggleMark(id: string): void {
  const next = new Set(marked.peek());
  if (!next.delete(id)) next.add(id);
  marked.value = next;
}

/** How the list is looked at; a browser keeps it. */
export interface Look {
  readonly grouped: boolean;
  readonly facets: Facets;
}
function keptLook(): Look {
  const standard: Look = { grouped: true, facets: allFacets };
  try {
    const read: unknown = JSON.parse(kept("alarms") ?? "{}");
    if (typeof read !== "object" || read === null) return standard;
    const { grouped, facets } = read as Partial<Look>;
    const without = Array.isArray(facets?.without) ? facets.without : [];
    // What was typed is of the moment.
    return { grouped: grouped !== false, facets: { ...allFacets, ...facets, without, text: "" } };
  } catch {
    return standard;
  }
}
export const look = signal<Look>(keptLook());
export function changeLook(part: Partial<Look>): void {
  look.value = { ...look.peek(), ...part };
  keep("alarms", JSON.stringify(look.peek()));
}
export const changeFacets = (part: Partial<Facets>): void => changeLook({ facets: { ...look.peek().facets, ...part } });
