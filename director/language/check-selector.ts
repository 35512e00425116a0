import { landmarkTag } from "../../shared/scenario/landmark-tags.ts";
import { type Selectable, type Selector, select } from "../../shared/scenario/selector.ts";
import type { Stage } from "../stage.ts";
import { type Finding, type Path, told } from "./finding.ts";
import { meantBy, unknownName } from "./nearest.ts";

const all = (wanted: string | readonly string[] | undefined): readonly string[] =>
  wanted === undefined ? [] : typeof wanted === "string" ? [wanted] : wanted;

/** Names that a selector may give, by its field. */
type Known = Readonly<Record<"device" | "except" | "gateway" | "service" | "kind" | "district" | "tag", () => readonly string[]>>;

/**
 * Each name of a selector must be known, and together they must select something. `devices`: what is selected, a wrong name taken for the nearest one,
 * so that what is wrong beside it can be told at once; empty where nothing is near.
 */
export function checkSelector(
  selector: Selector,
  path: Path,
  { plan, devices, services }: Stage,
  seed: number,
): { readonly findings: readonly Finding[]; readonly devices: readonly Selectable[] } {
  const own = all(selector.service);
  const kinds = services.filter(({ id }) => own.length === 0 || own.includes(id)).flatMap((service) => Object.keys(service.kinds));
  const known: Known = {
    device: () => devices.map(({ id }) => id),
    except: () => devices.map(({ id }) => id),
    gateway: () => [...new Set(devices.map(({ gateway }) => gateway))],
    service: () => services.map(({ id }) => id),
    kind: () => kinds,
    district: () => plan.districts.map(({ id }) => id),
    tag: () => plan.landmarks.map(({ id }) => landmarkTag(id)),
  };
  const findings = unknownIn(selector, path, known);
  // of more than is told nothing else is looked for
  if (findings.length > told) return { findings, devices: [] };
  if (findings.length > 0) {
    const corrected = Object.fromEntries(
      (Object.keys(known) as (keyof Known)[])
        .filter((what) => selector[what] !== undefined)
        .map((what) => {
          const names = known[what]();
          return [what, all(selector[what]).map((name) => meantBy(name, names) ?? name)];
        }),
    );
    return { findings, devices: select(devices, { ...selector, ...corrected }, seed) };
  }
  const selected = select(devices, selector, seed);
  const { count } = selector;
  if (count !== undefined && selected.length > 0 && selected.length < count) {
    const message = `${count} are asked for, and ${plan.name.en} has ${selected.length} of them`;
    return { findings: [{ path: [...path, "count"], message }], devices: [] };
  }
  if (selected.length > 0) return { findings, devices: selected };
  return { findings: [{ path, message: `this selects no device of ${plan.name.en}` }], devices: [] };
}

/** Names that are not known. Stops when there are more than is told: a list may be as long as the file, and the nearest of each is looked for among thousands. */
function unknownIn(selector: Selector, path: Path, known: Known): readonly Finding[] {
  const findings: Finding[] = [];
  for (const what of Object.keys(known) as (keyof Known)[]) {
    if (selector[what] === undefined) continue;
    const names = known[what]();
    const strange = new Set(all(selector[what]));
    for (const name of names) strange.delete(name);
    for (const [at, name] of all(selector[what]).entries()) {
      if (!strange.has(name)) continue;
      const place = typeof selector[what] === "string" ? [...path, what] : [...path, what, at];
      findings.push({ path: place, message: unknownName(what === "except" ? "device" : what, name, names) });
      if (findings.length > told) return findings;
    }
  }
  return findings;
}
