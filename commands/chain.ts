import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { type Broker, startBroker } from "../broker/broker.ts";
import type { OutsideBroker } from "../broker/mqtt/outside-broker.ts";
import type { StoreChoice } from "../broker/runs.ts";
import { type Console, startConsole } from "../console/server/start-console.ts";
import { type Director, type DirectorOptions, startDirector } from "../director/director.ts";
import type { Config } from "../shared/runtime/config.ts";
import type { Credentials } from "../shared/runtime/credentials.ts";
import type { Lifecycle } from "../shared/runtime/lifecycle.ts";
import { reachable } from "../shared/runtime/reachable.ts";
import type { ScenarioPort } from "../shared/scenario/scenario-port.ts";
import { services } from "../shared/services/index.ts";
import type { MqttAddress } from "../simulator/simulator-options.ts";
import { type SimulatorThread, startSimulatorThread } from "../simulator/start-simulator.ts";
import { createStages } from "./scenario/stages.ts";

export interface ChainOptions {
  readonly config: Config;
  readonly dataDir: string;
  readonly credentials: Credentials;
  readonly lifecycle: Lifecycle;
  readonly log: Logger;
  /** First instant and end of the backfill, epoch ms. */
  readonly start: number;
  readonly until: number;
  /** Ends by itself at this instant, once everything is acknowledged. */
  readonly stopAt?: number;
  /** `null` = as fast as the chain goes. */
  readonly rate: number | null;
  /** As in `BrokerOptions`. */
  readonly judge?: boolean;
}
export interface Chain {
  readonly broker: Broker;
  readonly simulator: SimulatorThread;
  /** Where clients of this machine find the broker. */
  readonly mqtt: MqttAddress;
}

/** The only place where the programs meet: simulator thread and broker, on one MQTT port. The simulator has not begun yet. */
export async function startChain(options: ChainOptions): Promise<Chain> {
  const { config, dataDir, credentials, lifecycle, log } = options;
  const simulatorLog = log.child({ part: "simulator" });
  const settings = {
    city: config.GWANJE_CITY,
    scale: config.GWANJE_SCALE,
    seed: config.GWANJE_SEED,
    rate: options.rate,
    start: options.start,
    until: options.until,
    profile: config.GWANJE_PROFILE,
    resume: config.GWANJE_RESUME,
    dir: join(dataDir, "simulator"),
    control: credentials.control,
    gatewaySecret: credentials.gatewaySecret,
    ...(options.stopAt === undefined ? {} : { stopAt: options.stopAt }),
    ...(config.MQTT_URL === undefined ? {} : { account: { username: config.MQTT_USERNAME ?? "", password: config.MQTT_PASSWORD ?? "" } }),
  };
  const simulator = await startSimulatorThread(settings, (text) => simulatorLog.warn(text));
  lifecycle.add("simulator", () => simulator.close());
  const outside = outsideOf(config);
  const broker = await startBroker({
    dataDir,
    host: config.GWANJE_HOST,
    mqttPort: config.GWANJE_MQTT_PORT,
    plan: simulator.city.plan,
    services,
    credentials,
    store: storeOf(config),
    retentionDays: config.GWANJE_RETENTION_DAYS,
    keepLogHours: config.GWANJE_KEEP_LOG_HOURS,
    judge: options.judge ?? true,
    log: log.child({ part: "broker" }),
    fleet: simulator.city.gateways.flatMap(({ service, devices }) => devices.map(({ meta }) => ({ service, meta }))),
    ...(outside === undefined ? {} : { outside }),
    ...(config.GWANJE_LINKS === undefined ? {} : { links: { targets: config.GWANJE_LINKS, secret: config.GWANJE_LINK_SECRET ?? "" } }),
  });
  lifecycle.add("broker", () => broker.close());
  // again, to be closed before the broker: what is on its way is acknowledged, and the gateways say farewell
  lifecycle.add("simulator", () => simulator.close());
  const clock = broker.port.clock();
  const known = clock === undefined ? {} : { known: { run: clock.run, mark: clock.mark } };
  return { broker, simulator, mqtt: { host: reachable(broker.mqttHost), port: broker.mqttPort, ...known } };
}

/** Where the product's own scenarios lie, beside the program. */
export const libraryFolder = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../director/library/" : "../../director/library/", import.meta.url),
);

type DirectorParts = Pick<ChainOptions, "config" | "credentials" | "dataDir" | "lifecycle" | "log"> & Pick<DirectorOptions, "patienceMs">;

/** Whoever plays scenarios: over the chain's city port, and with a line of its own to the simulator. */
export async function runDirector(
  { config, credentials, dataDir, lifecycle, log, patienceMs }: DirectorParts,
  { broker, simulator, mqtt }: Chain,
): Promise<Director> {
  const director = await startDirector({
    port: broker.port,
    mqtt,
    account: accountOf(config, { username: "director", password: credentials.director }),
    dataDir,
    library: libraryFolder,
    stageOf: createStages({ name: config.GWANJE_CITY, city: simulator.city }),
    city: config.GWANJE_CITY,
    log: log.child({ part: "director" }),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  lifecycle.add("director", () => director.close());
  return director;
}
const accountOf = (
  { MQTT_URL: url, MQTT_USERNAME: username = "", MQTT_PASSWORD: password = "" }: Config,
  own: { username: string; password: string },
) => (url === undefined ? own : { username, password });

type RoomOptions = Pick<ChainOptions, "config" | "credentials" | "lifecycle" | "log">;

/** The room over a chain's city port, and MQTT over WebSocket on its port. */
export async function startRoom(
  { config, credentials, lifecycle, log }: RoomOptions,
  { broker }: Pick<Chain, "broker">,
  scenarios?: ScenarioPort,
): Promise<Console> {
  const room = await startConsole({
    port: broker.port,
    ...(scenarios === undefined ? {} : { scenarios }),
    host: config.GWANJE_HOST,
    httpPort: config.GWANJE_HTTP_PORT,
    webDir: fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "../dist/web/" : "../web/", import.meta.url)),
    tokens: credentials.tokens,
    secret: credentials.secret,
    catalogue: services,
    log: log.child({ part: "console" }),
    onUpgrade(request, socket, head) {
      if (request.url?.split("?")[0] !== "/mqtt") return false;
      broker.upgrade(request, socket, head);
      return true;
    },
  });
  lifecycle.add("console", () => room.close());
  broker.openedAt(room.url());
  return room;
}

const outsideOf = ({ MQTT_URL: url, MQTT_USERNAME: username, MQTT_PASSWORD: password }: Config): OutsideBroker | undefined =>
  url === undefined ? undefined : { url, username, password };

function storeOf(config: Config): StoreChoice {
  const { INFLUX_URL: url, INFLUX_TOKEN: token, INFLUX_ORG: org, INFLUX_BUCKET: bucket } = config;
  if (config.GWANJE_STORE === "embedded" || url === undefined || token === undefined) return { kind: "embedded" };
  return { kind: "influx", url, token, org, bucket };
}
