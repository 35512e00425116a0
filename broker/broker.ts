import { mkdir } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import type { CityPlan } from "../shared/city-plan.ts";
import type { CityPort } from "../shared/city-port.ts";
import type { ClockAsk } from "../shared/clock.ts";
import type { Meta } from "../shared/reading.ts";
import type { Credentials } from "../shared/runtime/credentials.ts";
import { gatewayPassword } from "../shared/runtime/gateway-password.ts";
import { createLifecycle, type Lifecycle } from "../shared/runtime/lifecycle.ts";
import { reachable } from "../shared/runtime/reachable.ts";
import type { Service } from "../shared/service.ts";
import { clockSetTopic, deviceTopic } from "../shared/topics.ts";
import { openJournal } from "./alarms/journal.ts";
import { createAnnouncements } from "./announcements.ts";
import { createCity, rowOf } from "./city.ts";
import { createOwners } from "./devices/owners.ts";
import { type Entry, openRegistry, type Registry } from "./devices/registry.ts";
import { startHandOver } from "./handoff/hand-over.ts";
import type { LinkOptions } from "./handoff/links-out.ts";
import { openChronicle } from "./ingest/chronicle.ts";
import { createFigures } from "./ingest/figures.ts";
import { createFold } from "./ingest/fold.ts";
import { type Ingest, startIngest } from "./ingest/ingest.ts";
import { openQuarantine } from "./ingest/quarantine.ts";
import { createRateMeter } from "./ingest/rate-meter.ts";
import { openLedgerFile } from "./log/message-log.ts";
import type { AccessRules } from "./mqtt/access.ts";
import { startListener } from "./mqtt/listener.ts";
import { connectOutside, type OutsideBroker } from "./mqtt/outside-broker.ts";
import { startOutbox } from "./room/outbox.ts";
import { roomOver } from "./room/room-over.ts";
import { createRoomPort } from "./room/room-port.ts";
import { openRuns, type StoreChoice } from "./runs.ts";

export interface BrokerOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly mqttPort: number;
  readonly plan: CityPlan;
  readonly services: readonly Service[];
  readonly credentials: Credentials;
  readonly store: StoreChoice;
  readonly retentionDays: number;
  /** The log is kept for so many hours, to be a recording; default: as long as it is needed. */
  readonly keepLogHours?: number;
  /** Exactly these are the city's devices; absent: those that it had. */
  readonly fleet?: readonly { readonly service: string; readonly meta: Meta }[];
  /** Where hand-overs go; absent: all to the built-in receiver of demonstrations. */
  readonly links?: LinkOptions;
  /** Somebody else's broker takes the place of our own. */
  readonly outside?: OutsideBroker;
  /** False: readings are taken in, and nothing is judged. Only to measure what judging costs. */
  readonly judge?: boolean;
  readonly log: Logger;
}
export interface Broker {
  readonly port: CityPort;
  readonly mqttHost: string;
  readonly mqttPort: number;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The console has opened at this address: the built-in receiver answers there. */
  openedAt(console: string): void;
  close(): Promise<void>;
}

