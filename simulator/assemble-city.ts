import type { Truth } from "../shared/scenario/truth.ts";
import type { LineAct } from "./devices/bent-lines.ts";
import { createFleet } from "./devices/fleet.ts";
import { createVoice, type Voice } from "./devices/voice.ts";
import type { EngineOptions, EngineState, Outgoing } from "./engine.ts";
import { createSky } from "./environment/sky.ts";
import { createCityLife } from "./injections/city-life.ts";
import { createInjections } from "./injections/injections.ts";
import { createInputs } from "./inputs.ts";
import { createObedience } from "./obedience.ts";
import { createPending } from "./pending-happenings.ts";
import { createPlayedServices } from "./played-services.ts";
import { createTranscript } from "./transcript.ts";

/** What the engine gives its parts: the time, and ways out. */
export interface Outside {
  now(): number;
  /** Somebody hears what is said: not in a time that is skipped. */
  hears(): boolean;
  emit(message: Outgoing): void;
  truth(truth: Truth): void;
  line(act: LineAct): void;
}

/** The parts of a living city, wired: environment, services, injections, devices. Nothing in here moves by itself. */
export function assembleCity(options: EngineOptions, from: Partial<EngineState>, outside: Outside) {
  const { city, start, environment, catchments, seed } = options;
  const { now } = outside;
  const districts = city.plan.districts.map((district) => district.id);
  const fleet = createFleet(city, options.models, options, from.fleet);
  const transcript = createTranscript(
    fleet.units.map((unit) => unit.gateway.id),
    from.transcript,
  );
  const hashed = options.transcript ?? true;
  const sky = createSky({ environment, seed, start, districts, catchments }, from);
  const services = createPlayedServices(options, sky.now, from.services);
  const pending = createPending((device) => fleet.unitOf.get(device)?.[0].index ?? -1, from.pending);
  const inputs = createInputs(from.inputs);
  const injections = createInjections(
    {
      ...{ seed, fleet, catchments, districts, city: city.plan.id, readRecording: options.readRecording ?? (() => undefined) },
      incidents: {
        ...services,
        happen(happenings, report) {
          pending.add(happenings, now());
          if (outside.hears()) voice.report(report, now(), sky.now());
        },
      },
      tell: outside.truth,
      act: outside.line,
      forward: (unit, passed) => voice.forward(unit, passed, now()),
    },
    from.injections,
  );
  const life = createCityLife(
    {
      tell: outside.truth,
      devices: city.gateways.flatMap((gateway) => gateway.devices),
      onMains: (district) =>
        fleet.units.flatMap(({ mains, gateway }) => (mains && gateway.district === district ? gateway.devices.map(({ id }) => id) : [])),
      struck: injections.struck,
    },
    from.life,
  );
  const voice: Voice = createVoice({
    fleet,
    observe: (unit, t) => injections.recordings.over(unit.device, t, services.observe(unit, t)),
    send(unit, topic, payload, { retain, kept }) {
      if (hashed && !retain) transcript.add(unit.index, topic, payload);
      outside.emit({ t: now(), gateway: unit.index, topic, payload, retain, ...(kept ? { kept } : {}) });
    },
    sensors: injections.sensors,
    lines: injections.lines,
    listener: {
      measured({ device }, t, truth) {
        injections.spoke(device.id, t);
        life.measured(device, truth, t);
      },
      happened({ device }, happening) {
        injections.spoke(device.id, happening.t);
        life.happened(device, happening);
      },
      silent: life.silent,
      back: life.back,
    },
  });
  const obey = createObedience({ fleet, inputs, voice, obey: services.obey, happen: (happenings) => pending.add(happenings, now()) });
  sky.bend(injections.environment);
  return { fleet, transcript, sky, services, pending, inputs, injections, life, voice, obey };
}
