import type { CommandAck } from "../../shared/command.ts";
import type { Value } from "../../shared/reading.ts";
import type { Environment } from "../environment/environment.ts";
import type { Happening } from "../model.ts";
import { discharge, shownCharge } from "./battery.ts";
import { statePayload } from "./birth.ts";
import type { DeviceUnit, Fleet, GatewayUnit } from "./fleet.ts";
import { isDown, spoolLimit } from "./outage.ts";
import { eventPayload, readingPayload } from "./payload.ts";

export type Observe = (device: DeviceUnit, t: number) => Readonly<Record<string, Value | undefined>>;
/** `kept`: it waited in the gateway while the line was down. */
export type Send = (unit: GatewayUnit, topic: string, payload: string, how: { readonly retain: boolean; readonly kept: boolean }) => void;

/** The sensing layer's mouth: what gateways say, and when they cannot. */
export interface Voice {
  pack(unit: GatewayUnit, members: readonly DeviceUnit[], t: number, weather: Environment): void;
  happening(happening: Happening, weather: Environment): void;
  /** A message to the gateway gets through: what is sent to it while its line is down is lost. */
  hears(unit: GatewayUnit, t: number): boolean;
  /** Everything on the gateway is without mains power. */
  dark(unit: GatewayUnit, weather: Environment): boolean;
  answer(unit: GatewayUnit, device: DeviceUnit, t: number, ack: CommandAck): void;
  /** These devices are read now. */
  report(devices: readonly string[], t: number, weather: Environment): void;
  /** After a time in which nothing was measured: windows begin anew. */
  resume(t: number): void;
}

export function createVoice(fleet: Fleet, observe: Observe, send: Send): Voice {
  /** A line that is down fills the gateway's spool; what it could keep goes out, in order, before the first message after. */
  const say = (unit: GatewayUnit, t: number, topic: string, payload: string, retain = false): void => {
    const { line, spool } = unit.memory;
    if (line !== undefined && isDown(line, t)) {
      if (spool.push({ topic, payload, retain }) > spoolLimit) spool.shift();
      return;
    }
    if (spool.length > 0) {
      unit.memory.spool = [];
      for (const one of spool) send(unit, one.topic, one.payload, { retain: one.retain, kept: true });
    }
    send(unit, topic, payload, { retain, kept: false });
  };
  const boot = (unit: GatewayUnit, device: DeviceUnit, t: number): void => {
    device.memory.b += 1;
    device.memory.seq = 0;
    say(unit, t, device.stateTopic, statePayload("ready", t, device.memory.b), true);
  };
  const dark = (unit: GatewayUnit, weather: Environment): boolean =>
    unit.mains && weather.powerCut.size > 0 && weather.powerCut.has(unit.gateway.district);
  /** False while there is no mains power. When it returns every device boots, and counts anew from here. */
  const powered = (unit: GatewayUnit, t: number, weather: Environment): boolean => {
    const cut = dark(unit, weather);
    if (!cut && unit.memory.dark)
      for (const device of unit.devices) {
        observe(device, t);
        device.memory.at = t;
        boot(unit, device, t);
      }
    unit.memory.dark = cut;
    return !cut;
  };
  const reading = (unit: GatewayUnit, device: DeviceUnit, t: number, weather: Environment): string | undefined => {
    const { memory } = device;
    let truth = observe(device, t);
    if (memory.battery !== undefined) {
      if (discharge(memory.battery, t - memory.at)) boot(unit, device, t);
      const warmth = typeof truth.temp === "number" ? truth.temp : weather.temp;
      truth = { ...truth, batt: shownCharge(memory.battery, warmth) };
    }
    const window = device.windowed ? (t - memory.at) / 1000 : 0;
    memory.at = t;
    const measured = device.measure(truth, memory.rng);
    if (measured.m === "") return undefined;
    return readingPayload(device.head, t, { b: memory.b, seq: memory.seq++ }, window, measured);
  };
  const sayPack = (unit: GatewayUnit, members: readonly DeviceUnit[], t: number, weather: Environment): void => {
    const readings: string[] = [];
    for (const device of members) {
      const payload = reading(unit, device, t, weather);
      if (payload !== undefined) readings.push(payload);
    }
    if (readings.length > 0) say(unit, t, unit.obsTopic, readings.length === 1 ? (readings[0] ?? "") : `[${readings.join(",")}]`);
  };
  return {
    resume(t) {
      for (const unit of fleet.units)
        for (const device of unit.devices) {
          observe(device, t);
          device.memory.at = t;
        }
    },
    hears: ({ memory }, t) => memory.line === undefined || !isDown(memory.line, t),
    dark,
    answer: (unit, device, t, ack) => say(unit, t, device.ackTopic, JSON.stringify(ack)),
    report(devices, t, weather) {
      for (const [unit, members] of reporters(fleet, devices)) if (powered(unit, t, weather)) sayPack(unit, members, t, weather);
    },
    pack(unit, members, t, weather) {
      if (powered(unit, t, weather)) sayPack(unit, members, t, weather);
    },
    happening(happening, weather) {
      const [unit, device] = fleet.unitOf.get(happening.device) ?? [];
      const type = device?.events[happening.event];
      if (unit === undefined || device === undefined || type === undefined || !powered(unit, happening.t, weather)) return;
      const { memory } = device;
      const stamp = { b: memory.b, seq: memory.seq++ };
      say(unit, happening.t, device.eventTopic, eventPayload(device.head, happening.t, stamp, happening.event, type, happening.x));
      for (const [gateway, members] of reporters(fleet, happening.report ?? [])) sayPack(gateway, members, happening.t, weather);
    },
  };
}

/** One pack per gateway, gateways and devices in order. */
function reporters(fleet: Fleet, ids: readonly string[]): [GatewayUnit, DeviceUnit[]][] {
  const packs = new Map<GatewayUnit, DeviceUnit[]>();
  for (const id of [...new Set(ids)].sort()) {
    const [unit, device] = fleet.unitOf.get(id) ?? [];
    if (unit === undefined || device === undefined) continue;
    const members = packs.get(unit);
    if (members === undefined) packs.set(unit, [device]);
    else members.push(device);
  }
  return [...packs].sort(([a], [b]) => a.index - b.index);
}
