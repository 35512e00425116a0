import type { JournalLine } from "../../shared/alarm.ts";
import { type Role, roles } from "../../shared/roles.ts";
import type { ScenarioStep } from "../../shared/scenario/scenario.ts";
import type { Act } from "../language/acts.ts";
import type { Happened, Offset, Told } from "./happened.ts";

interface Deed extends JournalLine {
  readonly role: Role;
}
type With = Readonly<Record<string, number | string>>;

/** Words of the journal to words of the language, with what the act needs beside. */
const acts: Readonly<Record<string, { readonly do: Act["do"]; readonly with: (deed: Deed) => With }>> = {
  acknowledged: { do: "acknowledge", with: () => ({}) },
  shelved: {
    do: "shelve",
    with: ({ t, x, reason }) => ({ minutes: Math.max(1, Math.round((Number(x?.until ?? t + 3_600_000) - t) / 60_000)), ...noted("reason", reason) }),
  },
  comment: { do: "comment", with: ({ reason }) => ({ note: short(reason ?? "-") }) },
  assigned: { do: "assign", with: ({ after }) => ({ to: short(after ?? "") }) },
  "handed-over": { do: "hand-over", with: ({ x, reason }) => ({ to: String(x?.to ?? ""), ...noted("note", reason) }) },
  "response-mode": { do: "response-mode", with: ({ x, after }) => ({ response: String(x?.response ?? ""), mode: after ?? "manual" }) },
  "adviser-mode": { do: "adviser-mode", with: ({ device, after }) => ({ ...noted("device", device), mode: after ?? "manual" }) },
  "item-taken": { do: "take-item", with: () => ({}) },
  "item-closed": { do: "close-item", with: ({ reason }) => ({ result: short(reason ?? "done") }) },
};
/** On modes rather than on an alarm or item. */
const onModes = new Set<Act["do"]>(["response-mode", "adviser-mode"]);
/** Arguments of the language are this long at most. */
const longest = 64;
const short = (text: string): string => text.slice(0, longest);
const noted = (name: string, text: string | null): With => (text === null || text === "" ? {} : { [name]: short(text) });

/** What people did in the span, as steps: commands, and acts on alarms, items and modes. */
export function toldDeeds({ lines, from, to }: Happened, offset: Offset) {
  const told = new Map<string, Told>();
  const left = new Map<string, number>();
  for (const line of lines) {
    if (line.timeline !== "city" || line.t < from || line.t > to || !isPersons(line)) continue;
    // a mode that was chosen at the very begin is how things stood
    if (line.t === from && line.what.endsWith("-mode")) continue;
    const step = line.what === "command" ? commandOf(line, offset) : actOf(line, offset);
    if (step === undefined) left.set(line.what, (left.get(line.what) ?? 0) + 1);
    // the same at the same instant to many is many lines, and to one alarm's occurrences one step
    else if (step !== null) told.set(JSON.stringify(step), { t: line.t, step });
  }
  return { steps: [...told.values()], notes: [...left].map(([what, count]) => `"${what}" by people (${count}): a scenario has no word for it`) };
}

export const isPersons = (line: JournalLine): line is Deed => roles.some((role) => role === line.role);

/** null: no deed of its own. */
function commandOf({ t, device, before, x }: Deed, offset: Offset): ScenarioStep | null {
  if (before !== null || device === null || x?.op === undefined) return null;
  const args = argsIn(String(x.args ?? ""));
  return { at: offset(t), command: String(x.op), on: { device }, ...(Object.keys(args).length === 0 ? {} : { with: args }) };
}
function argsIn(text: string): Record<string, number | string> {
  const pairs = text.split(" ").flatMap((pair) => {
    const [name = "", value = ""] = pair.split("=");
    return name === "" ? [] : [[name, value !== "" && Number.isFinite(Number(value)) ? Number(value) : value] as const];
  });
  return Object.fromEntries(pairs);
}

function actOf(deed: Deed, offset: Offset): ScenarioStep | undefined {
  const act = acts[deed.what];
  if (act === undefined) return undefined;
  const args = act.with(deed);
  const where = onModes.has(act.do) || deed.device === null ? {} : { on: { device: deed.device } };
  const rule = onModes.has(act.do) || deed.rule === null ? {} : { rule: deed.rule };
  return { at: offset(deed.t), act: { do: act.do, ...rule, as: deed.role, ...(Object.keys(args).length === 0 ? {} : { with: args }) }, ...where };
}
