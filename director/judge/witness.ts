import type { AlarmClass } from "../../shared/alarm-rule.ts";
import type { ChronicleLine, CityPort, Counters } from "../../shared/city-port.ts";
import type { Service } from "../../shared/service.ts";
import { allRules } from "../language/rule-names.ts";
import type { AlarmSeen, EventSeen, Evidence, ItemSeen } from "./evidence.ts";
import { createSeenCommands } from "./seen-commands.ts";
import { createSeenFloods } from "./seen-floods.ts";
import { createSeenRefusals } from "./seen-refusals.ts";

/** Watches the room through the port, as anybody could, from one instant on. */
export interface Witness {
  /** What has come of it up to this mark. */
  look(mark: number): Evidence;
  /** Counters of these devices are watched from now on. */
  watch(devices: readonly string[]): void;
  close(): void;
}

const everything = 1_000_000;
const counters = ["duplicate", "late", "lost"] as const;
const summed = ["received", "accepted", "duplicate", "refused", "lost", "late"] as const;
type Sums = Record<(typeof summed)[number], number>;

export function createWitness(port: CityPort, services: readonly Service[], run: string, from: number): Witness {
  const { room } = port;
  const classes = new Map<string, AlarmClass>(allRules(services).map(({ name, rule }) => [name, rule.class]));
  const alarms = new Map<string, AlarmSeen>();
  const counted = new Map<string, Evidence["counted"][number]>();
  const watched = new Map<string, Counters>();
  const events: EventSeen[] = [];
  const refusals = createSeenRefusals(port);
  const floods = createSeenFloods(room, from);
  const commands = createSeenCommands(from);
  const items = new Map<string, ItemSeen>();
  const old = new Set(room.items().map(({ id }) => id));
  let journal = room.journal({ run, limit: 1 }).at(-1)?.n ?? 0;
  const before = sumsOf(port);
  const stop = port.feed.onChronicle((lines: readonly ChronicleLine[]) => {
    for (const { t, service, device, what } of lines) if (t >= from) events.push({ t, service, device, what });
  });
  const keyOf = (alarm: string, occurrence: number | null): string => `${alarm} ${occurrence ?? 0}`;

  function readJournal(): void {
    for (const line of room.journal({ run, after: journal, limit: everything })) {
      const { n, what, alarm, occurrence, rule, device, t, at } = line;
      journal = n;
      commands.take(line);
      if (alarm === null) continue;
      const key = keyOf(alarm, occurrence);
      const known = alarms.get(key);
      if (what === "raised" && rule !== null && device !== null && t >= from)
        alarms.set(key, {
          ...{ id: alarm, occurrence: occurrence ?? 0, rule, class: classes.get(rule) ?? "operations", device },
          ...{ raisedAt: t, at, clearedAt: null, acknowledged: null, cause: null },
        });
      else if (known !== undefined && what === "cleared") alarms.set(key, { ...known, clearedAt: t });
      else if (known !== undefined && what === "acknowledged" && known.acknowledged === null) alarms.set(key, { ...known, acknowledged: { t, at } });
    }
  }
  /** Causes are found while alarms stand. */
  function readCauses(): void {
    if (alarms.size === 0) return;
    for (const { id, occurrence, cause } of room.alarms()) {
      const known = alarms.get(keyOf(id, occurrence));
      if (known !== undefined && cause !== null && known.cause !== cause) alarms.set(keyOf(id, occurrence), { ...known, cause });
    }
  }
  function readCounters(mark: number): void {
    for (const [device, at] of watched) {
      const now = port.deviceLedger(device);
      for (const what of counters) {
        const key = `${device} ${what}`;
        if (now !== undefined && now[what] > at[what] && !counted.has(key)) counted.set(key, { device, what, t: mark });
      }
    }
  }
  return {
    look(mark) {
      readJournal();
      readCauses();
      refusals.look(mark);
      floods.look(alarms.size);
      readCounters(mark);
      for (const { id, rule, device, openedAt, timeline } of room.items())
        if (timeline === "city" && !old.has(id)) items.set(id, { id, rule, device, t: openedAt });
      const now = sumsOf(port);
      return {
        alarms: [...alarms.values()],
        items: [...items.values()],
        events: [...events],
        commands: commands.list(),
        refusals: [...refusals.list()],
        floods: floods.list(),
        counted: [...counted.values()],
        ledger: Object.fromEntries(summed.map((name) => [name, now[name] - before[name]])) as Sums,
        reading: (device, metric) => port.device(device)?.last[metric]?.value,
      };
    },
    watch(devices) {
      for (const device of devices) {
        const at = watched.has(device) ? undefined : port.deviceLedger(device);
        if (at !== undefined) watched.set(device, at);
      }
    },
    close: stop,
  };
}

function sumsOf(port: CityPort): Sums {
  const ledger = port.ledger();
  return Object.fromEntries(summed.map((name) => [name, ledger[name]])) as Sums;
}
