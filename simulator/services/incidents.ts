import type { Incident } from "../../shared/service.ts";
import type { ServiceId } from "../../shared/services/index.ts";
import { chanceOf } from "../chance-of.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening, Model, Obeyed, Sites, Struck } from "../model.ts";
import { createRng, type Rng } from "../random.ts";

/** One incident at one device's place, while it lasts. Plain data. */
export interface Played {
  readonly id: string;
  readonly kind: string;
  readonly device: string;
  readonly args: Struck["args"];
  readonly since: number;
  /** Its own chance: each place of one injection draws for itself, and ordinary life draws as without it. */
  readonly rng: Rng;
  /** What it has to remember, by the words of its play. */
  readonly marks: Record<string, number>;
}
export interface Stage<Id extends ServiceId, State> {
  readonly state: State;
  readonly city: Sites<Id>;
  readonly device: Device<Id>;
  readonly played: Played;
  readonly env: Environment;
  readonly t: number;
}
/** How one kind of incident is played. A play that does not say when it is `over` lasts until it is ended. */
export interface Play<Id extends ServiceId, State> {
  begin(stage: Stage<Id, State>): Obeyed<Id>;
  end(stage: Stage<Id, State>): readonly Happening<Id>[];
  felt(stage: Stage<Id, State>): boolean;
  over?(stage: Stage<Id, State>): boolean;
}
type Incidents<Id extends ServiceId, State> = Pick<Model<Id, State>, "incite" | "relent" | "over" | "felt">;

/** A model's incidents out of its contract's and their plays: looks them up, and keeps in the state what is being played. Where `begin` is given, it comes before an incident that the model's first step has not preceded. */
export function incidentsBy<Id extends ServiceId, State extends { readonly incidents: Played[]; readonly begun?: boolean }>(
  contract: Readonly<Record<string, Pick<Incident, "kinds">>>,
  plays: Readonly<Record<string, Play<Id, State>>>,
  begin?: (state: State, city: Sites<Id>, env: Environment, t: number) => void,
): Incidents<Id, State> {
  const indexOf = ({ incidents }: State, device: Device<Id>, { id }: Struck): number =>
    incidents.findIndex((one) => one.id === id && one.device === device.id);
  const playOf = (kind: string): Play<Id, State> | undefined => (Object.hasOwn(plays, kind) ? plays[kind] : undefined);
  return {
    incite(state, city, device, { id, kind, args, seed }, env, t) {
      const play = playOf(kind);
      if (play === undefined) return refused(`"${kind}" is no incident of ${device.service}`);
      if (contract[kind]?.kinds.includes(device.kind) !== true) return refused(`it cannot befall a ${device.kind}`);
      if (state.incidents.some((one) => one.kind === kind && one.device === device.id)) return refused(`it happens at ${device.id} already`);
      if (state.begun === false) begin?.(state, city, env, t);
      const rng = createRng(seed, `${kind} ${chanceOf(id)} ${device.id}`);
      const played: Played = { id, kind, device: device.id, args, since: t, rng, marks: {} };
      const begun = play.begin({ state, city, device, played, env, t });
      if (begun.ok) state.incidents.push(played);
      return begun;
    },
    relent(state, city, device, struck, env, t) {
      const at = indexOf(state, device, struck);
      const [played] = at < 0 ? [] : state.incidents.splice(at, 1);
      return played === undefined ? [] : (playOf(played.kind)?.end({ state, city, device, played, env, t }) ?? []);
    },
    over(state, city, device, struck, env, t) {
      const played = state.incidents[indexOf(state, device, struck)];
      return played === undefined || (playOf(played.kind)?.over?.({ state, city, device, played, env, t }) ?? false);
    },
    felt(state, city, device, struck, env, t) {
      const played = state.incidents[indexOf(state, device, struck)];
      return played !== undefined && (playOf(played.kind)?.felt({ state, city, device, played, env, t }) ?? false);
    },
  };
}

export const refused = (reason: string): { readonly ok: false; readonly reason: string } => ({ ok: false, reason });
/** It has begun, and nothing is told of it at once but what these devices read. */
export const begun = (...report: readonly string[]): { readonly ok: true; readonly happenings: readonly []; readonly report: readonly string[] } => ({
  ok: true,
  happenings: [],
  report,
});
/** An argument that the contract has as a number. */
export const amountOf = ({ args }: Pick<Played, "args">, name: string): number => Number(args[name]);
