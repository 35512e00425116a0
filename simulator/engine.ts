import type { CommandMessage } from "../shared/command.ts";
import type { Result } from "../shared/result.ts";
import type { Injection, InjectionState } from "../shared/scenario/injection.ts";
import type { OutcomeSums } from "../shared/scenario/outcome.ts";
import type { Truth } from "../shared/scenario/truth.ts";
import type { ServiceId } from "../shared/services/index.ts";
import { assembleCity } from "./assemble-city.ts";
import type { City } from "./city/city.ts";
import type { LineAct } from "./devices/bent-lines.ts";
import type { FleetMemory } from "./devices/fleet.ts";
import type { Profile } from "./devices/outage.ts";
import type { ReadRecording } from "./devices/recording.ts";
import type { EnvironmentModel, EnvironmentState } from "./environment/environment.ts";
import type { SavedWeather } from "./environment/sky.ts";
import type { CityLifeState } from "./injections/city-life.ts";
import type { InjectionsState } from "./injections/injections.ts";
import type { CommandInput, InjectionInput, Input, InputsState } from "./inputs.ts";
import type { Happening, Models } from "./model.ts";
import type { TranscriptState } from "./transcript.ts";

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
/** What comes out of the city beside its messages. */
export interface Aside {
  truth?(truth: Truth): void;
  line?(act: LineAct): void;
}

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
  /** Real recordings that can be injected; default: there are none. */
  readonly readRecording?: ReadRecording;
}
/** Plain JSON: the whole city between two seconds. */
export interface EngineState {
  readonly v: 5;
  readonly t: number;
  readonly environment: EnvironmentState;
  /** As it would be without injections. */
  readonly weather: SavedWeather;
  readonly services: Readonly<Record<string, unknown>>;
  readonly fleet: FleetMemory;
  readonly pending: readonly Happening[];
  readonly inputs: InputsState;
  readonly injections: InjectionsState;
  readonly life: CityLifeState;
  readonly transcript: TranscriptState;
}
/** What the room asks of one device: all of its command but the envelope. */
type Command = Pick<CommandMessage, "id" | "d" | "op" | "args">;

export interface Engine {
  /** Everything up to and including this instant has been emitted. */
  now(): number;
  /** Runs second by second; the same messages whatever the steps of `to`. */
  advance(to: number, emit: Emit, aside?: Aside): void;
  /** The city lives on, nothing is measured or said; the next windows begin at `to`. */
  skip(to: number, aside?: Aside): void;
  /** Takes effect at the first second after now, or after `after`; the device's answer comes out of `advance`, on its `ack` topic. Nothing is checked here. */
  obey(command: Command, after?: number): CommandInput;
  /** An input that has its second already, one after now. */
  schedule(input: Input): void;
  /** So many commands have ever come. */
  inputCount(): number;
  /** This command has come and not taken effect yet. */
  waits(command: Pick<Command, "id" | "d">): boolean;
  /** A command of this id has become an input. */
  heard(command: string): boolean;
  /** What is said to this device comes to a socket: no injected fault has its gateway's. */
  reaches(device: string): boolean;
  /** Held against its kind and the city; whole, with its arguments and targets in order, or why it cannot be. */
  check(injection: Injection): Result<Injection>;
  injections(): readonly InjectionState[];
  /** Sockets as injections that last want them. */
  lineActs(): readonly LineAct[];
  outcomes(): OutcomeSums;
  /** The living state of a service's model, only to be looked at: for tests and labs (`ground-truth.ts`). */
  stateOf(service: ServiceId): unknown;
  bootOf(device: string): number;
  digest(): { readonly sha256: string; readonly messages: number };
  snapshot(): EngineState;
}

const secondMs = 1000;
const minuteMs = 60_000;