/** Everything between a sensor and what is known of it. What a failed start has opened is closed again. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const lifecycle = createLifecycle((part, cause) => options.log.error({ part, err: cause }, "did not close"));
  return open(options, lifecycle).catch(async (cause: unknown) => {
    await lifecycle.close();
    throw cause;
  });
}

async function open(options: BrokerOptions, lifecycle: Lifecycle): Promise<Broker> {
  const { dataDir, plan, services, credentials, log } = options;
  await mkdir(dataDir, { recursive: true });
  const root = openLedgerFile(join(dataDir, "ledger.mdb"));
  lifecycle.add("ledger", () => root.close());
  let ingest: Ingest | undefined;
  const owners = createOwners(() => registry.entries);
  const changed = (entry: Entry): void => {
    owners.changed(entry);
    ingest?.stores.know(entry);
    room.deviceChanged(entry.id);
    announcements.device(entry);
  };
  const registry = openRegistry(root, services, changed);
  const [chronicle, journal] = [openChronicle(root), openJournal(root)];
  const room = roomOver(registry, chronicle, journal);
  const fold = createFold({ registry, figures: createFigures(services), chronicle, quarantine: openQuarantine(root), room });
  const announcements = createAnnouncements(
    registry,
    (entry) => rowOf(entry, fold),
    (cause) => log.error({ err: cause }, "a listener failed"),
  );
  if (options.fleet !== undefined) registry.provision(options.fleet);
  const runs = await openRuns(dataDir, options.store, log);
  ingest = await startIngest(
    {
      city: plan.id,
      root,
      checkpointFile: join(dataDir, "fold.checkpoint"),
      services,
      registry,
      fold,
      runs,
      retentionMs: options.retentionDays * 86_400_000,
      keepLogMs: (options.keepLogHours ?? 0) * 3_600_000,
      ...{ judge: options.judge ?? true, written: journal.written, log },
    },
    announcements,
  );
  const running = ingest;
  lifecycle.add("ingest", running.close);

  const password = (id: string): string => gatewayPassword(credentials.gatewaySecret, id);
  const rules = accessRules(options, registry, owners, password);
  const ready = (): number => [...fold.gatewayStates.values()].filter((word) => word === "ready").length;
  const listener =
    options.outside === undefined
      ? await startListener({ host: options.host, port: options.mqttPort, rules, log, take: running.take })
      : connectOutside({ ...options.outside, city: plan.id, log, take: running.take, connected: ready });
  lifecycle.add("mqtt", listener.close);
  const birth = ({ id, service, meta }: Entry): void =>
    listener.publish(deviceTopic(plan.id, service, id, "meta"), JSON.stringify(meta), { retain: true });
  // retained births outlive our broker; states are unknown until they are heard again
  if (options.outside === undefined) for (const entry of registry.entries.values()) birth(entry);

  const { take, trouble } = running;
  const handOver = await startHandOver({ city: plan.id, options: options.links, views: room.followUp, take, trouble, log });
  lifecycle.add("hand-over", handOver.close);
  const desk = createRoomPort({ plan, room, receipt: handOver.receipt, take, trouble });
  announcements.onActed(desk.acted);
  lifecycle.add(
    "outbox",
    startOutbox({
      city: plan.id,
      room,
      publish: listener.publish,
      tell: desk.tell,
      away: listener.away,
      onBack: (listener) => announcements.subscribe.onDevices((rows) => listener(rows.map(({ id }) => id))),
      carry: handOver.carry,
      log,
    }),
  );

  const meter = createRateMeter(() => [...fold.tracks.values()].reduce((sum, { accepted }) => sum + accepted, 0));
  lifecycle.add("meter", meter.stop);
  const port = createCity({
    log,
    plan,
    services,
    registry,
    fold,
    ingest: running,
    announcements,
    images: runs.images,
    gateways: listener,
    room: desk.port,
    readingsPerSecond: meter.perSecond,
    device: { password, mqtt: { host: reachable(listener.host), port: listener.port }, birth },
    ask(id, action, images) {
      const ask: ClockAsk = { id, action, images: [...images] };
      listener.publish(clockSetTopic(plan.id), JSON.stringify(ask), { retain: false });
    },
  });

  return {
    port,
    mqttHost: listener.host,
    mqttPort: listener.port,
    upgrade: listener.upgrade,
    openedAt: handOver.openedAt,
    close: lifecycle.close,
  };
}

function accessRules(
  { plan, credentials, services }: BrokerOptions,
  { entries }: Registry,
  { devicesOf, version }: Pick<AccessRules, "devicesOf" | "version">,
  password: AccessRules["gatewayPassword"],
): AccessRules {
  const sensitive = new Set(services.filter((service) => service.sensitive).map(({ id }) => id));
  return {
    city: plan.id,
    control: credentials.control,
    director: credentials.director,
    reader: credentials.reader,
    gatewayPassword: password,
    devicesOf,
    version,
    serviceOf: (device) => entries.get(device)?.service,
    sensitive: (service) => sensitive.has(service),
    sensitiveGateway(gateway) {
      const devices = devicesOf(gateway);
      // what speaks for no known device is nobody's to hear
      return devices === undefined || [...devices].some((id) => sensitive.has(entries.get(id)?.service ?? ""));
    },
  };
}
