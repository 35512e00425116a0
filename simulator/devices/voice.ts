import type { CommandAck } from "../../shared/command.ts";
import type { Value } from "../../shared/reading.ts";
import type { Environment } from "../environment/environment.ts";
import type { Happening } from "../model.ts";
import { discharge, shownCharge } from "./battery.ts";
import type { BentLines } from "./bent-lines.ts";
import type { BentSensors } from "./bent-sensors.ts";
import { statePayload } from "./birth.ts";
import type { DeviceUnit, Fleet, GatewayUnit, SpooledMessage } from "./fleet.ts";
import type { Passed } from "./line-faults/line-fault.ts";
import { isDown, isHung, spoolLimit } from "./outage.ts";
import { eventPayload, readingPayload } from "./payload.ts";

type Observe = (device: DeviceUnit, t: number) => Readonly<Record<string, Value | undefined>>;
/** `kept`: it waited in the gateway while the line was down. */
type Send = (unit: GatewayUnit, topic: string, payload: string, how: { readonly retain: boolean; readonly kept: boolean }) => void;

export interface VoiceParts {
  readonly fleet: Fleet;
  readonly observe: Observe;
  readonly send: Send;
  /** What is injected, if anything. */
  readonly sensors: Pick<BentSensors, "of">;
  readonly lines: Pick<BentLines, "of">;
  readonly listener: VoiceListener;
}
/** Who is told what is true of what is said, whatever becomes of it on the way. */
interface VoiceListener {
  measured(device: DeviceUnit, t: number, truth: Readonly<Record<string, Value | undefined>>): void;
  happened(device: DeviceUnit, happening: Happening): void;
  /** The gateway's own line is down, or carries again. */
  silent(unit: GatewayUnit, t: number): void;
  back(unit: GatewayUnit, t: number): void;
}

/** The sensing layer's mouth: what gateways say, and when they cannot. */
export interface Voice {
  pack(unit: GatewayUnit, members: readonly DeviceUnit[], t: number, weather: Environment): void;
  happening(happening: Happening, weather: Environment): void;
  /** A message to the gateway gets through: what is sent to it while its line is down is lost. */
  hears(unit: GatewayUnit, t: number): boolean;
  /** Everything on the gateway is without mains power. */
  dark(unit: GatewayUnit, weather: Environment): boolean;
  answer(unit: GatewayUnit, device: DeviceUnit, t: number, ack: CommandAck): void;
  /** What was held back on its way to the broker goes on. */
  forward(unit: GatewayUnit, passed: readonly Passed[], t: number): void;
  /** These devices are read now. */
  report(devices: readonly string[], t: number, weather: Environment): void;
  /** After a time in which nothing was measured: windows begin anew. */
  resume(t: number): void;
}

export function createVoice({ fleet, observe, send, sensors, lines, listener }: VoiceParts): Voice {
  /** Both are looked at: each is told of what it keeps back. */
  const down = (unit: GatewayUnit, t: number): boolean => {
    const own = unit.memory.line !== undefined && isDown(unit.memory.line, t);
    if (own) listener.silent(unit, t);
    return (lines.of(unit)?.down(t) ?? false) || own;
  };
  const keep = ({ memory }: GatewayUnit, message: SpooledMessage): void => {
    if (memory.spool.push(message) > spoolLimit) memory.spool.shift();
  };
  const flush = (unit: GatewayUnit, t: number): void => {
    const { spool } = unit.memory;
    if (spool.length === 0) return;
    unit.memory.spool = [];
    for (const one of spool) send(unit, one.topic, one.payload, { retain: one.retain, kept: true });
    listener.back(unit, t);
  };
  /** A line that is down fills the gateway's spool; what it could keep goes out, in order, before the first message after. */
  const say = (unit: GatewayUnit, t: number, topic: string, payload: string, retain = false): void => {
    if (down(unit, t)) keep(unit, { topic, payload, retain });
    else {
      flush(unit, t);
      const bend = retain ? undefined : lines.of(unit);
      if (bend === undefined) send(unit, topic, payload, { retain, kept: false });
      else for (const one of bend.pass({ topic, payload }, t)) send(unit, one.topic, one.payload, { retain, kept: one.late ?? false });
    }
  };
  const boot = (unit: GatewayUnit, device: DeviceUnit, t: number): void => {
    device.memory.b += 1;
    device.memory.seq = 0;
    say(unit, t, device.stateTopic, statePayload("ready", t, device.memory.b), true);
  };
  const dark = (unit: GatewayUnit, weather: Environment): boolean =>
    unit.mains && weather.powerCut.size > 0 && weather.powerCut.has(unit.gateway.district);
  const hung = (unit: GatewayUnit, t: number): boolean => {
    const out = unit.memory.line !== undefined && isHung(unit.memory.line, t);
    if (out) listener.silent(unit, t);
    return out;
  };
  /** False while there is no mains power, or the gateway is out. When it returns its devices count anew from here; those that had no power boot. */
  const powered = (unit: GatewayUnit, t: number, weather: Environment): boolean => {
    const { memory } = unit;
    const [out, cut] = [hung(unit, t), dark(unit, weather)];
    if (out || cut) {
      memory.out ||= out;
      memory.dark ||= cut;
      return false;
    }
    if (memory.out || memory.dark)
      for (const device of unit.devices) {
        observe(device, t);
        device.memory.at = t;
        if (memory.dark) boot(unit, device, t);
      }
    // what it kept goes out before its first word, and ends the silence then
    if (memory.out && memory.spool.length === 0) listener.back(unit, t);
    memory.out = memory.dark = false;
    return true;
  };
  const reading = (unit: GatewayUnit, device: DeviceUnit, t: number, weather: Environment): string | undefined => {
    const { memory } = device;
    const bend = sensors.of(device.device.id);
    let truth = observe(device, t);
    if (memory.battery !== undefined) {
      if (discharge(memory.battery, t - memory.at)) boot(unit, device, t);
      const warmth = typeof truth.temp === "number" ? truth.temp : weather.temp;
      truth = { ...truth, batt: shownCharge(memory.battery, warmth) };
    }
    const window = device.windowed ? (t - memory.at) / 1000 : 0;
    memory.at = t;
    const measured = device.measure(truth, memory.rng, bend?.valueAt(t));
    listener.measured(device, t, truth);
    if (measured.m === "" || bend?.silent(t)) return undefined;
    return readingPayload(device.head, bend?.stamp(t) ?? t, { b: memory.b, seq: memory.seq++ }, window, measured);
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
    hears: (unit, t) => (unit.memory.line === undefined || !isDown(unit.memory.line, t)) && lines.of(unit)?.carries !== false,
    dark,
    answer: (unit, device, t, ack) => say(unit, t, device.ackTopic, JSON.stringify(ack)),
    forward(unit, passed, t) {
      for (const { topic, payload } of passed)
        if (down(unit, t)) keep(unit, { topic, payload, retain: false });
        else send(unit, topic, payload, { retain: false, kept: true });
    },
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
      listener.happened(device, happening);
      const bend = sensors.of(device.device.id);
      if (!bend?.silent(happening.t)) {
        const { memory } = device;
        const stamp = { b: memory.b, seq: memory.seq++ };
        const at = bend?.stamp(happening.t) ?? happening.t;
        say(unit, happening.t, device.eventTopic, eventPayload(device.head, at, stamp, happening.event, type, happening.x));
      }
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
