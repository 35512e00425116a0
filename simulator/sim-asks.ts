import { ok, type Result, refuse } from "../shared/result.ts";
import type { SimAsk } from "../shared/scenario/sim-ask.ts";
import type { Truth } from "../shared/scenario/truth.ts";
import type { Course } from "./course.ts";
import { keyOf } from "./course.ts";
import type { Engine } from "./engine.ts";
import { forkInputs } from "./fork.ts";
import type { InputDesk } from "./input-desk.ts";
import type { KeptCities } from "./kept-cities.ts";
import type { SimulatorOptions } from "./simulator-options.ts";
import { startFork } from "./start-fork.ts";

export interface SimAskParts {
  readonly options: SimulatorOptions;
  readonly desk: InputDesk;
  readonly kept: KeptCities;
  engine(): Engine;
  course(): Course;
  /** What was told of the present run. */
  truths(): { readonly run: string; readonly truths: readonly Truth[] };
}
type Fork = Extract<SimAsk, { fork: unknown }>["fork"];

/** A city for each would fill the memory of a small machine. */
const forksAtOnce = 2;

/** Answers what is asked beside the clock. */
export function createSimAsks(parts: SimAskParts): (ask: SimAsk) => Promise<Result<unknown>> {
  let forks = 0;
  const fork = async (asked: Fork): Promise<Result<unknown>> => {
    if (forks >= forksAtOnce) return refuse("two cities are being lived through already; wait for one of them");
    forks += 1;
    try {
      return await forked(parts, asked);
    } catch (error) {
      return refuse(`the city could not be lived through: ${String(error)}`);
    } finally {
      forks -= 1;
    }
  };
  return async (ask) => {
    if ("inject" in ask) return parts.desk.inject(ask.inject);
    if ("clear" in ask) return parts.desk.clear(ask.clear);
    if ("list" in ask) return ok(ask.list === "truths" ? parts.truths() : parts.engine().injections());
    if ("heard" in ask) return ok({ missing: await parts.desk.heard(ask.heard, ask.patience) });
    if ("keep" in ask) return keep(parts, ask.keep);
    if ("fork" in ask) return fork(ask.fork);
    return ok(parts.engine().digest());
  };
}

async function keep({ kept, engine, course, options }: SimAskParts, name: string): Promise<Result<unknown>> {
  const state = engine().snapshot();
  const { run } = course();
  try {
    await kept.keep(name, { v: 5, key: keyOf(course(), options), run, engine: state });
    return ok({ t: state.t });
  } catch (error) {
    return refuse(`the city could not be kept: ${String(error)}`);
  }
}

async function forked({ kept, engine, course, options }: SimAskParts, { from, to, commands }: Fork): Promise<Result<unknown>> {
  const city = await kept.load(from);
  if (city === undefined) return refuse(`no city is kept as "${from}"`);
  if (city.run !== course().run) return refuse(`the city kept as "${from}" is of another run`);
  const { t, inputs } = city.engine;
  const now = engine().now();
  if (to <= t || to > now) return refuse(`a fork of "${from}" ends after ${t} and not after ${now}, where the city is`);
  const lived = engine().snapshot().inputs;
  const known = inputs.forgotten + inputs.done;
  if (lived.forgotten > known) return refuse(`the inputs that followed "${from}" are not kept any more`);
  const list = [...inputs.list.slice(0, inputs.done), ...forkInputs(lived.list, t, commands)];
  const state = { ...city.engine, inputs: { ...inputs, list } };
  const { seed, start } = city.key;
  return ok(await startFork({ name: options.city, scale: options.scale, profile: options.profile, seed, start, state, to }));
}
