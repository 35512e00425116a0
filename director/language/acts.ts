import type { Alarm, WorkItem } from "../../shared/alarm.ts";
import { linkIds } from "../../shared/links.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Role } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { ScenarioStep } from "../../shared/scenario/scenario.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";
import type { Service } from "../../shared/service.ts";
import { ruleFits } from "./rule-names.ts";

export type Act = NonNullable<ScenarioStep["act"]>;
/** What a scripted person can see. */
export interface Sight {
  readonly alarms: readonly Alarm[];
  readonly items: readonly WorkItem[];
  readonly services: readonly Service[];
  /** City time. */
  readonly mark: number;
}
const hourMs = 3_600_000;

/** What an act can be told beside where. */
export const actArgs: Readonly<Record<Act["do"], readonly string[]>> = {
  acknowledge: ["note"],
  shelve: ["minutes", "reason"],
  comment: ["note"],
  assign: ["to"],
  "hand-over": ["to", "note"],
  "response-mode": ["response", "mode"],
  "adviser-mode": ["device", "mode"],
  "take-item": [],
  "close-item": ["result", "note"],
};
/** Of these, what it cannot do without. */
export const neededArgs: Readonly<Partial<Record<Act["do"], readonly string[]>>> = {
  comment: ["note"],
  assign: ["to"],
  "hand-over": ["to"],
  "response-mode": ["response", "mode"],
  "adviser-mode": ["mode"],
};

/** Acts on alarms and items wait until there is one; those on modes do not. */
export const actsOnSomething = ({ do: what }: Act): boolean => what !== "response-mode" && what !== "adviser-mode";

/** The actions that a scripted act comes to now; none while there is nothing to act on. @param on devices; null: any. */
export function actionsOf(act: Act, on: readonly Selectable[] | null, sight: Sight): Result<readonly RoomAction[]> {
  const { do: what, rule, with: args = {} } = act;
  const said = (name: string): string | undefined => (args[name] === undefined ? undefined : String(args[name]));
  const here = (one: { readonly rule: string; readonly device: string }): boolean =>
    (rule === undefined || ruleFits(rule, one.rule)) && (on === null || on.some(({ id }) => id === one.device));
  const alarms = sight.alarms.filter((one) => one.timeline === "city" && here(one));
  const active = alarms.filter(({ state }) => state === "B" || state === "C");
  const note = said("note");
  switch (what) {
    case "acknowledge": {
      const unseen = alarms.filter(({ state }) => state === "B" || state === "D");
      if (unseen.length === 0) return ok([]);
      return ok([{ do: what, alarms: unseen.map(({ id, occurrence }) => ({ id, occurrence })), ...(note === undefined ? {} : { note }) }]);
    }
    case "shelve": {
      const until = sight.mark + (typeof args.minutes === "number" ? args.minutes * 60_000 : hourMs);
      return ok(active.map(({ id, occurrence }) => ({ do: what, alarm: id, occurrence, until, reason: said("reason") ?? "scenario", once: false })));
    }
    case "comment":
      return ok(active.map(({ id }) => ({ do: what, alarm: id, note: note ?? "" })));
    case "assign":
      return ok(active.map(({ id }) => ({ do: what, alarm: id, to: said("to") ?? null })));
    case "hand-over": {
      const to = linkIds.find((link) => link === said("to"));
      if (to === undefined) return refuse(`there is no link "${said("to")}"; known: ${linkIds.join(", ")}`);
      return ok(active.map(({ id }) => ({ do: what, alarm: id, to, ...(note === undefined ? {} : { note }) })));
    }
    case "response-mode":
      return ok([{ do: what, response: said("response") ?? "", mode: modeOf(args.mode) }]);
    case "adviser-mode":
      return ok([{ do: what, device: said("device") ?? null, mode: modeOf(args.mode) }]);
    case "take-item":
      return ok(sight.items.filter((one) => one.state === "open" && here(one)).map(({ id }) => ({ do: what, item: id })));
    case "close-item":
      return ok(
        sight.items
          .filter((one) => one.state !== "closed" && here(one))
          .map(({ id }) => ({ do: what, item: id, result: said("result") ?? "done", ...(note === undefined ? {} : { note }) })),
      );
  }
}
const modeOf = (value: unknown): "auto" | "manual" => (value === "auto" ? "auto" : "manual");

/** As whom it is done when the file does not say: care's own affairs as care. */
export function roleFor(act: Act, devices: readonly { readonly service: string }[], services: readonly Service[]): Role {
  if (act.as !== undefined) return act.as;
  const sensitive = devices.some(({ service }) => services.some(({ id, sensitive: own }) => id === service && own));
  return sensitive ? "care" : "operator";
}
