import type { Value } from "../../shared/reading.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { serviceOf } from "../../shared/services/index.ts";
import type { GatewayUnit } from "../devices/fleet.ts";
import type { Environment } from "../environment/environment.ts";
import type { Device, Happening } from "../model.ts";

/** What the city does by itself and has not ended yet, by kind and place. Plain data. */
export interface CityLifeState {
  readonly open: Record<string, Truth>;
  /** Minutes without rain while a storm is open. */
  dry: number;
}
/** Truths without an injection: what happens in ordinary life that a room may well call. */
export interface CityLife {
  /** Once per city minute, before anything is bent. */
  environment(ordinary: Environment): void;
  /** The gateway's own line is down, or carries again. */
  silent(unit: GatewayUnit, t: number): void;
  back(unit: GatewayUnit, t: number): void;
  measured(device: Device, truth: Readonly<Record<string, Value | undefined>>, t: number): void;
  happened(device: Device, happening: Happening): void;
  snapshot(): CityLifeState;
}
export interface CityLifeParts {
  tell(truth: Truth): void;
  readonly devices: readonly Device[];
  /** Devices that live on the mains of a district. */
  onMains(district: string): readonly string[];
  /** An injection strikes this device: what it does is told as that. */
  struck(device: string): boolean;
}

/** A spell of rain that nobody would call one, and how long a storm pauses before it is over. */
const heavy = 8;
const dryMinutes = 30;

const none: readonly BrokenWords[] = [];

/** Words of a metric that mean that the thing is out of order. */
type BrokenWords = readonly [metric: string, words: readonly string[]];
function brokenWords({ service, kind }: Device): readonly BrokenWords[] {
  const contract = serviceOf(service);
  return (contract?.kinds[kind]?.metrics ?? []).flatMap((name): BrokenWords[] => {
    const metric = contract?.metrics[name];
    return metric?.kind === "state" && metric.broken !== undefined ? [[name, metric.broken]] : [];
  });
}

export function createCityLife({ tell, devices, onMains, struck }: CityLifeParts, saved?: CityLifeState): CityLife {
  const state: CityLifeState = saved ?? { open: {}, dry: 0 };
  const { open } = state;
  const breakable = new Map(devices.flatMap((device) => (brokenWords(device).length === 0 ? [] : [[device.id, brokenWords(device)]])));
  const begin = (key: string, kind: string, what: Pick<Truth, "class" | "service" | "devices">, t: number): void => {
    if (open[key] !== undefined) return;
    const truth: Truth = { v: 1, id: `city:${key}:${t}`.slice(0, 80), by: "city", kind, ...what, onset: t, observable: t, end: null };
    open[key] = truth;
    tell(truth);
  };
  const end = (key: string, t: number): void => {
    const truth = open[key];
    if (truth === undefined) return;
    delete open[key];
    tell({ ...truth, end: t });
  };
  const rain = ({ rainMean, t }: Environment): void => {
    state.dry = rainMean < 0.5 ? state.dry + 1 : 0;
    if (rainMean >= heavy) begin("storm", "storm", { class: "event", service: null, devices: [] }, t);
    else if (state.dry >= dryMinutes) end("storm", t);
  };
  return {
    environment(ordinary) {
      rain(ordinary);
      for (const district of ordinary.powerCut)
        begin(`power-cut ${district}`, "power-cut", { class: "event", service: null, devices: [...onMains(district)] }, ordinary.t);
      for (const key of Object.keys(open))
        if (key.startsWith("power-cut ") && !ordinary.powerCut.has(key.slice("power-cut ".length))) end(key, ordinary.t);
    },
    silent({ gateway }, t) {
      const devices = gateway.devices.map(({ id }) => id).sort();
      begin(`backlog ${gateway.id}`, "backlog", { class: "fault", service: gateway.service, devices }, t);
    },
    back: ({ gateway }, t) => end(`backlog ${gateway.id}`, t),
    measured({ id, service }, truth, t) {
      for (const [name, words] of breakable.get(id) ?? none) {
        const word = truth[name];
        const key = `${name} ${id}`;
        if (typeof word !== "string" || !words.includes(word)) end(key, t);
        else if (!struck(id)) begin(key, `${service}/${name}`, { class: "fault", service, devices: [id] }, t);
      }
    },
    happened({ id, service }, { event, t }) {
      const told = serviceOf(service)?.events[event]?.truth;
      if (told === undefined || struck(id)) return;
      const instant: Truth = {
        ...{ v: 1, id: `city:${event} ${id}:${t}`, by: "city", kind: `${service}/${event}`, class: told },
        ...{ service, devices: [id], onset: t, observable: t, end: t },
      };
      tell(instant);
    },
    snapshot: () => ({ open: { ...open }, dry: state.dry }),
  };
}
