import type { CommandMessage } from "../shared/command.ts";
import { type ServiceId, services } from "../shared/services/index.ts";
import type { City } from "./city/city.ts";
import { createFleet, type FleetMemory } from "./devices/fleet.ts";
import type { Profile } from "./devices/outage.ts";
import { createVoice } from "./devices/voice.ts";
import type { Environment, EnvironmentModel, EnvironmentState } from "./environment/environment.ts";
import { createInputs, type Input, type InputsState } from "./inputs.ts";
import type { Happening, Model, Models, Sites } from "./model.ts";
import { createObedience } from "./obedience.ts";
import { createTranscript, type TranscriptState } from "./transcript.ts";

/** One MQTT message at QoS 1, sent at city time `t` by the gateway with this index in the city. */
export interface Outgoing {
  readonly t: number;
  readonly gateway: number;
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  /** Kept by the gateway while its line was down: what it speaks of lies in the past. */
  readonly kept?: true;
}
type Emit = (message: Outgoing) => void;

export interface EngineOptions {
  /** Its gateways sorted by id. */
  readonly city: City;
  readonly models: Models;
  readonly environment: EnvironmentModel;
  readonly catchments: number;
  readonly seed: number;
  /** Epoch ms, a whole minute. */
  readonly start: number;
  readonly profile: Profile;
  /** Hashes what is sent; default true. */
  readonly transcript?: boolean;
  /** What a run was told, as its snapshot holds it: with the same seed it says the same again. What a saved state holds of them is not told it twice. */
  readonly inputs?: readonly Input[];
}
/** Plain JSON: the whole city between two seconds. */
export interface EngineState {
  readonly v: 2;
  readonly t: number;
  readonly environment: EnvironmentState;
  readonly weather: Weather;
  readonly services: Readonly<Record<string, unknown>>;
  readonly fleet: FleetMemory;
  readonly pending: readonly Happening[];
  readonly inputs: InputsState;
  readonly transcript: TranscriptState;
}
/** What the room asks of one device: all of its command but the envelope. */
type Command = Pick<CommandMessage, "id" | "d" | "op" | "args">;
type Weather = Omit<Environment, "powerCut"> & { readonly powerCut: readonly string[] };

export interface Engine {
  /** Everything up to and including this instant has been emitted. */
  now(): number;
  /** Runs second by second; the same messages whatever the steps of `to`. */
  advance(to: number, emit: Emit): void;
  /** The city lives on, nothing is measured or said; the next windows begin at `to`. */
  skip(to: number): void;
  /** Takes effect at the first second after now, or after `after`; the device's answer comes out of `advance`, on its `ack` topic. Nothing is checked here. */
  obey(command: Command, after?: number): Input;
  /** An input that has its second already, one after now. */
  schedule(input: Input): void;
  /** So many commands have ever come. */
  inputCount(): number;
  /** This command has come and not taken effect yet. */
  waits(command: Pick<Command, "id" | "d">): boolean;
  /** The living state of a service's model, only to be looked at: for tests and labs (`ground-truth.ts`). */
  stateOf(service: ServiceId): unknown;
  bootOf(device: string): number;
  digest(): { readonly sha256: string; readonly messages: number };
  snapshot(): EngineState;
}

interface ServiceUnit {
  readonly model: Model<ServiceId, unknown>;
  readonly sites: Sites;
  readonly state: unknown;
  readonly stepMs: number;
}

const secondMs = 1000;
const minuteMs = 60_000;

