import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { CityClock, ClockAction } from "../shared/clock.ts";
import type { CommandMessage } from "../shared/command.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import { type CityKeeper, createCityKeeper } from "./city-keeper.ts";
import { createPacer, createRateMeter } from "./clock.ts";
import type { ControlLine } from "./control-line.ts";
import { type Course, keyOf, refusal } from "./course.ts";
import type { Engine, EngineState, Outgoing } from "./engine.ts";
import type { InputLog } from "./input-log.ts";
import type { Publisher } from "./publisher.ts";
import { type CityFiles, imageName } from "./saved-city.ts";
import { createSignal, immediate } from "./signal.ts";
import type { SimulatorOptions } from "./simulator-options.ts";

export interface ConductorOptions {
  readonly options: SimulatorOptions;
  readonly files: CityFiles;
  readonly inputLog: InputLog;
  /** Id of the city in topics. */
  readonly cityId: string;
  engineFor(seed: number, start: number, state?: EngineState): Engine;
}
interface Ask {
  readonly action: ClockAction;
  readonly fresh: boolean;
  resolve(answer: Result<CityClock>): void;
}

const tickMs = 1000;
/** Wall times: least and most between two clock documents, longest stretch of computing, time between two saves. */
const announceMs = 50;
const heartbeatMs = 1000;
const stretchMs = 10;
/** What is sent is gathered while there is more to compute, up to this many messages or ms: fewer, fuller writes on every connection. */
const gather = { messages: 4096, ms: 250 };
const saveMs = 20_000;
/** Commands that may wait to be taken; a room that sends more while a history is generated is not in its right mind. */
const ordersLimit = 10_000;
/** Wall time that closing waits for the loop, and for acknowledgements. */
const farewellMs = 1000;

/** Runs the city's time: promises a head, lets the engine go there, waits for what was sent, and obeys. */
export class Conductor {
  readonly done: Promise<void>;
  #course: Course;
  #engine: Engine;
  readonly #with: ConductorOptions;
  readonly #stop: number;
  readonly #wake = createSignal();
  readonly #pacer = createPacer(Date.now());
  readonly #meter = createRateMeter();
  readonly #asks: Ask[] = [];
  /** By device and id: the room repeats what nobody has answered yet. */
  readonly #orders = new Map<string, CommandMessage>();
  #line: ControlLine | undefined;
  #publisher: Publisher | undefined;
  /** Promised, and promised with the broker's acknowledgement. */
  #head: number;
  #allowed: number;
  #arrival: Ask | undefined;
  #told = { at: 0, text: "" };
  #telling: Promise<void> | undefined;
  #flushedAt = 0;
  readonly #keeper: CityKeeper;
  /** Messages of the tick that brings kept ones. */
  #held: Outgoing[] = [];
  #closing = false;
  #finished = false;
  #loop: Promise<void> | undefined;
  #finish: () => void = () => undefined;

