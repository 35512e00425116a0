import type { Environment } from "../../environment/environment.ts";
import type { Device, Happening, Obeyed, Order, Sites } from "../../model.ts";
import { minuteMs, secondMs } from "../day-clock.ts";
import { arrival, ring, stayOf } from "./call.ts";
import { door, getUp, move } from "./living.ts";
import { type CareState, type Home, never, soonest } from "./state.ts";

export function answerCall(home: Home, t: number, out: Happening<"ucare">[]): void {
  const answered = home.says !== "none";
  // who goes to the hub moves
  if (answered && home.activity !== "out") move(home, t);
  out.push({ t, device: home.id, event: "call", x: { result: answered ? "answered" : "no-answer", says: home.says } });
  home.rings = never;
  home.says = "none";
}

/** The worker is at the door: nobody opens where nobody is; who lies on the floor is found, because the worker has the key. */
export function lookIn(home: Home, t: number, out: Happening<"ucare">[]): void {
  if (home.activity === "out" && home.down === 0) {
    home.worker = never;
    out.push({ t, device: home.id, event: "visit", x: { result: "nobody" } });
    return;
  }
  if (home.doorCloses !== never) {
    home.worker = t + minuteMs;
    return;
  }
  const help = home.down > 0 || t < home.needy;
  home.worker = never;
  home.needy = 0;
  home.need = 0;
  door(home, "open", t, out);
  out.push({ t, device: home.id, event: "visit", x: { result: help ? "help" : "ok" } });
  home.visitor = true;
  home.visit = t + stayOf(home.rng, help);
  if (home.down > 0) getUp(home, t + secondMs);
  else if (home.activity === "sleep" || home.activity === "nap") home.until = t + minuteMs;
  home.bout = t + 20 * secondMs;
}

/** What the care desk asks of a home: the hub rings, or somebody goes there. How it ends, an event tells. */
export function obey(state: CareState, _city: Sites<"ucare">, device: Device<"ucare">, { op }: Order, _env: Environment, t: number): Obeyed<"ucare"> {
  const i = state.indexOf[device.id] ?? -1;
  const home = state.homes[i];
  if (home === undefined) return { ok: false, reason: `no home ${device.id}` };
  if (op === "call") {
    if (home.rings !== never) return { ok: false, reason: "it is ringing already" };
    const needsHelp = t < home.needy || home.leak > 0 || home.down > 0;
    const call = ring(home.rng, { activity: home.activity, down: home.down > 0 && !home.speaks, needsHelp }, t);
    home.rings = call.at;
    home.says = call.says;
  } else {
    if (home.worker !== never) return { ok: false, reason: "a worker is on the way already" };
    home.worker = arrival(home.rng, t);
  }
  state.next[i] = soonest(home);
  return { ok: true, happenings: [] };
}
