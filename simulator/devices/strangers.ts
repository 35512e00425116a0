import { serviceOf } from "../../shared/services/index.ts";
import { deviceTopic } from "../../shared/topics.ts";
import type { ActiveInjection } from "../injections/active-injection.ts";
import type { LineAct } from "./bent-lines.ts";
import { bentMetrics } from "./faults/bent-metrics.ts";
import { stuck } from "./faults/stuck.ts";
import type { DeviceUnit, Fleet } from "./fleet.ts";
import type { LineMessage } from "./line-faults/line-fault.ts";

/** Somebody else who speaks as one of the city's devices. */
export interface Strangers {
  begin(active: ActiveInjection): void;
  end(id: string): void;
  /** What is said in this second. */
  speak(t: number): void;
}
export interface StrangersParts {
  readonly city: string;
  readonly fleet: Fleet;
  observed(active: ActiveInjection, t: number): void;
  act(act: LineAct): void;
}

export function createStrangers({ city, fleet, observed, act }: StrangersParts): Strangers {
  const speaking = new Map<string, ActiveInjection>();
  const speakAs = (id: string, who: unknown, t: number): void => {
    const [unit, device] = fleet.unitOf.get(id) ?? [];
    if (unit === undefined || device === undefined) return;
    const neighbour = fleet.units.length > 1 ? (unit.index + 1) % fleet.units.length : null;
    act({ gateway: unit.index, act: "stranger", through: who === "foreign" ? neighbour : null, message: lie(city, device, t) });
  };
  return {
    begin: (active) => void speaking.set(active.injection.id, active),
    end: (id) => void speaking.delete(id),
    speak(t) {
      for (const active of speaking.values()) {
        const { t: onset, targets, args } = active.injection;
        if ((t - onset) % (Number(args.every) * 1000) !== 0) continue;
        for (const id of targets) speakAs(id, args.who, t);
        observed(active, t);
      }
    },
  };
}

/** A reading as the device might say it: the middle of its main number's range. */
function lie(city: string, { device }: DeviceUnit, t: number): LineMessage {
  const service = serviceOf(device.service);
  const names = service && bentMetrics(service, device.kind, stuck, undefined);
  const name = names?.ok ? (names.value[0] ?? "") : "";
  const metric = service?.metrics[name];
  const value = metric?.kind === "number" ? Math.round((metric.min + metric.max) / 2) : metric?.kind === "state" ? metric.words[0] : true;
  return {
    topic: deviceTopic(city, device.service, device.id, "obs"),
    payload: JSON.stringify({ v: 1, d: device.id, t, b: 1, seq: 0, m: { [name]: value } }),
  };
}
