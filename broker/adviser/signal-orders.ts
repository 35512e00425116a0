import type { Control } from "../commands/control.ts";
import type { RoundParts } from "./round.ts";

/** Commands of the signal adviser carry its name. */
const adviserName = { name: "system", role: "system" };
/** So many of a signal's newest commands are looked through for a person's. */
const looked = 20;

/** How the adviser speaks to controllers, and hears what people have told them. */
export const signalOrders = (control: Control): Pick<RoundParts, "order" | "setByPerson"> => ({
  order(signal, timing, moment) {
    const what = timing === null ? { op: "auto", args: {} } : { op: "timing", args: { ...timing } };
    const sent = control.send({ device: signal, ...what, by: adviserName, alarm: null, response: "adviser" }, moment);
    return sent.ok ? undefined : sent.reason;
  },
  setByPerson(signal) {
    const newest = control.commands.list({ device: signal, limit: looked }).find(({ op, state }) => op === "timing" && state === "confirmed");
    if (newest === undefined || newest.response !== null || newest.doneAt === null) return undefined;
    const { cycle, main, cross, offset } = newest.args;
    return { by: newest.by, t: newest.doneAt, timing: { cycle: Number(cycle), main: Number(main), cross: Number(cross), offset: Number(offset) } };
  },
});
