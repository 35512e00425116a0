import type { CityPlan } from "../../shared/city-plan.ts";
import type { EventField, Metric } from "../../shared/service.ts";
import { type ServiceId, serviceOf } from "../../shared/services/index.ts";
import type { Ground } from "../../simulator/city/ground.ts";
import type { Environment } from "../../simulator/environment/environment.ts";
import type { Happening, Model, Sites, Truth } from "../../simulator/model.ts";

const plan: CityPlan = {
  id: "plain",
  name: { ko: "들", en: "Plain" },
  zone: "Asia/Seoul",
  bounds: [127, 37.4, 127.1, 37.5],
  districts: [{ id: "east", name: { ko: "동", en: "East" }, label: [127.05, 37.45] }],
  landmarks: [],
  layers: {
    district: { type: "FeatureCollection", features: [] },
    block: { type: "FeatureCollection", features: [] },
    road: { type: "FeatureCollection", features: [] },
    stream: { type: "FeatureCollection", features: [] },
    hill: { type: "FeatureCollection", features: [] },
  },
};
/** A plain without streets: places in a row, every other in the other district. */
export const ground = (city: Ground["city"], scale = 1): Ground => ({
  city,
  scale,
  plan,
  streets: { nodes: [], links: [] },
  places: (_name, count) =>
    Array.from({ length: count }, (_, i) => ({ lat: 37.4 + i / 10_000, lon: 127 + i / 9000, district: i % 2 ? "east" : "west" })),
  cell: (place) => ({ ...place, lat: Math.round(place.lat * 200) / 200, lon: Math.round(place.lon * 200) / 200 }),
  alongStream: () => ({ lat: 37.4, lon: 127, district: "east" }),
  streamLength: 6,
});

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Midnight of a Monday in Seoul, 2026-10-12. */
export const monday = Date.UTC(2026, 9, 11, 15);

/** A mild autumn day without rain, unless said. */
export function weatherAt(t: number, change: Partial<Environment> = {}): Environment {
  const local = t + 9 * hour;
  const clock = (local % day) / hour;
  const weekday = (Math.floor(local / day) + 4) % 7;
  const sun = Math.max(0, Math.sin(((clock - 6.5) / 11.5) * Math.PI));
  return {
    t,
    hour: clock,
    weekday,
    day: Math.floor(local / day),
    month: 10,
    holiday: false,
    daysToFeast: 99,
    dayOff: weekday === 0 || weekday === 6,
    temp: 14 - 5 * Math.cos(((clock - 3) / 12) * Math.PI),
    humidity: 60,
    daylight: sun,
    rain: [0, 0, 0],
    rainMean: 0,
    demand: 1,
    powerCut: new Set(),
    crowds: {},
    ...change,
  };
}

export interface World<Id extends ServiceId, State> {
  readonly model: Model<Id, State>;
  readonly sites: Sites<Id>;
  state: State;
  env: Environment;
  readonly happenings: Happening<Id>[];
}
export function world<Id extends ServiceId, State>(
  model: Model<Id, State>,
  options: { city?: Ground["city"]; seed?: number; start?: number } = {},
): World<Id, State> {
  const { city = "small", seed = 1, start = monday } = options;
  const sites: Sites<Id> = { sites: model.place(ground(city)), streets: { nodes: [], links: [] } };
  return { model, sites, state: model.init(sites, seed, start), env: weatherAt(start), happenings: [] };
}

export type Look<Id extends ServiceId> = (t: number, truths: ReadonlyMap<string, Truth<Id>>, happened: readonly Happening<Id>[]) => void;
export interface RunOptions<Id extends ServiceId> {
  readonly from: number;
  readonly to: number;
  readonly weather?: (t: number) => Partial<Environment>;
  /** Seconds between two looks at all devices. */
  readonly every?: number;
  readonly look?: Look<Id>;
}
/** Steps through (from, to]; looks at every device now and then. */
export function run<Id extends ServiceId, State>(
  place: World<Id, State>,
  { from, to, weather = () => ({}), every = 600, look }: RunOptions<Id>,
): void {
  const stepMs = place.model.stepSeconds * 1000;
  for (let t = from + stepMs; t <= to; t += stepMs) {
    if (t % minute === 0) place.env = weatherAt(t, weather(t));
    const happened = place.model.step(place.state, place.sites, place.env, t);
    place.happenings.push(...happened);
    if (look !== undefined && t % (every * 1000) === 0) look(t, truthsOf(place, t), happened);
  }
}
export function truthsOf<Id extends ServiceId, State>(place: World<Id, State>, t: number): Map<string, Truth<Id>> {
  const devices = place.sites.sites.flatMap((site) => site.devices);
  return new Map(devices.map((device) => [device.id, place.model.observe(place.state, place.sites, device, place.env, t)]));
}

function metricFits(metric: Metric | undefined, value: unknown): boolean {
  if (metric?.kind === "number") return typeof value === "number" && value >= metric.min && value <= metric.max;
  if (metric?.kind === "flag") return typeof value === "boolean";
  if (metric?.kind === "position") return Array.isArray(value) && value.length === 2 && Math.abs(value[0]) <= 90 && Math.abs(value[1]) <= 180;
  return metric?.kind === "state" && metric.words.includes(String(value));
}
function fieldFits(field: EventField, value: unknown): boolean {
  if (field.kind === "number") return typeof value === "number" && value >= field.min && value <= field.max;
  return field.kind === "word" ? field.words.includes(String(value)) : /^[a-z0-9]{1,32}$/.test(String(value));
}

/** Everything in truths and events that the contract would refuse. */
export function breaches<Id extends ServiceId>(id: Id, truths: ReadonlyMap<string, Truth<Id>>, happened: readonly Happening<Id>[]): string[] {
  const service = serviceOf(id);
  const found: string[] = [];
  for (const [device, truth] of truths)
    for (const [name, value] of Object.entries(truth))
      if (!metricFits(service?.metrics[name], value)) found.push(`${device} ${name} ${String(value)}`);
  for (const { event, x, t, device } of happened) {
    const fields = service?.events[event]?.fields ?? { unknown: { kind: "token", label: { ko: "", en: "" } } };
    if (t % 1000 !== 0 || Object.keys(x).some((name) => !(name in fields))) found.push(`${device} ${event} ${t}`);
    for (const [name, field] of Object.entries(fields)) if (!fieldFits(field, x[name])) found.push(`${device} ${event} ${name} ${String(x[name])}`);
  }
  return found;
}

/** Hour by hour hotter than ever measured in Seoul (39.6 Celsius, 2018), with a cloudburst and a dark district at the end. */
export const heatAndStorm =
  (start: number) =>
  (t: number): Partial<Environment> => {
    const hours = (t - start) / hour;
    if (hours < 48) return { temp: 33 + 7 * Math.sin(((hours % 24) / 24) * Math.PI), month: 8, daylight: 1 };
    return { rain: [90, 90, 90], rainMean: 90, temp: -18, humidity: 100, daylight: 0, powerCut: new Set(["west"]) };
  };