  constructor(parts: ConductorOptions, course: Course, engine: Engine) {
    this.#with = parts;
    this.#course = course;
    this.#engine = engine;
    this.#keeper = createCityKeeper(parts.files, (text) => parts.options.onTrouble?.(text));
    this.#head = engine.now();
    this.#allowed = engine.now();
    this.#stop = Math.floor((parts.options.stopAt ?? Number.POSITIVE_INFINITY) / tickMs) * tickMs;
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  now = (): number => this.#engine.now();
  bootOf = (device: string): number => this.#engine.bootOf(device);
  wake = (): void => this.#wake.ring();
  digest = (): { readonly sha256: string; readonly messages: number } => this.#engine.digest();
  snapshot = (): EngineState => this.#engine.snapshot();

  clock = (image?: string): CityClock => {
    const { run, seed, start, paused, phase, goal } = this.#course;
    return {
      run,
      city: this.#with.cityId,
      seed,
      scale: this.#with.options.scale,
      start,
      head: this.#head,
      mark: this.#mark(),
      rate: this.#rate(),
      asked: this.#asked(),
      paused,
      phase,
      ...(phase === "live" ? {} : { until: goal }),
      ...(image === undefined ? {} : { image }),
    };
  };

  act = (action: ClockAction, fresh = false): Promise<Result<CityClock>> =>
    new Promise((resolve) => {
      if (this.#closing) return resolve(refuse("the simulator is closing"));
      this.#asks.push({ action, fresh, resolve });
      this.#wake.ring();
    });

  /** A command to one of the devices. */
  order = (command: CommandMessage): void => {
    if (this.#orders.size < ordersLimit) this.#orders.set(`${command.d} ${command.id}`, command);
    else this.#with.options.onTrouble?.(`command ${command.id}: too many are waiting`);
    this.#wake.ring();
  };

  /** The first document goes out before any gateway connects: the broker then knows the run. */
  async connect(line: ControlLine, publisher: Publisher): Promise<void> {
    this.#line = line;
    this.#publisher = publisher;
    await this.#tellNow();
    await publisher.start();
  }

  start(): void {
    this.#pacer.rest(Date.now());
    this.#loop = this.#run();
  }

  /** Lives through the time to `to` without a word. */
  async skip(to: number): Promise<void> {
    this.#course = { ...this.#course, phase: "jump", goal: to };
    while (this.#engine.now() < to && !this.#closing) {
      this.#engine.skip(Math.min(to, this.#engine.now() + 60_000));
      this.#head = this.#engine.now();
      if (Date.now() - this.#told.at > announceMs) await this.#tellNow();
      await immediate();
    }
  }

  /** Forward at the highest rate; a paused city is paused again when it is there. */
  jump(to: number): void {
    this.#course = { ...this.#course, phase: "jump", goal: to, stepping: this.#course.paused };
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#wake.ring();
    // The loop may wait for a broker that never comes back; closing the line ends that.
    await Promise.race([this.#loop, delay(farewellMs, undefined, { ref: false })]);
    for (const ask of this.#asks.splice(0)) ask.resolve(refuse("the simulator is closing"));
    this.#arrival?.resolve(refuse("the simulator is closing"));
    this.#publisher?.flush();
    const patience = Date.now() + farewellMs;
    while (this.#publisher?.oldest() !== undefined && Date.now() < patience) await this.#wake.wait(50);
    await this.#save();
    await this.#publisher?.close();
    await this.#line?.close(this.clock());
  }

  #mark(): number {
    const oldest = Math.min(this.#publisher?.oldest() ?? Number.POSITIVE_INFINITY, this.#held[0]?.t ?? Number.POSITIVE_INFINITY);
    return Math.min(this.#engine.now(), oldest - tickMs);
  }
  #moves(): boolean {
    return !this.#course.paused || this.#course.stepping;
  }
  #asked(): number | null {
    return this.#course.phase === "live" ? this.#course.rate : null;
  }
  #rate(): number {
    if (!this.#moves()) return 0;
    const { phase, stepping, rate } = this.#course;
    const steady = phase === "live" && !stepping && rate !== null && !this.#pacer.lags(Date.now());
    return Math.round((steady ? rate : this.#meter.rate()) * 100) / 100;
  }

  async #tell(clock: CityClock): Promise<void> {
    this.#told = { at: Date.now(), text: JSON.stringify(clock) };
    await this.#line?.tell(clock);
    this.#allowed = Math.max(this.#allowed, clock.head);
    this.#wake.ring();
  }
  async #tellNow(image?: string): Promise<CityClock> {
    await this.#telling;
    const clock = this.clock(image);
    await this.#tell(clock);
    return clock;
  }
  #tellIfDue(wall: number): void {
    if (this.#telling !== undefined || wall - this.#told.at < announceMs) return;
    const { phase, stepping, goal } = this.#course;
    this.#meter.sample(wall, this.#mark());
    if (this.#moves()) {
      const stop = phase === "live" && !stepping ? this.#stop : Math.min(goal, this.#stop);
      this.#head = this.#pacer.next({ wall, head: this.#head, mark: this.#mark(), asked: stepping ? null : this.#asked(), stop });
    } else this.#pacer.rest(wall);
    const clock = this.clock();
    if (wall - this.#told.at < heartbeatMs && JSON.stringify(clock) === this.#told.text) return;
    this.#telling = this.#tell(clock)
      .catch((error: unknown) => this.#with.options.onTrouble?.(`clock: ${String(error)}`))
      .finally(() => {
        this.#telling = undefined;
      });
  }

  /** Until it is closed: obey, promise, advance, arrive, save. */
  async #run(): Promise<void> {
    while (!this.#closing) {
      try {
        const ask = this.#asks.shift();
        if (ask !== undefined) await this.#performOrRefuse(ask);
        // a history is the same for everybody who begins with it: what the room wants then waits until it is over
        if (this.#orders.size > 0 && this.#course.phase !== "backfill") await this.#takeOrders();
        this.#tellIfDue(Date.now());
        await this.#letGo();
        const moved = this.#advance();
        await this.#arriveIfThere();
        if (this.#keeper.age() > saveMs) void this.#save();
        if (moved) await immediate();
        else await this.#wake.wait(Math.max(1, Math.min(announceMs, this.#told.at + announceMs - Date.now())));
      } catch (error) {
        this.#with.options.onTrouble?.(`the city's clock: ${String(error)}`);
        await this.#wake.wait(1000);
      }
    }
  }
  /** They take effect at the first second that has not been promised yet; on disk before. */
  async #takeOrders(): Promise<void> {
    const { inputLog, options } = this.#with;
    const t = this.#head + tickMs;
    const first = this.#engine.inputCount();
    const orders = [...this.#orders.values()].filter((order) => !this.#engine.waits(order));
    this.#orders.clear();
    if (orders.length === 0) return;
    const inputs = orders.map(({ id, d, op, args = {} }, at) => ({ n: first + at, input: { t, device: d, op, args, id } }));
    await inputLog
      .append(this.#course.run, inputs)
      .catch((error: unknown) => options.onTrouble?.(`commands could not be kept for a restart: ${String(error)}`));
    for (const { input } of inputs) this.#engine.schedule(input);
  }
  #advance(): boolean {
    const publisher = this.#publisher;
    if (publisher === undefined) return false;
    const from = this.#engine.now();
    const enough = performance.now() + stretchMs;
    while (this.#engine.now() < this.#allowed && publisher.hasRoom() && performance.now() < enough && this.#held.length === 0) this.#tick(publisher);
    const now = performance.now();
    const rests = this.#engine.now() >= this.#allowed || !publisher.hasRoom() || this.#held.length > 0;
    if (rests || publisher.gathered() >= gather.messages || now - this.#flushedAt > gather.ms) {
      publisher.flush();
      this.#flushedAt = now;
    }
    return this.#engine.now() > from;
  }
  #tick(publisher: Publisher): void {
    const said: Outgoing[] = [];
    this.#engine.advance(this.#engine.now() + tickMs, (message) => void said.push(message));
    if (said.some(({ kept }) => kept)) this.#held = said;
    else for (const message of said) publisher.send(message);
  }
  /**
   * What gateways kept while their line was down speaks of the past. It goes out when everybody knows that all before it has been said, so that a
   * silence is the same silence at every rate.
   */
  async #letGo(): Promise<void> {
    const publisher = this.#publisher;
    if (this.#held.length === 0 || publisher === undefined || publisher.oldest() !== undefined) return;
    await this.#tellNow();
    for (const message of this.#held.splice(0)) publisher.send(message);
    publisher.flush();
  }
  async #arriveIfThere(): Promise<void> {
    const mark = this.#mark();
    if (mark >= this.#stop && !this.#finished) {
      this.#finished = true;
      // everybody knows the end before it is called one
      await this.#tellNow();
      this.#finish();
    }
    const { phase, stepping, goal } = this.#course;
    if ((phase === "live" && !stepping) || mark < goal || mark < this.#engine.now()) return;
    if (phase === "backfill") {
      const name = imageName(keyOf(this.#course, this.#with.options));
      await this.#with.files.saveImage(name, this.#engine.snapshot());
      await this.#tellNow(name);
    }
    this.#goLive();
    const clock = await this.#tellNow();
    this.#arrival?.resolve(ok(clock));
    this.#arrival = undefined;
  }
  #goLive(): void {
    this.#course = { ...this.#course, phase: "live", stepping: false };
    this.#pacer.rest(Date.now());
    this.#meter.clear();
    void this.#save();
  }

  async #performOrRefuse(ask: Ask): Promise<void> {
    try {
      await this.#perform(ask);
    } catch (error) {
      ask.resolve(refuse(`the simulator could not do it: ${String(error)}`));
      throw error;
    }
  }
  async #perform(ask: Ask): Promise<void> {
    const { action } = ask;
    if ("reset" in action) return this.#reset(ask, action.reset.seed ?? this.#course.seed);
    const reason = refusal(action, this.#course, this.#head);
    if (reason !== undefined) return ask.resolve(refuse(reason));
    if ("rate" in action) this.#course = { ...this.#course, rate: action.rate };
    else if ("paused" in action) this.#pause(action.paused);
    else {
      if ("jumpTo" in action) this.jump(Math.floor(action.jumpTo / tickMs) * tickMs);
      else this.#course = { ...this.#course, stepping: true, goal: this.#head + action.step * tickMs };
      this.#arrival = ask;
      return;
    }
    this.#pacer.rest(Date.now());
    this.#meter.clear();
    ask.resolve(ok(await this.#tellNow()));
    void this.#save();
  }
  /** A pause ends a jump where the head has been promised. */
  #pause(paused: boolean): void {
    const ends = paused && this.#course.phase === "jump";
    this.#course = { ...this.#course, paused, ...(ends ? { stepping: true, goal: this.#head } : {}) };
  }
  async #reset(ask: Ask, seed: number): Promise<void> {
    this.#arrival?.resolve(refuse("overtaken by a reset"));
    this.#arrival = undefined;
    // Nothing of the old run may arrive in the new one.
    this.#publisher?.flush();
    while (this.#publisher?.oldest() !== undefined && !this.#closing) await this.#wake.wait(100);
    this.#held = [];
    this.#orders.clear();
    await this.#telling;
    const name = imageName(keyOf({ ...this.#course, seed }, this.#with.options));
    const image = ask.fresh ? undefined : await this.#with.files.loadImage(name);
    const { start, until } = this.#course;
    this.#engine = this.#with.engineFor(seed, start, image);
    this.#course = {
      ...this.#course,
      run: randomUUID(),
      seed,
      paused: false,
      stepping: false,
      goal: until,
      phase: image === undefined ? "backfill" : "live",
    };
    this.#head = this.#engine.now();
    this.#allowed = this.#head;
    this.#pacer.rest(Date.now());
    this.#meter.clear();
    const clock = await this.#tellNow(image === undefined ? undefined : name);
    // a kill from here on finds the new run on disk
    await this.#save();
    await this.#with.inputLog.clear();
    if (image !== undefined) return ask.resolve(ok(clock));
    this.#publisher?.announce();
    this.#arrival = ask;
  }

  /** As it is at this very instant. */
  async #save(): Promise<void> {
    const { options } = this.#with;
    const { run, paused, phase, goal } = this.#course;
    const unacknowledged = [...(this.#publisher?.unacknowledged() ?? []), ...this.#held];
    const key = keyOf(this.#course, options);
    const engine = this.#engine.snapshot();
    const inputs = this.#engine.inputCount();
    const kept = await this.#keeper.save({ v: 2, key, configuredSeed: options.seed, run, paused, phase, goal, engine, unacknowledged });
    if (!kept || run !== this.#course.run) return;
    await this.#with.inputLog
      .saved(inputs)
      .catch((error: unknown) => options.onTrouble?.(`the log of commands could not be shortened: ${String(error)}`));
  }
}
