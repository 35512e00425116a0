import type { ChronicleLine, DeviceRow, LiveFeed, LiveReading, RawMessage, Room } from "../shared/city-port.ts";
import type { CityClock, ClockAnswer } from "../shared/clock.ts";
import type { Result } from "../shared/result.ts";
import type { Acted } from "../shared/room-action.ts";
import { cellsOf, type Entry, type Registry } from "./devices/registry.ts";
import type { IngestListeners } from "./ingest/listeners.ts";

type Subscribe = Pick<LiveFeed, "onReading" | "onChronicle" | "onClock" | "onDevices">;

/** Who wants to hear of what the ingest takes in; keeps the latest raw messages of each sender. */
export interface Announcements extends IngestListeners {
  readonly subscribe: Subscribe;
  onAnswer(listener: (answer: ClockAnswer) => void): void;
  onActed(listener: (id: string, result: Result<Acted>) => void): void;
  recent(sender: string): readonly RawMessage[];
  /** Changes when cells or the run change: everybody needs a new snapshot. */
  epoch(): string;
  roomOf(cell: number): Room;
}

const keptRaw = 40;

/** @param failed is told of a listener that threw: it keeps neither the others from hearing nor the ingest from going on. */
export function createAnnouncements(registry: Registry, rowOf: (entry: Entry) => DeviceRow, failed: (cause: unknown) => void): Announcements {
  const readings = new Map<string, Set<(reading: LiveReading) => void>>();
  const chronicle = new Set<(lines: readonly ChronicleLine[]) => void>();
  const clocks = new Set<(clock: CityClock | undefined) => void>();
  const devices = new Set<(rows: readonly DeviceRow[]) => void>();
  const answers = new Set<(answer: ClockAnswer) => void>();
  const acted = new Set<(id: string, result: Result<Acted>) => void>();
  const raw = new Map<string, RawMessage[]>();
  let rooms = { cells: -1, open: new Uint8Array(0) };
  let run = "";
  let epoch = 0;
  let changed: Set<Entry> | undefined;

  const on = <T>(set: Set<T>, listener: T): (() => void) => {
    set.add(listener);
    return () => void set.delete(listener);
  };

  function tell<T>(listeners: Iterable<(news: T) => void>, news: T): void {
    for (const listener of listeners) {
      try {
        listener(news);
      } catch (cause) {
        failed(cause);
      }
    }
  }

  return {
    reading(entry, reading) {
      const listeners = readings.get(entry.id);
      if (listeners) tell(listeners, reading);
    },
    chronicle(lines) {
      if (lines.length > 0) tell(chronicle, lines);
    },
    clock(clock) {
      if (clock.run !== run) {
        run = clock.run;
        epoch += 1;
      }
      tell(clocks, clock);
    },
    device(entry) {
      if (changed !== undefined) return void changed.add(entry);
      changed = new Set([entry]);
      // a thousand births at once are one piece of news
      setTimeout(() => {
        const rows = [...(changed ?? [])].map(rowOf);
        changed = undefined;
        tell(devices, rows);
      }, 200);
    },
    answer(answer) {
      tell(answers, answer);
    },
    acted(id, result) {
      for (const listener of acted) listener(id, result);
    },
    raw(sender, message) {
      const kept = raw.get(sender) ?? [];
      raw.set(sender, kept);
      kept.push(message);
      if (kept.length > keptRaw) kept.shift();
    },
    subscribe: {
      onReading(device, listener) {
        const listeners = readings.get(device) ?? new Set();
        readings.set(device, listeners);
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
          if (listeners.size === 0) readings.delete(device);
        };
      },
      onChronicle: (listener) => on(chronicle, listener),
      onClock: (listener) => on(clocks, listener),
      onDevices: (listener) => on(devices, listener),
    },
    onAnswer: (listener) => void answers.add(listener),
    onActed: (listener) => void acted.add(listener),
    recent: (sender) => raw.get(sender) ?? [],
    epoch: () => `${run}.${epoch}`,
    roomOf(cell) {
      if (rooms.cells !== registry.cells()) {
        // what belongs to no known device is nobody's to see
        const open = new Uint8Array(registry.cells()).fill(1, 0, registry.figureCells.length);
        for (const entry of registry.entries.values())
          if (!entry.contract.sensitive) open.fill(1, entry.cell, entry.cell + cellsOf(entry.contract, entry.kind));
        rooms = { cells: registry.cells(), open };
      }
      return rooms.open[cell] === 1 ? "public" : "care";
    },
  };
}
