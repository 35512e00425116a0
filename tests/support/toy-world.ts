import type { Value } from "../../shared/reading.ts";
import { type ServiceId, serviceOf, services } from "../../shared/services/index.ts";
import { buildCity } from "../../simulator/city/build-city.ts";
import { environment } from "../../simulator/environment/model.ts";
import type { Device, Happening, Model, Models, Obeyed, Site, Struck } from "../../simulator/model.ts";
import { createRng, poisson, type Rng, uniform } from "../../simulator/random.ts";
import type { World } from "../../simulator/run-city.ts";

/**
 * A world with the real ground and weather and very simple services: every metric of every kind is measured, things happen at random.
 * For tests of the engine and its surroundings, which must hold for any model.
 */
interface ToyState {
  readonly rng: Rng;
  steps: number;
  readonly counts: Record<string, number>;
  /** Commands obeyed, by device. */
  readonly obeyed: Record<string, number>;
  /** Incidents that last, by id and device, with their begin. */
  readonly struck: Record<string, number>;
}
const keyOf = (device: Device, { id }: Struck): string => `${id} ${device.id}`;

export interface ToyOptions {
  readonly gateways?: number;
  readonly sitesPerGateway?: number;
  readonly stepSeconds?: number;
}

export function toyWorld({ gateways = 3, sitesPerGateway = 2, stepSeconds = 10 }: ToyOptions = {}): World {
  const models = Object.fromEntries(
    services.map(({ id }) => [id, toyModel(id as ServiceId, gateways, sitesPerGateway, stepSeconds)]),
  ) as unknown as Models;
  return { city: buildCity("small", 1, models), models, environment, catchments: 4 };
}

function toyModel(id: ServiceId, gateways: number, sitesPerGateway: number, stepSeconds: number): Model<ServiceId, ToyState> {
  const service = serviceOf(id)!;
  const kinds = Object.keys(service.kinds);
  const events = Object.keys(service.events);
  return {
    stepSeconds,
    sensing: {},
    place: (ground) =>
      ground.places(id, gateways * sitesPerGateway).map((place, n): Site => {
        const site = `${id}-s${n}`;
        const devices = kinds.map((kind): Device => {
          const device = `${site}-${kind}`;
          const gateway = `gw-${id}-${n % gateways}`;
          const constants = Object.fromEntries((service.kinds[kind]!.constants ?? []).map((name) => [name, 1]));
          const meta = { v: 1 as const, d: device, kind, name: { ko: device, en: device }, gateway, constants, ...place };
          return { id: device, service: id, kind: kind as Device["kind"], gateway, site, meta };
        });
        return { id: site, district: place.district, devices, facts: {} };
      }),
    init: (_city, seed) => ({ rng: createRng(seed, id), steps: 0, counts: {}, obeyed: {}, struck: {} }),
    step(state, city, _env, t) {
      state.steps += 1;
      const out: Happening[] = [];
      for (const site of city.sites)
        for (const device of site.devices) {
          state.counts[device.id] = (state.counts[device.id] ?? 0) + poisson(state.rng, 0.6);
          if (uniform(state.rng) > 0.004) continue;
          const event = events[Math.floor(uniform(state.rng) * events.length)]!;
          const at = t - Math.floor(uniform(state.rng) * stepSeconds * 1000);
          out.push({
            t: at,
            device: device.id,
            event: event as Happening["event"],
            x: { net: uniform(state.rng) * 3, token: "abc" },
            report: [device.id],
          });
        }
      return out.sort((a, b) => a.t - b.t);
    },
    /** Every third order to a device is one too many; the others move the dice, so that whatever comes after depends on them. */
    obey(state, _city, device, _order, _env, t): Obeyed<ServiceId> {
      const count = (state.obeyed[device.id] ?? 0) + 1;
      state.obeyed[device.id] = count;
      if (count % 3 === 0) return { ok: false, reason: `order ${count} is one too many` };
      state.counts[device.id] = (state.counts[device.id] ?? 0) + poisson(state.rng, 5);
      const [event] = events;
      const happenings = event === undefined ? [] : [{ t, device: device.id, event: event as Happening["event"], x: { net: 1, token: "told" } }];
      return { ok: true, happenings, report: [device.id] };
    },
    /** An incident counts something at once, and is felt a minute later. */
    incite(state, _city, device, struck, _env, t): Obeyed<ServiceId> {
      if (state.struck[keyOf(device, struck)] !== undefined) return { ok: false, reason: "it happens already" };
      state.struck[keyOf(device, struck)] = t;
      state.counts[device.id] = (state.counts[device.id] ?? 0) + 7;
      return { ok: true, happenings: [], report: [device.id] };
    },
    relent(state, _city, device, struck) {
      delete state.struck[keyOf(device, struck)];
      return [];
    },
    over: (state, _city, device, struck) => state.struck[keyOf(device, struck)] === undefined,
    felt: (state, _city, device, struck, _env, t) => t - (state.struck[keyOf(device, struck)] ?? t) >= 60_000,
    outcome: ({ steps }) => Object.fromEntries(Object.keys(service.outcomes).map((name) => [name, steps])),
    observe(state, _city, device, env, t) {
      const truth: Record<string, Value> = {};
      for (const name of service.kinds[device.kind]!.metrics) {
        const metric = service.metrics[name]!;
        if (metric.kind === "flag") truth[name] = state.steps % 3 === 0;
        else if (metric.kind === "state") truth[name] = metric.words[state.steps % metric.words.length]!;
        else if (metric.kind === "position") truth[name] = [device.meta.lat, device.meta.lon];
        else if (metric.aggregate === "sum") truth[name] = state.counts[device.id] ?? 0;
        else truth[name] = Math.min(metric.max, Math.max(metric.min, env.temp + Math.sin(t / 1e6)));
      }
      state.counts[device.id] = 0;
      return truth;
    },
  };
}
