import { existsSync } from "node:fs";

/**
 * What is measured is the built program: run from source, tsx wraps every named function (esbuild's keepNames), which costs the hot path a good part of
 * its speed. `start.mjs` has just built it.
 */
const built = new URL("../../dist/", import.meta.url);
if (!existsSync(new URL("gwanje.js", built))) throw new Error("there is no built program in dist/: run `npm run bench`, which builds it");
const load = (name: string): Promise<unknown> => import(new URL(`${name}.js`, built).href);

export async function loadChain() {
  const { startChain, startRoom } = (await load("commands/chain")) as typeof import("../../commands/chain.ts");
  const { fixedStart } = (await load("commands/digest")) as typeof import("../../commands/digest.ts");
  const { startBroker } = (await load("broker/broker")) as typeof import("../../broker/broker.ts");
  const { openStore } = (await load("broker/store/open-store")) as typeof import("../../broker/store/open-store.ts");
  const { readConfig } = (await load("shared/runtime/config")) as typeof import("../../shared/runtime/config.ts");
  const { loadCredentials } = (await load("shared/runtime/credentials")) as typeof import("../../shared/runtime/credentials.ts");
  const { createLifecycle } = (await load("shared/runtime/lifecycle")) as typeof import("../../shared/runtime/lifecycle.ts");
  const { services } = (await load("shared/services/index")) as typeof import("../../shared/services/index.ts");
  const { buildGround } = (await load("simulator/city/build-ground")) as typeof import("../../simulator/city/build-ground.ts");
  return { startChain, startRoom, fixedStart, startBroker, openStore, readConfig, loadCredentials, createLifecycle, services, buildGround };
}

export async function loadEngine() {
  const { fixedStart } = (await load("commands/digest")) as typeof import("../../commands/digest.ts");
  const { buildCity } = (await load("simulator/city/build-city")) as typeof import("../../simulator/city/build-city.ts");
  const { createEngine } = (await load("simulator/engine")) as typeof import("../../simulator/engine.ts");
  const { environment } = (await load("simulator/environment/model")) as typeof import("../../simulator/environment/model.ts");
  const { models } = (await load("simulator/services/index")) as typeof import("../../simulator/services/index.ts");
  const { catchments } = (await load("simulator/services/stream/parameters")) as typeof import("../../simulator/services/stream/parameters.ts");
  return { fixedStart, buildCity, createEngine, environment, models, catchments };
}

export async function loadGenerator() {
  const { fixedStart } = (await load("commands/digest")) as typeof import("../../commands/digest.ts");
  const { createRowWriter } = (await load("commands/reading-rows")) as typeof import("../../commands/reading-rows.ts");
  const { services } = (await load("shared/services/index")) as typeof import("../../shared/services/index.ts");
  const { generate } = (await load("simulator/generate")) as typeof import("../../simulator/generate.ts");
  return { fixedStart, createRowWriter, services, generate };
}

export async function loadStores() {
  const { openEmbeddedStore } = (await load("broker/store/embedded-store")) as typeof import("../../broker/store/embedded-store.ts");
  const { openStore } = (await load("broker/store/open-store")) as typeof import("../../broker/store/open-store.ts");
  const { connectInflux } = (await load("broker/store/influx/server")) as typeof import("../../broker/store/influx/server.ts");
  const { createLineMaker } = (await load("broker/store/influx/lines")) as typeof import("../../broker/store/influx/lines.ts");
  const { columnsOf } = (await load("broker/store/columns-of")) as typeof import("../../broker/store/columns-of.ts");
  const { services } = (await load("shared/services/index")) as typeof import("../../shared/services/index.ts");
  return { openEmbeddedStore, openStore, connectInflux, createLineMaker, columnsOf, services };
}
