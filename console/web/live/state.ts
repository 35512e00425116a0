import { computed, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { CityPlan } from "../../../shared/city-plan.ts";
import type { ChronicleLine, DeviceRow } from "../../../shared/city-port.ts";
import type { CityClock } from "../../../shared/clock.ts";
import type { Actor, Right } from "../../../shared/roles.ts";
import type { Service } from "../../../shared/service.ts";
import type { Status } from "../../../shared/socket-events.ts";
import { fieldLagMs } from "../../../shared/timeline.ts";
import { createCellTable } from "./cells.ts";
import { createCityTime } from "./city-time.ts";
import type { FigureHour } from "./figure-hour.ts";

/** What the room knows, as signals; written by `connect.ts` alone. */
export const catalogue = signal<readonly Service[]>([]);
export const plan = signal<CityPlan | undefined>(undefined);
export const zone = computed(() => plan.value?.zone ?? "UTC");
export const deviceRows = signal<readonly DeviceRow[]>([]);
export const me = signal<(Actor & { readonly rights: readonly Right[] }) | undefined>(undefined);
export const rights = computed<readonly Right[]>(() => me.value?.rights ?? []);
export const clock = signal<CityClock | undefined>(undefined);
export const chronicle = signal<readonly ChronicleLine[]>([]);
/** Server to browser in ms; undefined when the two clocks differ by more than such a way can take. */
export const socketMs = signal<number | undefined>(undefined);
export const status = signal<Status | undefined>(undefined);
export const epoch = signal("");
/** Counts connections: it changes when history must be asked again. */
export const connection = signal(0);
export type Link = { readonly state: "opening" } | { readonly state: "live" } | { readonly state: "down"; readonly since: number };
export const link = signal<Link>({ state: "opening" });
/** What is shown is of now: the connection stands and the city runs. */
export const isNow = computed(() => link.value.state === "live" && clock.value?.phase !== "gone");
/** By `service/figure`. */
export const figureHours = signal<Readonly<Record<string, FigureHour>>>({});
export const figureCells = signal<ReadonlyMap<string, number>>(new Map());
export const figureKey = (service: string, figure: string): string => `${service}/${figure}`;
export const figureCell = (service: string, figure: string): number => figureCells.value.get(figureKey(service, figure)) ?? Number.NaN;

export const cells = createCellTable();
export const cityTime = createCityTime();
/** Four times a second: time has passed, and cells may have changed. */
export const beat = signal(0);
/** Once a wall second, for what needs no more than that. */
export const second = computed(() => Math.floor(beat.value / 4));
export const fieldNow = signal(Date.now() - fieldLagMs);
/** City time as shown; without a simulator the field's. */
export const now = signal(Date.now() - fieldLagMs);
/** Everything of the city up to here has arrived and is on the screen. */
export const settledMark = signal(Number.NEGATIVE_INFINITY);
const minuteMs = 60_000;
/** The minute of the city that is under way. */
export const minute = computed(() => Math.floor(now.value / minuteMs) * minuteMs);

const watched = new Map<number, Signal<number>>();
export const cell = (at: number): number => cells.value(at);
/** A cell that is on the screen; changes once per animation frame at most. */
export function liveCell(at: number): ReadonlySignal<number> {
  const known = watched.get(at);
  if (known) return known;
  const made = signal(cells.value(at));
  watched.set(at, made);
  return made;
}
/** Hands what changed to the signals of shown cells; `all` after a new numbering. */
export function showChanged(all: boolean): void {
  const changed = cells.changed();
  for (const [at, shown] of watched) if (all || changed.has(at)) shown.value = cells.value(at);
}

/** The time by which a device's silence is measured: at high rates the city's hand is ahead of what can have arrived by minutes. */
const nowOf = (row: DeviceRow): number => (row.timeline === "field" ? fieldNow.value : Math.min(now.value, settledMark.value));
const seenAt = (row: DeviceRow): number => {
  const at = cell(row.cell);
  return Number.isFinite(at) ? Math.max(at, row.lastSeen) : row.lastSeen;
};
/** Silent for longer than its limit, or known to be gone. */
export const isStale = (row: DeviceRow): boolean =>
  link.value.state !== "live" || row.state === "lost" || row.state === "disconnected" || nowOf(row) - seenAt(row) > row.stale * 1000;

type Heard = ReadonlyMap<string, { readonly all: number; readonly silent: number }>;
let lastHeard: Heard = new Map();
/** Devices, and how many of them are silent, by service; counted once a second for everybody who shows it. */
export const heard = computed<Heard>(() => {
  void second.value;
  void link.value;
  const rows = deviceRows.value;
  return untracked(() => {
    const counts = new Map<string, { all: number; silent: number }>();
    for (const row of rows) {
      const count = counts.get(row.service) ?? { all: 0, silent: 0 };
      count.all++;
      if (isStale(row)) count.silent++;
      counts.set(row.service, count);
    }
    const same =
      counts.size === lastHeard.size &&
      [...counts].every(([id, { all, silent }]) => lastHeard.get(id)?.all === all && lastHeard.get(id)?.silent === silent);
    if (!same) lastHeard = counts;
    return lastHeard;
  });
});
