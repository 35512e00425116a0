import { durationOf } from "../../shared/scenario/duration.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";
import type { ScenarioStep } from "../../shared/scenario/scenario.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Selector } from "../../shared/scenario/selector.ts";
import { behindGateways } from "../plan/behind-gateways.ts";
import type { Happened, Offset, StruckStep, Told } from "./happened.ts";

/** What was injected, as steps; what began before the span and still lasted begins with it. */
export function toldInjections(happened: Happened, offset: Offset) {
  const { from, to, injections, ends, kinds } = happened;
  const notes: string[] = [];
  const steps: Told[] = [];
  const struck: StruckStep[] = [];
  for (const one of [...injections].sort((a, b) => a.t - b.t || (a.id < b.id ? -1 : 1))) {
    const kind = kinds.find(({ id }) => id === one.kind);
    const end = endOf(one, ends);
    if (one.state === "waits" || one.t > to || (end !== null && end <= from)) continue;
    if (one.state === "refused" || kind === undefined) {
      notes.push(`${one.kind}, which ${one.state === "refused" ? `was refused: ${one.reason ?? ""}` : "no kind is called any more"}`);
      continue;
    }
    if (one.t < from && end === null && kind.lasts === null && one.state === "over") continue;
    if (one.t < from) notes.push(`the part of ${one.kind} before the span: it begins with it`);
    const t = Math.max(from, one.t);
    const id = stepIdOf(one, struck);
    steps.push({ t, step: stepOf(one, kind, happened.devices, { id, at: offset(t), lasts: lastsOf(one, kind, { t, end, to }) }) });
    struck.push({ id, t, since: one.t, ends: end !== null && end <= to ? end : null, ...reachOf(one, kind, happened) });
  }
  return { steps, struck, notes };
}

/** What the simulator draws the injection's chance by, where a step can be called so: then it draws the same again. */
function stepIdOf({ id }: InjectionState, known: readonly StruckStep[]): string {
  const own = id.slice(id.indexOf(".") + 1).replaceAll(".", "-");
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(own) && known.every((one) => one.id !== own) ? own : `inject-${known.length + 1}`;
}

const endOf = ({ id, t, lasts }: InjectionState, ends: Happened["ends"]): number | null => ends.get(id) ?? (lasts === null ? null : t + lasts * 1000);

/** Seconds; null: until it is over by itself. A kind that lasts for some time when nobody says, and what somebody has ended, is told how long. */
function lastsOf(
  { lasts, reason }: InjectionState,
  kind: InjectionKindRow,
  { t, end, to }: { t: number; end: number | null; to: number },
): number | null {
  if (kind.lasts === null && lasts === null && reason !== "cleared") return null;
  return Math.max(1, Math.round(((end ?? to) - t) / 1000));
}

function stepOf(
  one: InjectionState,
  kind: InjectionKindRow,
  devices: Happened["devices"],
  { id, at, lasts }: { id: string; at: string; lasts: number | null },
): ScenarioStep {
  const on = selectorFor(one, kind, devices);
  return {
    ...{ at, id, inject: one.kind },
    ...(on === undefined ? {} : { on }),
    ...(lasts === null ? {} : { for: durationOf(lasts) }),
    ...(Object.keys(one.args).length === 0 ? {} : { with: { ...one.args } }),
  };
}
/** The whole gateway of each device is struck: then its name says it shorter. */
function selectorFor({ targets }: InjectionState, { on }: InjectionKindRow, devices: Happened["devices"]): Selector | undefined {
  if (on === "city") return undefined;
  if (on === "district") return { district: listOf(targets) };
  if (on === "device") return { device: listOf(targets) };
  const named = new Set(targets);
  return { gateway: listOf([...new Set(devices.filter(({ id }) => named.has(id)).map(({ gateway }) => gateway))].sort()) };
}
const listOf = (targets: readonly string[]): string | string[] => (targets.length === 1 ? (targets[0] ?? "") : [...targets]);

const reachOf = (one: InjectionState, kind: InjectionKindRow, happened: Happened): Pick<StruckStep, "devices" | "shows"> => ({
  devices: devicesOf(one, kind, happened),
  shows: kind.shows ?? [],
});
function devicesOf({ targets }: InjectionState, { on }: InjectionKindRow, { devices }: Happened): ReadonlySet<string> | null {
  if (on === "city") return null;
  const named = new Set(targets);
  if (on === "district") return new Set(devices.filter(({ district }) => named.has(district)).map(({ id }) => id));
  if (on === "device") return named;
  const struck = devices.filter(({ id }) => named.has(id));
  return new Set(behindGateways(struck, devices).map(({ id }) => id));
}
