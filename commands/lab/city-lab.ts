import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { openRegistry } from "../../broker/devices/registry.ts";
import { openChronicle } from "../../broker/ingest/chronicle.ts";
import { createFigures } from "../../broker/ingest/figures.ts";
import { createFold } from "../../broker/ingest/fold.ts";
import { createProcess } from "../../broker/ingest/process.ts";
import { openQuarantine } from "../../broker/ingest/quarantine.ts";
import { openLedgerFile } from "../../broker/log/message-log.ts";
import type { Room } from "../../broker/room/room.ts";
import { roomOver } from "../../broker/room/room-over.ts";
import type { CityClock } from "../../shared/clock.ts";
import { services } from "../../shared/services/index.ts";
import { buildCity } from "../../simulator/city/build-city.ts";
import type { City } from "../../simulator/city/city.ts";
import type { CityName } from "../../simulator/city/ground.ts";
import type { Profile } from "../../simulator/devices/outage.ts";
import { createEngine, type Engine } from "../../simulator/engine.ts";
import { environment } from "../../simulator/environment/model.ts";
import type { Input } from "../../simulator/inputs.ts";
import { models } from "../../simulator/services/index.ts";
import { catchments } from "../../simulator/services/stream/parameters.ts";

export interface LabOptions {
  readonly city: CityName;
  readonly scale: number;
  readonly seed: number;
  /** Epoch ms, a whole minute. */
  readonly start: number;
  readonly profile: Profile;
  /** Rates are of no concern here: event time moves by so many city seconds at once. */
  readonly stepSeconds: number;
  /** What happens beside ordinary life. */
  readonly inputs?: readonly Input[];
}
/** A city and its room in one process, without sockets and without a store: weeks in minutes, through the very path that messages of the field take. */
export interface CityLab {
  readonly city: City;
  readonly engine: Engine;
  readonly room: Room;
  /** What came before is history: the room acts from here on. */
  open(): void;
  /** Readings and events that were taken in. */
  taken(): number;
  runTo(t: number): void;
  close(): Promise<void>;
}

const nothing = (): void => undefined;

export async function openLab(options: LabOptions): Promise<CityLab> {
  const { seed, start, profile, stepSeconds } = options;
  const city = buildCity(options.city, options.scale, models);
  const folder = await mkdtemp(join(tmpdir(), "gwanje-lab-"));
  const root = openLedgerFile(join(folder, "ledger.mdb"));
  const registry = openRegistry(root, services, nothing);
  registry.provision(city.gateways.flatMap(({ devices }) => devices));
  const chronicle = openChronicle(root);
  const room = roomOver(registry, chronicle);
  const fold = createFold({ registry, figures: createFigures(services), chronicle, quarantine: openQuarantine(root), room });
  room.begin(`lab-${seed}`, start);
  const engine = createEngine({
    city,
    models,
    environment,
    catchments,
    seed,
    start,
    profile,
    transcript: false,
    inputs: options.inputs ?? [],
  });
  const listeners = { reading: nothing, chronicle: nothing, clock: nothing, device: nothing, answer: nothing, acted: nothing, raw: nothing };
  const log = pino({ level: "silent" });
  const process = createProcess(
    { city: city.plan.id, registry, fold, retentionMs: 400 * 86_400_000, log },
    listeners,
    { lane: () => undefined },
    () => undefined,
  );
  let position = 0;
  let at = start;
  const sent = new Set<string>();
  /** The loop closes as it does over MQTT: what the room orders reaches devices at their next second. */
  const order = (): void => {
    for (const { id, device: d, op, args } of room.commands.unheard()) {
      if (sent.has(id)) continue;
      sent.add(id);
      engine.obey({ id, d, op, args });
    }
  };
  const tellTime = (mark: number): void => {
    const clock: CityClock = {
      ...{ run: `lab-${seed}`, city: city.plan.id, seed, scale: options.scale, start, rate: 0, asked: null, paused: false, phase: "live" },
      head: mark + stepSeconds * 1000,
      mark,
    };
    fold.clock = clock;
    room.advance("city", mark, at);
  };

  return {
    city,
    engine,
    room,
    open: () => room.opens(at),
    taken: () => [...fold.tracks.values()].reduce((sum, { accepted }) => sum + accepted, 0),
    runTo(t) {
      while (engine.now() < t) {
        const to = Math.min(t, engine.now() + stepSeconds * 1000);
        at = to;
        engine.advance(to, ({ gateway, topic, payload }) => {
          position += 1;
          process({ at: to, user: city.gateways[gateway]?.id ?? "", topic, payload: Buffer.from(payload) }, position);
        });
        tellTime(to);
        order();
      }
    },
    async close() {
      await root.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
