import { useMemo } from "preact/hooks";
import type { CityPlan, District } from "../../../shared/city-plan.ts";
import { shownRows } from "../app/kiosk.ts";
import { addressOf } from "../app/router.ts";
import { lang, say } from "../language.ts";
import { AlarmMarks, useBundles } from "./alarm-marks.tsx";
import type { Bundle } from "./alarm-spots.ts";
import { streamPixels } from "./base-layers.ts";
import { chooseDistrict, chosenDistrict } from "./chosen.ts";
import { GaugeMark, labelHeight, labelWidth } from "./gauge-marks.tsx";
import { type Gauge, namedGauges } from "./gauges.ts";
import { type Box, placeLabels } from "./label-places.ts";
import type { Ground } from "./leaflet-map.ts";
import { useWet } from "./rain-marks.tsx";
import { textWidth } from "./text-width.ts";
import { useMapTurn } from "./use-map-turn.ts";

interface MarksProps {
  readonly ground: Ground;
  readonly city: CityPlan;
  readonly frame: HTMLElement;
  readonly gauges: readonly Gauge[];
}

/** District names are letter-spaced, less where letters are many. */
const spacing = { ko: 0.22, en: 0.08 } as const;
const nameSize = 13;
const edge = 6;

const box = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  x0: x - halfWidth,
  y0: y - halfHeight,
  x1: x + halfWidth,
  y1: y + halfHeight,
});

/** What lies over the map already, in pixels of its frame. */
function coveredIn(frame: HTMLElement): Box[] {
  const own = frame.getBoundingClientRect();
  return [...frame.querySelectorAll("[data-over-map], .leaflet-control-scale")].map((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { x0: left - own.left - edge, y0: top - own.top - edge, x1: right - own.left + edge, y1: bottom - own.top + edge };
  });
}

function nameBox({ ground, frame }: MarksProps, district: District): Box {
  const { x, y } = ground.map.latLngToContainerPoint([district.label[1], district.label[0]]);
  const name = say(district.name);
  const width = textWidth(name, `550 ${nameSize}px ${getComputedStyle(frame).fontFamily}`) + name.length * spacing[lang.peek()] * nameSize;
  return box(x, y, width / 2 + edge, nameSize);
}

const streamBoxes = ({ ground: { map }, city }: MarksProps): Box[] =>
  city.layers.stream.features.flatMap(({ geometry, properties }) => {
    const half = streamPixels(map, properties.width) / 2;
    return geometry.coordinates.map(([lon, lat]) => {
      const { x, y } = map.latLngToContainerPoint([lat, lon]);
      return box(x, y, half, half);
    });
  });

const badgeHalf = 13;
/** Alarms lie over everything: a level behind one could not be read. */
const alarmBoxes = ({ ground: { map } }: MarksProps, bundles: readonly Bundle[]): Box[] =>
  bundles.map(({ x, y }) => {
    const at = map.layerPointToContainerPoint([x, y]);
    return box(at.x, at.y, badgeHalf, badgeHalf);
  });

function layOut(props: MarksProps, bundles: readonly Bundle[]) {
  const { ground, frame, gauges, city } = props;
  const { map } = ground;
  const font = getComputedStyle(frame).fontFamily;
  const { x: width, y: height } = map.getSize();
  const wishes = gauges.map((gauge) => {
    const { x, y } = map.latLngToContainerPoint([gauge.row.lat, gauge.row.lon]);
    return { id: gauge.row.id, x, y, width: labelWidth(gauge, font), height: labelHeight };
  });
  const inside = wishes.filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);
  const places = placeLabels(inside, {
    frame: { x0: edge, y0: edge, x1: width - edge, y1: height - edge },
    blocked: [...coveredIn(frame), ...alarmBoxes(props, bundles)],
    dear: [...city.districts.map((district) => nameBox(props, district)), ...streamBoxes(props)],
  });
  return wishes.map((wish) => ({ ...wish, place: places.get(wish.id) ?? { dx: 16, dy: -labelHeight / 2 } }));
}

/** Names and gauges lie over the dots and can be reached by keys; they move with the map because they are in its pane. */
export function MapMarks(props: MarksProps) {
  const { ground, city, gauges } = props;
  const { map } = ground;
  const turn = useMapTurn(map);
  const wet = useWet(gauges).value;
  const chosen = chosenDistrict.value;
  const bundles = useBundles(map, turn);
  const devices = shownRows.value;
  const landmarks = useMemo(() => city.landmarks.filter(({ id }) => devices.some((row) => row.id === id)), [city, devices]);
  const labels = useMemo(() => layOut(props, bundles), [turn, gauges, city, lang.value, bundles, wet]);
  return (
    <>
      {city.districts.map((district) => {
        const { x, y } = map.latLngToLayerPoint([district.label[1], district.label[0]]);
        return (
          <button
            key={district.id}
            type="button"
            class="district-name"
            style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)`, letterSpacing: `${spacing[lang.value]}em` }}
            aria-pressed={chosen === district.id}
            onClick={() => chooseDistrict(district.id)}
          >
            {say(district.name)}
          </button>
        );
      })}
      {landmarks.map(({ id, name, at: [lon, lat] }) => {
        const { x, y } = map.latLngToLayerPoint([lat, lon]);
        return (
          <a
            key={id}
            class="map-landmark"
            href={addressOf({ view: "device", id })}
            style={{ transform: `translate(${Math.round(x)}px, ${Math.round(y)}px)` }}
            draggable={false}
          >
            {say(name)}
          </a>
        );
      })}
      {gauges.map((gauge, at) => {
        const label = labels[at];
        const { x, y } = map.latLngToLayerPoint([gauge.row.lat, gauge.row.lon]);
        if (!label) return null;
        return <GaugeMark key={gauge.row.id} gauge={gauge} x={x} y={y} width={label.width} place={label.place} bare={gauges.length > namedGauges} />;
      })}
      <AlarmMarks bundles={bundles} />
    </>
  );
}
