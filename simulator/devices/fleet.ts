import type { EventType } from "../../shared/service.ts";
import { serviceOf } from "../../shared/services/index.ts";
import { deviceTopic } from "../../shared/topics.ts";
import type { City, Gateway } from "../city/city.ts";
import type { Device, Models, Sensing } from "../model.ts";
import { createRng, type Rng, uniform } from "../random.ts";
import { type Battery, createBattery } from "./battery.ts";
import { createLine, type Line, type Profile } from "./outage.ts";
import { payloadHead } from "./payload.ts";
import { createMeasure, type Measure } from "./sensing.ts";

/** What a device remembers: plain data. `at` is the time of its last measurement, where the window of the next begins. */
interface DeviceMemory {
  readonly rng: Rng;
  b: number;
  seq: number;
  at: number;
  readonly battery?: Battery;
}
export interface SpooledMessage {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}
/** What a gateway remembers: plain data. `line` only where lines fail. */
interface GatewayMemory {
  /** Without mains power; out of order itself. */
  dark: boolean;
  out: boolean;
  readonly line?: Line;
  spool: SpooledMessage[];
}

export interface DeviceUnit {
  readonly device: Device;
  readonly memory: DeviceMemory;
  readonly measure: Measure;
  readonly head: string;
  readonly eventTopic: string;
  readonly stateTopic: string;
  readonly ackTopic: string;
  /** Some metric counts over a window. */
  readonly windowed: boolean;
  readonly every: number;
  readonly events: Readonly<Record<string, EventType>>;
}
export interface GatewayUnit {
  readonly gateway: Gateway;
  readonly index: number;
  readonly memory: GatewayMemory;
  readonly obsTopic: string;
  /** No device on it has a battery: dark when its district is. */
  readonly mains: boolean;
  readonly devices: readonly DeviceUnit[];
}
/** Devices of one gateway that are read at the same instants: one pack. */
interface Pack {
  readonly unit: GatewayUnit;
  readonly members: readonly DeviceUnit[];
}
export interface Fleet {
  readonly units: readonly GatewayUnit[];
  readonly unitOf: ReadonlyMap<string, readonly [GatewayUnit, DeviceUnit]>;
  /** The packs that are due in this city second, in the order of their gateways. */
  due(second: number): readonly Pack[];
}
export interface FleetMemory {
  readonly devices: readonly DeviceMemory[];
  readonly gateways: readonly GatewayMemory[];
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export function createFleet(city: City, models: Models, options: { seed: number; start: number; profile: Profile }, memory?: FleetMemory): Fleet {
  const { seed, start, profile } = options;
  const measures = new Map<string, Measure>();
  const unitOf = new Map<string, readonly [GatewayUnit, DeviceUnit]>();
  let next = 0;
  const deviceUnit = (device: Device): DeviceUnit => {
    const service = serviceOf(device.service);
    const kind = service?.kinds[device.kind];
    if (service === undefined || kind === undefined) throw new Error(`device ${device.id} is of no known kind: ${device.service}/${device.kind}`);
    const key = `${service.id}/${device.kind}`;
    const sensing: Readonly<Record<string, Sensing | undefined>> = models[device.service].sensing;
    const measure = measures.get(key) ?? createMeasure(service, device.kind, sensing);
    measures.set(key, measure);
    return {
      device,
      measure,
      memory: memory?.devices[next++] ?? newDevice(device.id, seed, start, kind.metrics.includes("batt")),
      head: payloadHead(device.id),
      eventTopic: deviceTopic(city.plan.id, service.id, device.id, "event"),
      stateTopic: deviceTopic(city.plan.id, service.id, device.id, "state"),
      ackTopic: deviceTopic(city.plan.id, service.id, device.id, "ack"),
      windowed: kind.metrics.some((name) => {
        const metric = service.metrics[name];
        return metric?.kind === "number" && metric.aggregate === "sum";
      }),
      every: device.meta.every ?? kind.every,
      events: service.events,
    };
  };
  const units = [...city.gateways].sort(byId).map((gateway, index): GatewayUnit => {
    const devices = [...gateway.devices].sort(byId).map(deviceUnit);
    const unit = {
      gateway,
      index,
      devices,
      memory: memory?.gateways[index] ?? newGateway(gateway.id, seed, start, profile),
      obsTopic: deviceTopic(city.plan.id, gateway.service, gateway.id, "obs"),
      mains: devices.every((unit) => unit.memory.battery === undefined),
    };
    for (const device of devices) unitOf.set(device.device.id, [unit, device]);
    return unit;
  });
  if (memory !== undefined && (memory.devices.length !== next || memory.gateways.length !== units.length))
    throw new Error(`the saved state is of another city: it has ${memory.devices.length} devices, this one ${next}`);
  return { units, unitOf, due: timetable(units, seed) };
}

function newDevice(id: string, seed: number, start: number, battery: boolean): DeviceMemory {
  const rng = createRng(seed, `device:${id}`);
  return { rng, b: 1, seq: 0, at: start, ...(battery ? { battery: createBattery(rng) } : {}) };
}
const newGateway = (id: string, seed: number, start: number, profile: Profile): GatewayMemory => ({
  dark: false,
  out: false,
  spool: [],
  ...(profile === "field" ? { line: createLine(seed, id, start) } : {}),
});

/** Every gateway has its own phase, so that something is read every second and nothing bursts on the minute. */
function timetable(units: readonly GatewayUnit[], seed: number): (second: number) => readonly Pack[] {
  const wheels = new Map<number, Pack[][]>();
  for (const unit of units) {
    const phase = uniform(createRng(seed, `phase:${unit.gateway.id}`));
    for (const every of new Set(unit.devices.map((device) => device.every))) {
      const wheel = wheels.get(every) ?? Array.from({ length: every }, () => []);
      wheels.set(every, wheel);
      wheel[Math.floor(phase * every)]?.push({ unit, members: unit.devices.filter((device) => device.every === every) });
    }
  }
  const rows = [...wheels.entries()].sort(([a], [b]) => a - b);
  return (second) => {
    const due = rows.map(([every, wheel]) => wheel[second % every] ?? []).filter((packs) => packs.length > 0);
    if (due.length < 2) return due[0] ?? [];
    return due.flat().sort((a, b) => a.unit.index - b.unit.index);
  };
}