export function createEngine(options: EngineOptions, saved?: EngineState): Engine {
  if (options.start % minuteMs !== 0) throw new Error(`a city begins on a whole minute, not at ${options.start}`);
  const from: Partial<EngineState> = saved === undefined ? {} : structuredClone(saved);
  let now = from.t ?? options.start;
  let emit: Emit | undefined;
  let aside: Aside = {};
  const city = assembleCity(options, from, {
    now: () => now,
    hears: () => emit !== undefined,
    emit: (message) => emit?.(message),
    truth: (truth) => aside.truth?.(truth),
    line: (act) => aside.line?.(act),
  });
  const { fleet, services, injections, life, voice, sky, pending, inputs, transcript } = city;

  const moveModels = (): void => {
    now += secondMs;
    if (now % minuteMs === 0) sky.step(now, life.environment);
    pending.add(services.step(now), now);
  };
  const waitingInjections = (): InjectionInput[] => inputs.waiting().filter((input): input is InjectionInput => "inject" in input);
  const perform = (input: Input, aloud: boolean): void => {
    if ("op" in input) city.obey(input, { t: now, weather: sky.now(), aloud });
    else {
      if ("inject" in input) injections.begin(input);
      else injections.clear(input.clear, waitingInjections(), now);
      sky.bend(injections.environment);
    }
  };
  const takeInputs = (aloud: boolean): void => {
    if (injections.pass(now)) sky.bend(injections.environment);
    if (now >= inputs.next()) for (const input of inputs.takeDue(now)) perform(input, aloud);
    injections.speak(now);
    if (now % minuteMs === 0) injections.look(now);
  };
  const schedule = (input: Input): void => {
    if (input.t <= now) throw new Error(`it is ${now}: too late for what is to happen at ${input.t}`);
    inputs.add(input);
  };
  for (const input of (options.inputs ?? []).slice(inputs.count())) schedule(input);

  return {
    now: () => now,
    advance(to, sink, beside = {}) {
      emit = sink;
      aside = beside;
      while (now + secondMs <= to) {
        moveModels();
        takeInputs(true);
        for (const happening of pending.takeDue(now)) voice.happening(happening, sky.now());
        for (const pack of fleet.due(now / secondMs)) voice.pack(pack.unit, pack.members, now, sky.now());
      }
      emit = undefined;
      aside = {};
    },
    skip(to, beside = {}) {
      aside = beside;
      while (now + secondMs <= to) {
        moveModels();
        takeInputs(false);
        pending.takeDue(now);
      }
      voice.resume(now);
      aside = {};
    },
    obey({ id, d, op, args = {} }, after = now) {
      const input = { t: Math.floor(Math.max(now, after) / secondMs) * secondMs + secondMs, device: d, op, args, id };
      inputs.add(input);
      return input;
    },
    schedule,
    inputCount: inputs.count,
    waits: ({ id, d }) => inputs.waits({ id, device: d }),
    heard: inputs.has,
    reaches(device) {
      const [unit] = fleet.unitOf.get(device) ?? [];
      return unit !== undefined && !injections.lines.acts().some(({ gateway }) => gateway === unit.index);
    },
    check: (injection) => injections.check(injection, waitingInjections()),
    injections: () => injections.list(waitingInjections()),
    lineActs: injections.lines.acts,
    outcomes: services.outcomes,
    stateOf: (service) => services.units.get(service)?.state,
    bootOf: (device) => fleet.unitOf.get(device)?.[1].memory.b ?? 1,
    digest: () => transcript.digest(),
    snapshot: () => ({
      ...structuredClone({
        v: 5 as const,
        t: now,
        ...sky.snapshot(),
        services: Object.fromEntries([...services.units].map(([id, unit]) => [id, unit.state])),
        fleet: {
          devices: fleet.units.flatMap((unit) => unit.devices.map((device) => device.memory)),
          gateways: fleet.units.map((unit) => unit.memory),
        },
        pending: pending.snapshot(),
        injections: injections.snapshot(),
        life: life.snapshot(),
        transcript: transcript.snapshot(),
      }),
      inputs: inputs.snapshot(),
    }),
  };
}
