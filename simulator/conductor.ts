import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { CityClock, ClockAction } from "../shared/clock.ts";
import type { CommandMessage } from "../shared/command.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { SimAsk } from "../shared/scenario/sim-ask.ts";
import type { Truth } from "../shared/scenario/truth.ts";
import { type CityKeeper, createCityKeeper } from "./city-keeper.ts";
import { createPacer, createRateMeter, jumpLagMs, lagLimitMs } from "./clock.ts";
import { type ClockAsk, createClockAsks } from "./clock-asks.ts";
import type { ControlLine } from "./control-line.ts";
import { type Beginning, beginningOf, type Course, keyOf, refusal } from "./course.ts";
import type { Engine, EngineState } from "./engine.ts";
import { createHerald, type Herald } from "./herald.ts";
import { createInputDesk, type InputDesk } from "./input-desk.ts";
import type { InputLog } from "./input-log.ts";
import type { KeptCities } from "./kept-cities.ts";
import { createOutlet, type Outlet } from "./outlet.ts";
import type { Publisher } from "./publisher.ts";
import { type CityFiles, imageName } from "./saved-city.ts";
import { createSignal, immediate } from "./signal.ts";
import { createSimAsks } from "./sim-asks.ts";
import type { SimulatorOptions } from "./simulator-options.ts";
import { createToldTruths } from "./told-truths.ts";

export interface ConductorOptions {
  readonly options: SimulatorOptions;
  readonly files: CityFiles;
  readonly kept: KeptCities;
  readonly inputLog: InputLog;
  /** Id of the city in topics. */
  readonly cityId: string;
  engineFor(seed: number, start: number, state?: EngineState): Engine;
}

