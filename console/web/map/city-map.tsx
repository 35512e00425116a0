import "leaflet/dist/leaflet.css";
import { untracked } from "@preact/signals";
import type { RefObject } from "preact";
import { createPortal } from "preact/compat";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CityPlan } from "../../../shared/city-plan.ts";
import type { DeviceRow } from "../../../shared/city-port.ts";
import { offerKeys } from "../app/keys/keyboard.ts";
import { kiosk, shownRows } from "../app/kiosk.ts";
import { go } from "../app/router.ts";
import { theme } from "../app/theme.ts";
import { lang, say, t } from "../language.ts";
import { catalogue, isStale, link, plan, second } from "../live/state.ts";
import { districtAt, districtBounds, drawBase, outlineDistrict } from "./base-layers.ts";
import { chooseDistrict, chosenDistrict } from "./chosen.ts";
import { createDeviceDots, type DeviceDots } from "./device-dots.ts";
import { gaugesOf } from "./gauges.ts";
import { createGround, type Ground } from "./leaflet-map.ts";
import { lostGateways } from "./lost-gateways.ts";
import "./map.css";
import "./map-controls.css";
import { LayerButtons, Legend, ZoomButtons } from "./map-controls.tsx";
import { MapMarks } from "./map-marks.tsx";
import { RainMarks, useWet } from "./rain-marks.tsx";
import { moves, placedRows } from "./where-now.ts";

const zoomStep = 0.5;

const inkOf = (element: HTMLElement): ((name: string) => string) => {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(name).trim();
};

/** The city's ground, and on it what a pointer does. */
function useGround(place: RefObject<HTMLElement | null>, city: CityPlan | undefined) {
  const [ground, setGround] = useState<Ground>();
  const dots = useRef<DeviceDots | undefined>(undefined);
  useEffect(() => {
    const at = place.current;
    if (!at || !city) return;
    const made = createGround(at, city);
    const drawn = createDeviceDots(made.map, made.pane("devices"));
    dots.current = drawn;
    made.map.on("click", (press) => {
      const row = drawn.at(press.containerPoint);
      if (row) go({ view: "device", id: row.id });
      else chooseDistrict(districtAt(city, press.latlng.lng, press.latlng.lat));
    });
    made.map.on("mousemove", (move) => {
      const row = drawn.at(move.containerPoint);
      at.classList.toggle("is-over", row !== undefined);
      at.title = row ? `${say(row.name)} · ${row.id}` : "";
    });
    setGround(made);
    return () => {
      dots.current = undefined;
      drawn.remove();
      made.remove();
      setGround(undefined);
    };
  }, [city]);
  return { ground, dots };
}

/** The chosen district is outlined and near; without one the whole city is shown. */
function useDistrict(ground: Ground | undefined, city: CityPlan | undefined, place: RefObject<HTMLElement | null>): void {
  const district = chosenDistrict.value;
  const look = theme.value;
  const was = useRef<string | undefined>(undefined);
  useEffect(() => {
    const at = place.current;
    if (!ground || !city || !at) return;
    const bounds = district === undefined ? undefined : districtBounds(city, district);
    if (was.current !== district) {
      if (bounds) ground.near(bounds);
      else ground.whole();
    }
    was.current = district;
    return district === undefined ? undefined : outlineDistrict(ground, city, district, inkOf(at)("--ink"));
  }, [ground, city, district, look]);
  useLayoutEffect(() => {
    if (district === undefined) return;
    const back = { code: "Escape", sign: "Esc", does: { ko: "도시 전체", en: "Whole city" }, act: () => chooseDistrict(undefined) };
    return offerKeys([back]);
  }, [district]);
}

let lastSilent: ReadonlySet<string> = new Set();
/** The same set while it holds the same devices, so that nothing is drawn anew for nothing. Once a second is enough. */
function silentOf(rows: readonly DeviceRow[]): ReadonlySet<string> {
  void second.value;
  const silent = untracked(() => new Set(rows.filter(isStale).map((row) => row.id)));
  if (silent.size !== lastSilent.size || [...silent].some((id) => !lastSilent.has(id))) lastSilent = silent;
  return lastSilent;
}

function useDots(
  dots: RefObject<DeviceDots | undefined>,
  ground: Ground | undefined,
  place: RefObject<HTMLElement | null>,
  shown: readonly DeviceRow[],
) {
  const look = theme.value;
  const state = link.value.state;
  const silent = silentOf(shown);
  useEffect(() => {
    const at = place.current;
    if (!ground || !at) return;
    const ink = inkOf(at);
    dots.current?.show(
      shown.map((row) => ({ row, stale: silent.has(row.id), moves: moves(row) })),
      lostGateways(shown),
      { dot: ink("--dot"), cy: ink("--cy"), ink: ink("--ink"), bg1: ink("--bg1"), font: getComputedStyle(at).fontFamily },
    );
  }, [ground, shown, look, state, silent]);
}

/** The city's plan, drawn quietly, and on it every device that this person may see. */
export function CityMap() {
  const frame = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLElement>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const city = plan.value;
  const look = theme.value;
  const { ground, dots } = useGround(place, city);
  const rows = shownRows.value;
  const services = catalogue.value;
  const sorted = useRef<{ of: unknown[]; gauges: ReturnType<typeof gaugesOf>; others: ReadonlySet<string> } | undefined>(undefined);
  const asked = [rows, services, hidden];
  if (!sorted.current || sorted.current.of.some((part, at) => part !== asked[at])) {
    const visible = rows.filter((row) => !hidden.has(row.service));
    const gauges = gaugesOf(visible, services);
    const own = new Set(gauges.map((gauge) => gauge.row));
    sorted.current = { of: asked, gauges, others: new Set(visible.filter((row) => !own.has(row)).map(({ id }) => id)) };
  }
  const placed = placedRows.value;
  const { gauges, others } = sorted.current;
  const wet = useWet(gauges);
  const drawn = useMemo(() => placed.filter(({ id }) => others.has(id)), [placed, others]);

  useEffect(() => {
    const at = place.current;
    return ground && at && city ? drawBase(ground, city, inkOf(at)) : undefined;
  }, [ground, city, look]);
  useDistrict(ground, city, place);
  useDots(dots, ground, place, drawn);

  const toggle = (id: string) => setHidden((now) => (now.has(id) ? new Set([...now].filter((other) => other !== id)) : new Set([...now, id])));
  const whole = () => {
    chosenDistrict.value = undefined;
    ground?.whole();
  };
  return (
    <div class="map-frame" ref={frame}>
      <section ref={place} class="map-ground" aria-label={t("도시 지도", "City map")} lang={lang.value} />
      {kiosk ? null : <LayerButtons hidden={hidden} toggle={toggle} />}
      {kiosk ? null : <ZoomButtons closer={() => ground?.map.zoomIn(zoomStep)} farther={() => ground?.map.zoomOut(zoomStep)} whole={whole} />}
      <Legend isWet={wet.value !== ""} />
      {ground && city && frame.current
        ? createPortal(<MapMarks ground={ground} city={city} frame={frame.current} gauges={gauges} />, ground.pane("marks"))
        : null}
      {ground ? createPortal(<RainMarks map={ground.map} gauges={gauges} />, ground.pane("rain")) : null}
    </div>
  );
}
