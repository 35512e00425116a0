import type { Map as LeafletMap } from "leaflet";
import { useMemo } from "preact/hooks";
import { shownAlarms } from "../app/kiosk.ts";
import { addressOf } from "../app/router.ts";
import { lang, say, t } from "../language.ts";
import { AlarmBadge } from "../views/alarms/alarm-badge.tsx";
import { badgeText } from "../views/alarms/words.ts";
import { type Bundle, bundled, type Spot } from "./alarm-spots.ts";
import { placedRows } from "./where-now.ts";

/** A P1 that nobody has acknowledged is seen from across the room. */
const sizes = { urgent: 26, usual: 20 } as const;

let last: readonly Bundle[] = [];
const sameAs = (one: Bundle, other: Bundle | undefined): boolean =>
  one.alarm === other?.alarm && one.x === other.x && one.y === other.y && one.count === other.count;

/** Alarms where their devices are, in pixels of the map's layer; the same list while nothing of it has changed. */
export function useBundles(map: LeafletMap, turn: number): readonly Bundle[] {
  const alarms = shownAlarms.value;
  const rows = placedRows.value;
  return useMemo(() => {
    const at = new Map(rows.map((row) => [row.id, row]));
    const spots = alarms.flatMap((alarm): Spot[] => {
      const row = at.get(alarm.device);
      if (row === undefined) return [];
      const { x, y } = map.latLngToLayerPoint([row.lat, row.lon]);
      return [{ alarm, x, y }];
    });
    const bundles = bundled(spots);
    if (bundles.length !== last.length || bundles.some((one, index) => !sameAs(one, last[index]))) last = bundles;
    return last;
  }, [alarms, rows, turn]);
}

/** Those that would cover each other are one mark, the gravest, with how many they are. */
export function AlarmMarks({ bundles }: { readonly bundles: readonly Bundle[] }) {
  void lang.value;
  return (
    <>
      {bundles.map(({ alarm, x, y, count }) => {
        const size = alarm.state === "B" && alarm.priority === 1 ? sizes.urgent : sizes.usual;
        const words = `${say(badgeText(alarm))}: ${say(alarm.text)}${count > 1 ? t(` 외 ${count - 1}건`, ` and ${count - 1} more`) : ""}`;
        return (
          <a
            key={alarm.id}
            class="map-alarm"
            href={addressOf({ view: "alarms", id: alarm.id })}
            style={{ transform: `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)` }}
            aria-label={words}
            title={words}
            draggable={false}
          >
            <AlarmBadge alarm={alarm} size={size} silent />
            {count > 1 ? <b>{count}</b> : null}
          </a>
        );
      })}
    </>
  );
}