const tickMs = 1000;
/** Wall times: least between two clock documents of a city that goes by itself, and between two saves. */
const announceMs = 50;
const saveMs = 20_000;
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
  readonly #asks = createClockAsks(() => this.#wake.ring());
  readonly #desk: InputDesk;
  readonly #herald: Herald;
  readonly #outlet: Outlet;
  readonly #keeper: CityKeeper;
  readonly #told = createToldTruths();
  #line: ControlLine | undefined;
  #publisher: Publisher | undefined;
  /** Promised, or about to be. */
  #head: number;
  #closing = false;
  #finished = false;
  #loop: Promise<void> | undefined;
  #finish: () => void = () => undefined;
  /** What is asked beside the clock. */
  readonly ask: (ask: SimAsk) => Promise<Result<unknown>>;

  constructor(parts: ConductorOptions, course: Course, engine: Engine) {
    const { options, files, kept, inputLog } = parts;
    const onTrouble = (text: string): void => options.onTrouble?.(text);
    this.#with = parts;
    this.#course = course;
    this.#engine = engine;
    this.#keeper = createCityKeeper(files, onTrouble);
    const now = { engine: () => this.#engine, course: () => this.#course };
    this.#desk = createInputDesk({ ...now, inputLog, run: () => this.#course.run, wake: this.wake, onTrouble });
    this.#herald = createHerald({ clock: this.clock, onTold: this.wake, onTrouble });
    this.#outlet = createOutlet({ truth: this.#tell, tellNow: () => this.#herald.tellNow() });
    const truths = () => ({ run: this.#course.run, truths: this.#told.of(this.#course.run) });
    this.ask = createSimAsks({ ...now, options, kept, desk: this.#desk, truths });
    this.#head = engine.now();
    this.#herald.begin(this.#head);
    this.#stop = Math.floor((options.stopAt ?? Number.POSITIVE_INFINITY) / tickMs) * tickMs;
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

  readonly #tell = (truth: Truth): void => {
    this.#told.note(this.#course.run, truth);
    this.#line?.truth(this.#course.run, truth);
  };

  act = (action: ClockAction, images: readonly string[] = []): Promise<Result<CityClock>> =>
    this.#closing ? Promise.resolve(refuse("the simulator is closing")) : this.#asks.ask(action, images);

  /** A command to one of the devices. */
  order = (command: CommandMessage): void => this.#desk.order(command);

  /** The first document goes out before any gateway connects: the broker then knows the run. */
  async connect(line: ControlLine, publisher: Publisher): Promise<void> {
    this.#line = line;
    this.#publisher = publisher;
    this.#herald.connect(line);
    await this.#herald.tellNow();
    await publisher.start();
    this.#outlet.connect(publisher);
    for (const act of this.#engine.lineActs()) await publisher.act(act);
  }

  start(): void {
    this.#pacer.rest(Date.now());
    this.#loop = this.#run();
  }

  /** Lives through the time to `to` without a word. */
  async skip(to: number): Promise<void> {
    this.#course = { ...this.#course, phase: "jump", goal: to };
    while (this.#engine.now() < to && !this.#closing) {
      this.#engine.skip(Math.min(to, this.#engine.now() + 60_000), { truth: this.#tell });
      this.#head = this.#engine.now();
      if (this.#herald.age(Date.now()) > announceMs) await this.#herald.tellNow();
      await immediate();
    }
    await this.#publisher?.restore();
    for (const act of this.#engine.lineActs()) await this.#publisher?.act(act);
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
    this.#asks.refuseAll("the simulator is closing");
    this.#desk.forget("the simulator is closing");
    this.#outlet.flush();
    const patience = Date.now() + farewellMs;
    while (this.#publisher?.oldest() !== undefined && Date.now() < patience) await this.#wake.wait(50);
    await this.#save();
    await this.#publisher?.close();
    await this.#line?.close(this.clock());
  }

  #mark(): number {
    return Math.min(this.#engine.now(), this.#outlet.oldest() - tickMs);
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

  #promiseIfDue(wall: number): void {
    if (this.#herald.busy() || this.#herald.age(wall) < announceMs) return;
    const { phase, stepping, goal } = this.#course;
    this.#meter.sample(wall, this.#mark());
    if (this.#moves()) {
      const stop = phase === "live" && !stepping ? this.#stop : Math.min(goal, this.#stop);
      const asked = stepping ? null : this.#asked();
      const lag = stepping || phase === "jump" ? jumpLagMs : lagLimitMs(asked);
      this.#head = this.#pacer.next({ wall, head: this.#head, mark: this.#mark(), asked, stop, lag });
    } else this.#pacer.rest(wall);
    this.#herald.tellSoon(wall);
  }

  /** Until it is closed: obey, promise, advance, arrive, save. */
  async #run(): Promise<void> {
    while (!this.#closing) {
      try {
        await this.#asks.take((ask) => this.#perform(ask));
        // a history is the same for everybody who begins with it: what the room wants then waits until it is over
        if (this.#desk.waits() && this.#course.phase !== "backfill") await this.#desk.take(this.#head + tickMs);
        this.#promiseIfDue(Date.now());
        await this.#outlet.letGo();
        const moved = this.#outlet.advance(this.#engine, this.#herald.allowed());
        await this.#arriveIfThere();
        if (this.#keeper.age() > saveMs) void this.#save();
        if (moved) await immediate();
        else await this.#wake.wait(Math.max(1, Math.min(announceMs, announceMs - this.#herald.age(Date.now()))));
      } catch (error) {
        this.#with.options.onTrouble?.(`the city's clock: ${String(error)}`);
        await this.#wake.wait(1000);
      }
    }
  }
  async #arriveIfThere(): Promise<void> {
    const mark = this.#mark();
    if (mark >= this.#stop && !this.#finished) {
      this.#finished = true;
      // everybody knows the end before it is called one
      await this.#herald.tellNow();
      this.#finish();
    }
    const { phase, stepping, goal } = this.#course;
    if ((phase === "live" && !stepping) || mark < goal || mark < this.#engine.now()) return;
    if (phase === "backfill") {
      const name = imageName(keyOf(this.#course, this.#with.options));
      await this.#with.files.saveImage(name, this.#engine.snapshot());
      await this.#herald.tellNow(name);
    }
    this.#goLive();
    // a step is answered right behind its clock, on the same line and into the same commit
    const behind = phase === "live" && !this.#herald.busy();
    const told = this.#herald.tellNow();
    if (behind) this.#asks.arrived(this.clock());
    const clock = await told;
    this.#asks.arrived(clock);
  }
  #goLive(): void {
    const { phase } = this.#course;
    this.#course = { ...this.#course, phase: "live", stepping: false };
    this.#rest();
    // a step is no event of its own: whoever takes thousands of them would write thousands of cities
    if (phase !== "live") void this.#save();
  }
  #rest(): void {
    this.#pacer.rest(Date.now());
    this.#meter.clear();
  }

  async #perform(ask: ClockAsk): Promise<void> {
    const { action } = ask;
    if ("reset" in action) return this.#reset(ask, beginningOf(action.reset, this.#course), action.reset.paused === true);
    const reason = refusal(action, this.#course, this.#head);
    if (reason !== undefined) return ask.resolve(refuse(reason));
    if ("rate" in action) this.#course = { ...this.#course, rate: action.rate };
    else if ("paused" in action) this.#pause(action.paused);
    else {
      this.#asks.awaitArrival(ask);
      if ("jumpTo" in action) return this.jump(Math.floor(action.jumpTo / tickMs) * tickMs);
      return this.#step(action.step);
    }
    this.#rest();
    ask.resolve(ok(await this.#herald.tellNow()));
    void this.#save();
  }
  /** Promised at once: whoever steps waits for it. What has come meanwhile takes effect in its first second. */
  async #step(seconds: number): Promise<void> {
    if (this.#desk.waits()) await this.#desk.take(this.#head + tickMs);
    const goal = this.#head + seconds * tickMs;
    this.#course = { ...this.#course, stepping: true, goal };
    const promised = Math.min(goal, this.#stop);
    // no further ahead of its acknowledgements than a jump is: the rest is promised on the way
    this.#head = this.#pacer.next({ wall: Date.now(), head: this.#head, mark: this.#mark(), asked: null, stop: promised, lag: jumpLagMs });
    await this.#herald.tellNow();
  }
  /** A pause ends a jump, and a step, where the head has been promised: a step of a day takes minutes. */
  #pause(paused: boolean): void {
    const { phase, stepping } = this.#course;
    const ends = paused && (phase === "jump" || (phase === "live" && stepping));
    this.#course = { ...this.#course, paused, ...(ends ? { stepping: true, goal: this.#head } : {}) };
  }
  /** A history is generated also when the city is to stand still behind it. */
  async #reset(ask: ClockAsk, beginning: Beginning, paused: boolean): Promise<void> {
    this.#asks.overtaken("overtaken by a reset");
    // Nothing of the old run may arrive in the new one.
    this.#outlet.drop();
    await this.#publisher?.restore();
    this.#outlet.flush();
    while (this.#publisher?.oldest() !== undefined && !this.#closing) await this.#wake.wait(100);
    this.#desk.forget("the city has been reset");
    await this.#herald.settled();
    const name = imageName(keyOf({ ...this.#course, ...beginning }, this.#with.options));
    const image = ask.images.includes(name) ? await this.#with.files.loadImage(name) : undefined;
    this.#engine = this.#with.engineFor(beginning.seed, beginning.start, image);
    this.#course = {
      ...this.#course,
      ...beginning,
      run: randomUUID(),
      paused,
      stepping: paused && image === undefined,
      goal: beginning.until,
      phase: image === undefined ? "backfill" : "live",
    };
    this.#head = this.#engine.now();
    this.#herald.begin(this.#head);
    this.#rest();
    const clock = await this.#herald.tellNow(image === undefined ? undefined : name);
    // a kill from here on finds the new run on disk
    await this.#save();
    await this.#with.inputLog.clear();
    if (image !== undefined) return ask.resolve(ok(clock));
    this.#publisher?.announce();
    this.#asks.awaitArrival(ask);
  }

  /** As it is at this very instant. */
  async #save(): Promise<void> {
    const { options } = this.#with;
    const { run, paused, phase, goal } = this.#course;
    const unacknowledged = this.#outlet.unacknowledged();
    const key = keyOf(this.#course, options);
    const engine = this.#engine.snapshot();
    const inputs = this.#engine.inputCount();
    const kept = await this.#keeper.save({ v: 5, key, configuredSeed: options.seed, run, paused, phase, goal, engine, unacknowledged });
    if (!kept || run !== this.#course.run) return;
    await this.#with.inputLog
      .saved(inputs)
      .catch((error: unknown) => options.onTrouble?.(`the log of commands could not be shortened: ${String(error)}`));
  }
}
