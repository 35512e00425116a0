import type { Value } from "../shared/reading.ts";
import type { OutcomeSums } from "../shared/scenario/outcome.ts";
import type { DeviceUnit } from "./devices/fleet.ts";
import type { Environment } from "./environment/environment.ts";
import type { IncidentPlayer } from "./injections/incident-player.ts";
import type { Happening, Obeyed, Order } from "./model.ts";
import { createServices, type ServiceOptions, type ServiceUnit } from "./service-units.ts";

/** The services of a city as one: everything that asks the models, at the environment of now. */
export interface PlayedServices extends Omit<IncidentPlayer, "happen"> {
  readonly units: ReadonlyMap<string, ServiceUnit>;
  /** What happens up to t, each told at its own second. */
  step(t: number): readonly Happening[];
  observe(device: DeviceUnit, t: number): Readonly<Record<string, Value | undefined>>;
  obey(device: DeviceUnit, order: Order, t: number): Obeyed;
  outcomes(): OutcomeSums;
}

const secondMs = 1000;

export function createPlayedServices(
  options: ServiceOptions,
  weather: () => Environment,
  states?: Readonly<Record<string, unknown>>,
): PlayedServices {
  const units = createServices(options, states);
  const of = ({ device }: DeviceUnit): ServiceUnit => {
    const unit = units.get(device.service);
    if (unit === undefined) throw new Error(`no model for service ${device.service}`);
    return unit;
  };
  return {
    units,
    step(t) {
      const told: Happening[] = [];
      for (const { model, sites, state, stepMs } of units.values()) {
        if (t % stepMs !== 0) continue;
        // What a step of a minute yields is told over the next minute, each at its own second, instead of in a burst at the end.
        const delay = stepMs - secondMs;
        for (const happening of model.step(state, sites, weather(), t))
          told.push({ ...happening, t: Math.max(t - secondMs + 1, Math.floor(happening.t) + delay) });
      }
      return told;
    },
    observe(unit, t) {
      const { model, state, sites } = of(unit);
      return model.observe(state, sites, unit.device, weather(), t);
    },
    obey(unit, order, t) {
      const { model, state, sites } = of(unit);
      return model.obey(state, sites, unit.device, order, weather(), t);
    },
    incite(unit, struck, t) {
      const { model, state, sites } = of(unit);
      return model.incite(state, sites, unit.device, struck, weather(), t);
    },
    relent(unit, struck, t) {
      const { model, state, sites } = of(unit);
      return model.relent(state, sites, unit.device, struck, weather(), t);
    },
    over(unit, struck, t) {
      const { model, state, sites } = of(unit);
      return model.over(state, sites, unit.device, struck, weather(), t);
    },
    felt(unit, struck, t) {
      const { model, state, sites } = of(unit);
      return model.felt(state, sites, unit.device, struck, weather(), t);
    },
    outcomes: () => Object.fromEntries([...units].map(([id, { model, state }]) => [id, model.outcome(state)])),
  };
}
