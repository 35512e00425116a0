import { createDetector } from "../../broker/alarms/detect/detector.ts";
import type { Finding } from "../../broker/alarms/detect/evaluator.ts";
import type { Watched } from "../../broker/alarms/observed.ts";
import { derive } from "../../shared/derive.ts";
import type { Value } from "../../shared/reading.ts";
import { rulesOf } from "../../shared/rules-of.ts";
import type { ServiceId } from "../../shared/services/index.ts";
import type { Device, Struck } from "../../simulator/model.ts";
import { incite, isOver, type Lived, lived, liveOn, relent, struck, weatherOf } from "./incident-world.ts";
import { usualArgs } from "./strike.ts";

/** One service of the small city, with the room's detector listening to what its devices would say if sensors had a range and no noise. */
export interface JudgedService {
  readonly place: Lived;
  readonly findings: readonly Finding[];
  to(t: number): void;
  /** The first device of the incident's kinds (or this one) where it can begin, within a day by hours. */
  strike(kind: string, options?: { readonly args?: Struck["args"]; readonly device?: string }): Device;
  tell(device: Device, op: string): void;
}
export function judgedService(id: ServiceId): JudgedService {
  const place = lived(id);
  const watched = new Map<string, Watched>(
    place.devices.map((device) => {
      const { every, stale } = place.service.kinds[device.kind]!;
      const { id: name, kind, meta } = device;
      return [name, { id: name, service: id, kind, district: meta.district, timeline: "city", every, stale, meta, contract: place.service }];
    }),
  );
  const detector = createDetector({ devices: () => watched.values(), device: (name) => watched.get(name), rulesOf });
  detector.forget(place.t);
  const findings: Finding[] = [];
  const read = (device: Device, t: number): void => {
    const m: Record<string, Value> = { ...place.model.observe(place.state, place.sites, device, weatherOf(t), t) };
    for (const formula of place.service.derived) {
      const value = place.service.kinds[device.kind]!.metrics.includes(formula.metric) ? derive(formula, m, device.meta.constants ?? {}) : undefined;
      if (value !== undefined) m[formula.metric] = value;
    }
    const q: Record<string, "sat"> = {};
    for (const [name, value] of Object.entries(m)) {
      const metric = place.service.metrics[name];
      if (metric?.kind !== "number" || typeof value !== "number" || (value >= metric.min && value <= metric.max)) continue;
      m[name] = Math.min(metric.max, Math.max(metric.min, value));
      q[name] = "sat";
    }
    detector.take({ t, device: device.id, m, ...(Object.keys(q).length > 0 && { q }) });
  };
  const lasting: { readonly device: Device; readonly one: Struck; readonly ends: number }[] = [];
  /** What is over by itself, or has had its time, is ended, as the engine does. */
  const endOver = (): void => {
    for (const { device, one, ends } of lasting) if (place.t >= ends || isOver(place, device, one)) relent(place, device, one);
  };
  let told = 0;
  const tellAll = (t: number): void => {
    for (const { device, event, x, report = [] } of place.happenings.slice(told)) {
      detector.take({ t, device: device, e: event, x });
      for (const one of place.devices) if (report.includes(one.id)) read(one, t);
    }
    told = place.happenings.length;
  };
  const to = (end: number): void =>
    liveOn(place, end, (t) => {
      endOver();
      tellAll(t);
      for (const device of place.devices) if (t % ((watched.get(device.id)?.every ?? 60) * 1000) === 0) read(device, t);
      if (t % 60_000 === 0) findings.push(...detector.advance(t));
      return false;
    });
  /** Why it does not begin here and now; undefined = it has. */
  const begin = (at: Device, kind: string, args: Struck["args"]): string | undefined => {
    const usual = struck(place, kind);
    const one = { ...usual, args: { ...usual.args, ...args } };
    const answer = incite(place, at, one);
    if (!answer.ok) return answer.reason;
    const { lasts } = place.service.incidents[kind]!;
    lasting.push({ device: at, one, ends: lasts === null ? Number.POSITIVE_INFINITY : place.t + lasts * 1000 });
    for (const reported of place.devices) if (answer.report?.includes(reported.id)) read(reported, place.t);
    return undefined;
  };
  return {
    place,
    findings,
    to,
    strike(kind, { args = {}, device } = {}) {
      const reasons = new Set<string>();
      const ready = place.devices.filter((one) => place.service.incidents[kind]?.kinds.includes(one.kind) && (device ?? one.id) === one.id);
      for (let hours = 0; hours < 24; hours++) {
        const struckNow = ready.find((at) => {
          const reason = begin(at, kind, args);
          if (reason !== undefined) reasons.add(reason);
          return reason === undefined;
        });
        if (struckNow !== undefined) return struckNow;
        to(place.t + 3_600_000);
      }
      throw new Error(`${id}/${kind} does not begin: ${[...reasons].join("; ")}`);
    },
    tell(device, op) {
      const args = usualArgs(place.service.commands[op]?.fields ?? {});
      const obeyed = place.model.obey(place.state, place.sites, device, { op, args }, weatherOf(place.t), place.t);
      if (obeyed.ok) place.happenings.push(...obeyed.happenings);
    },
  };
}
