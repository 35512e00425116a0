import { parentPort, workerData } from "node:worker_threads";
import { buildCity } from "./city/build-city.ts";
import { createEngine } from "./engine.ts";
import { environment } from "./environment/model.ts";
import { outcomeOf } from "./fork.ts";
import { models } from "./services/index.ts";
import { catchments } from "./services/stream/parameters.ts";
import type { ForkOrder } from "./start-fork.ts";

/** Entry of a fork's thread: one city, from where it was kept, and nobody hears it. */
const { name, scale, profile, state, seed, start, to }: ForkOrder = workerData;
const city = buildCity(name, scale, models);
const engine = createEngine({ city, models, environment, catchments, seed, start, profile, transcript: false }, state);
parentPort?.postMessage(outcomeOf(engine, to));
