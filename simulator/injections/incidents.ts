import type { DeviceUnit, Fleet } from "../devices/fleet.ts";
import type { Struck } from "../model.ts";
import type { ActiveInjection } from "./active-injection.ts";
import type { IncidentPlayer } from "./incident-player.ts";

/** Injections that the services' models play. */
export interface Incidents {
  /** Why nothing of it happens; what cannot befall one place of several is left out. */
  begin(active: ActiveInjection): string | undefined;
  /** After a restart: the models know it already. */
  resume(active: ActiveInjection): undefined;
  end(active: ActiveInjection, t: number): void;
  /** Those that have come to an end by themselves. */
  over(t: number): readonly ActiveInjection[];
  spoke(device: string, t: number): void;
  struck(device: string): boolean;
}
interface Parts {
  readonly seed: number;
  readonly fleet: Fleet;
  readonly player: IncidentPlayer;
  observed(active: ActiveInjection, t: number): void;
}

export function createIncidents({ seed, fleet, player, observed }: Parts): Incidents {
  const playing = new Map<string, ActiveInjection>();
  /** Who plays at a device. */
  const at = new Map<string, Set<ActiveInjection>>();
  const struckOf = ({ injection: { id, kind, args } }: ActiveInjection): Struck => ({ id, kind: kind.slice(kind.indexOf("/") + 1), args, seed });
  const placesOf = ({ injection }: ActiveInjection): readonly DeviceUnit[] => injection.targets.flatMap((id) => fleet.unitOf.get(id)?.[1] ?? []);
  const note = (active: ActiveInjection, device: string): void => {
    playing.set(active.injection.id, active);
    at.set(device, (at.get(device) ?? new Set()).add(active));
  };
  return {
    begin(active) {
      const struck = struckOf(active);
      const { t } = active.injection;
      let reason: string | undefined;
      const played: string[] = [];
      for (const unit of placesOf(active)) {
        const begun = player.incite(unit, struck, t);
        if (!begun.ok) {
          reason ??= begun.reason;
          continue;
        }
        played.push(unit.device.id);
        note(active, unit.device.id);
        player.happen(begun.happenings, begun.report ?? []);
      }
      if (played.length === 0) return reason ?? "it strikes nobody";
      active.injection = { ...active.injection, targets: played };
      return undefined;
    },
    resume(active) {
      for (const id of active.injection.targets) note(active, id);
      return undefined;
    },
    end(active, t) {
      if (!playing.delete(active.injection.id)) return;
      const struck = struckOf(active);
      for (const id of active.injection.targets) {
        const all = at.get(id);
        all?.delete(active);
        if (all?.size === 0) at.delete(id);
      }
      for (const unit of placesOf(active)) player.happen(player.relent(unit, struck, t), []);
    },
    over: (t) => [...playing.values()].filter((active) => placesOf(active).every((unit) => player.over(unit, struckOf(active), t))),
    spoke(device, t) {
      if (playing.size === 0) return;
      const unit = fleet.unitOf.get(device)?.[1];
      for (const active of at.get(device) ?? [])
        if (unit !== undefined && active.truth.observable === null && player.felt(unit, struckOf(active), t)) observed(active, t);
    },
    struck: (device) => at.has(device),
  };
}