export function createEngine(options: EngineOptions, saved?: EngineState): Engine {
  const { city, start, environment, catchments, seed } = options;
  if (start % minuteMs !== 0) throw new Error(`a city begins on a whole minute, not at ${start}`);
  const from: Partial<EngineState> = saved === undefined ? {} : structuredClone(saved);
  const fleet = createFleet(city, options.models, options, from.fleet);
  const units = createServices(options, from.services);
  const gatewayIds = fleet.units.map((unit) => unit.gateway.id);
  const transcript = createTranscript(gatewayIds, from.transcript);
  const hashed = options.transcript ?? true;
  const districts = city.plan.districts.map((district) => district.id);
  const environmentState = from.environment ?? environment.init({ seed, start, districts, catchments });
  let weather = from.weather === undefined ? environment.step(environmentState, start) : unpacked(from.weather);
  const pending: Happening[] = [...(from.pending ?? [])];
  const inputs = createInputs(from.inputs);
  let now = from.t ?? start;
  let emit: Emit | undefined;

  const voice = createVoice(
    fleet,
    (device, t) => {
      const unit = units.get(device.device.service);
      return unit === undefined ? {} : unit.model.observe(unit.state, unit.sites, device.device, weather, t);
    },
    (unit, topic, payload, { retain, kept }) => {
      if (hashed && !retain) transcript.add(unit.index, topic, payload);
      emit?.({ t: now, gateway: unit.index, topic, payload, retain, ...(kept ? { kept } : {}) });
    },
  );
  const rank = (happening: Happening): number => fleet.unitOf.get(happening.device)?.[0].index ?? -1;
  const inOrder = (a: Happening, b: Happening): number => a.t - b.t || rank(a) - rank(b) || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0);
  const moveModels = (): void => {
    now += secondMs;
    if (now % minuteMs === 0) weather = environment.step(environmentState, now);
    const before = pending.length;
    for (const unit of units.values()) {
      if (now % unit.stepMs !== 0) continue;
      // What a step of a minute yields is told over the next minute, each at its own second, instead of in a burst at the end.
      const delay = unit.stepMs - secondMs;
      for (const happening of unit.model.step(unit.state, unit.sites, weather, now))
        pending.push({ ...happening, t: Math.max(now - secondMs + 1, Math.floor(happening.t) + delay) });
    }
    if (pending.length > before) pending.sort(inOrder);
  };
  const obeyDue = createObedience({
    fleet,
    inputs,
    voice,
    obey(device, order, t) {
      const unit = units.get(device.device.service);
      return unit?.model.obey(unit.state, unit.sites, device.device, order, weather, t) ?? { ok: false, reason: "no model" };
    },
    happen(happenings) {
      for (const happening of happenings) pending.push({ ...happening, t: Math.max(now - secondMs + 1, Math.floor(happening.t)) });
      if (happenings.length > 0) pending.sort(inOrder);
    },
  });
  const schedule = (input: Input): void => {
    if (input.t <= now) throw new Error(`it is ${now}: too late for what is to happen at ${input.t}`);
    inputs.add(input);
  };
  for (const input of (options.inputs ?? []).slice(inputs.count())) schedule(input);
  const takeDue = (): Happening[] => {
    const later = pending.findIndex((happening) => happening.t > now);
    return later === 0 || pending.length === 0 ? [] : pending.splice(0, later < 0 ? pending.length : later);
  };

  return {
    now: () => now,
    advance(to, sink) {
      emit = sink;
      while (now + secondMs <= to) {
        moveModels();
        if (now >= inputs.next()) obeyDue({ t: now, weather, aloud: true });
        for (const happening of takeDue()) voice.happening(happening, weather);
        for (const pack of fleet.due(now / secondMs)) voice.pack(pack.unit, pack.members, now, weather);
      }
      emit = undefined;
    },
    skip(to) {
      while (now + secondMs <= to) {
        moveModels();
        if (now >= inputs.next()) obeyDue({ t: now, weather, aloud: false });
        takeDue();
      }
      voice.resume(now);
    },
    obey({ id, d, op, args = {} }, after = now) {
      const input = { t: Math.floor(Math.max(now, after) / secondMs) * secondMs + secondMs, device: d, op, args, id };
      inputs.add(input);
      return input;
    },
    schedule,
    inputCount: inputs.count,
    waits: ({ id, d }) => inputs.waits({ id, device: d }),
    stateOf: (service) => units.get(service)?.state,
    bootOf: (device) => fleet.unitOf.get(device)?.[1].memory.b ?? 1,
    digest: () => transcript.digest(),
    snapshot: () => ({
      ...structuredClone({
        v: 2 as const,
        t: now,
        environment: environmentState,
        weather: { ...weather, powerCut: [...weather.powerCut].sort() },
        services: Object.fromEntries([...units].map(([id, unit]) => [id, unit.state])),
        fleet: {
          devices: fleet.units.flatMap((unit) => unit.devices.map((device) => device.memory)),
          gateways: fleet.units.map((unit) => unit.memory),
        },
        pending,
        transcript: transcript.snapshot(),
      }),
      inputs: inputs.snapshot(),
    }),
  };
}

const unpacked = (weather: Weather): Environment => ({ ...weather, powerCut: new Set(weather.powerCut) });

/** In the order of the catalogue: it is part of the transcript. */
function createServices({ city, models, seed, start }: EngineOptions, states?: Readonly<Record<string, unknown>>): ReadonlyMap<string, ServiceUnit> {
  const units = new Map<string, ServiceUnit>();
  for (const { id } of services) {
    if (!isServiceId(id, models)) throw new Error(`no model for service ${id}`);
    // The pairing of model, sites and state by id is what `Models` and `City` guarantee; a loop over ids cannot carry it.
    const model = models[id] as unknown as Model<ServiceId, unknown>;
    if (60 % model.stepSeconds !== 0) throw new Error(`the step of ${id} must divide 60 s, not ${model.stepSeconds} s`);
    const sites = { sites: city.sites[id], streets: city.streets } as unknown as Sites;
    units.set(id, { model, sites, state: states?.[id] ?? model.init(sites, seed, start), stepMs: model.stepSeconds * secondMs });
  }
  return units;
}
const isServiceId = (id: string, models: Models): id is ServiceId => id in models;
