import { readCommand } from "./command-post.ts";
import { Conductor } from "./conductor.ts";
import { openControlLine } from "./control-line.ts";
import { type Course, newCourse, resumable } from "./course.ts";
import { createEngine, type Engine, type EngineOptions, type EngineState } from "./engine.ts";
import { createInputLog } from "./input-log.ts";
import { createKeptCities } from "./kept-cities.ts";
import { createPublisher } from "./publisher.ts";
import { readRecordingsIn, recordingsFolder } from "./recordings-folder.ts";
import { createCityFiles } from "./saved-city.ts";
import type { MqttAddress, Simulator, SimulatorOptions } from "./simulator-options.ts";

/** A city and the laws it lives by. */
export type World = Pick<EngineOptions, "city" | "models" | "environment" | "catchments">;

/** A shorter sleep is made up in full whatever the length of the history. */
const longestCatchUpMs = 24 * 3_600_000;

/** Connects a city to a broker and lets it live. */
export async function runCity(options: SimulatorOptions, world: World, mqtt: MqttAddress): Promise<Simulator> {
  const { city } = world;
  const files = createCityFiles(options.dir);
  const { profile, transcript = true } = options;
  const readRecording = readRecordingsIn(recordingsFolder(options.dir));
  const engineFor = (seed: number, start: number, state?: EngineState): Engine =>
    createEngine({ ...world, seed, start, profile, transcript, readRecording }, state);
  const saved = await files.load();
  const { known } = mqtt;
  const resumed = known === undefined || known.run === saved?.run ? resumable(saved, options) : undefined;
  const engine = engineFor((resumed ?? options).seed, resumed?.start ?? newCourse(options).start, resumed && saved?.engine);
  const inputLog = createInputLog(options.dir);
  const told = resumed === undefined ? await inputLog.clear() : await inputLog.load(resumed.run);
  for (const { n, input } of told ?? []) if (n === engine.inputCount()) engine.schedule(input);
  // the state on disk is some seconds old, and was all the older the faster the city ran: what the broker has of it is not said again
  if (resumed !== undefined && known !== undefined) engine.advance(known.mark, () => undefined);
  const course = resumed === undefined ? newCourse(options) : arrived(resumed, engine.now());
  const kept = createKeptCities(options.dir);
  const conductor = new Conductor({ options, files, kept, inputLog, cityId: city.plan.id, engineFor }, course, engine);
  const onTrouble = (text: string): void => options.onTrouble?.(text);
  const line = await openControlLine({
    ...mqtt,
    city: city.plan.id,
    account: options.account ?? { username: "simulator", password: options.secrets.control },
    first: conductor.clock(),
    onTrouble,
    async onAsk({ id, action, images }) {
      const answer = await conductor.act(action, images);
      return answer.ok ? { id, ok: true } : { id, ok: false, reason: answer.reason };
    },
    async onSimAsk({ id, ask }) {
      const answer = await conductor.ask(ask);
      return answer.ok ? { id, ok: true, data: answer.value } : { id, ok: false, reason: answer.reason.slice(0, 2000) };
    },
  });
  const publisher = createPublisher({
    ...mqtt,
    city,
    accountOf: (id) => options.account ?? { username: id, password: options.secrets.gateway(id) },
    now: conductor.now,
    bootOf: conductor.bootOf,
    onCommand(topic, payload) {
      const command = readCommand(topic, payload);
      if (command.ok) conductor.order(command.value);
      else onTrouble(`command: ${command.reason}`);
    },
    onProgress: conductor.wake,
    onTrouble,
  });
  await conductor.connect(line, publisher);
  if (resumed !== undefined) {
    for (const message of saved?.unacknowledged ?? []) publisher.send(message);
    await makeUp(conductor, course, options);
  }
  conductor.start();
  const { clock, digest, done, act, snapshot } = conductor;
  return { city, clock: () => clock(), digest, done, act, snapshot, close: () => conductor.close() };
}

/** A history or a jump that the broker has whole is over. */
const arrived = (course: Course, now: number): Course =>
  course.phase !== "live" && now > course.goal ? { ...course, phase: "live", stepping: false } : course;

/** What a second start does about the time in which nobody ran the city. A paused city is still paused: its time did not pass. */
async function makeUp(conductor: Conductor, course: Course, { resume, start, until }: SimulatorOptions): Promise<void> {
  const wall = Math.floor(Date.now() / 1000) * 1000;
  if (course.phase !== "live" || course.paused || wall <= conductor.now()) return;
  if (resume === "gap") await conductor.skip(wall);
  if (resume !== "catch-up") return;
  // After weeks of sleep nobody waits for all of them: as much as a first start would generate is made up, what lies before stays a gap.
  const from = wall - Math.max(until - start, longestCatchUpMs);
  if (conductor.now() < from) await conductor.skip(from);
  conductor.jump(wall);
}
