import { control, divIcon, type Map as LeafletMap, map as leafletMap, marker } from "leaflet";
import "leaflet/dist/leaflet.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { go } from "../app/router.ts";
import { theme } from "../app/theme.ts";
import { lang, say, t } from "../language.ts";
import { beat, catalogue, cell, deviceRows, isStale, link, plan } from "../live/state.ts";
import { figureText, shownAs, unitText } from "../trend/words.ts";
import { Mark } from "../widgets/mark.tsx";
import { boundsOf, drawBase } from "./base-layers.ts";
import { createDeviceDots, type DeviceDots, type Dot } from "./device-dots.ts";
import "./map.css";

/** A kind that measures against a reference level is a gauge: a landmark with its name. */
const isGauge = (service: Service, kind: string): boolean => service.kinds[kind]?.constants?.includes("reference") ?? false;
/** With more gauges than this their names would cover the map. */
const namedGauges = 14;

function levelOf(service: Service, row: DeviceRow): string {
  const name = service.panel.main[row.kind] ?? "";
  const metric = service.metrics[name];
  const at = service.kinds[row.kind]?.metrics.indexOf(name) ?? -1;
  const value = at < 0 ? Number.NaN : cell(row.cell + 1 + at);
  if (metric?.kind !== "number" || !Number.isFinite(value)) return t("값 없음", "no value");
  const { factor, precision } = shownAs(metric);
  return `${figureText(value * factor, Math.min(2, precision))} ${say(unitText(metric.unit))}`;
}

function dotsOf(rows: readonly DeviceRow[], services: readonly Service[], hidden: ReadonlySet<string>): Dot[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  const gauges = rows.filter((row) => {
    const service = byId.get(row.service);
    return service !== undefined && isGauge(service, row.kind);
  });
  const named = new Set(gauges.length <= namedGauges ? gauges : []);
  return rows.flatMap((row) => {
    const service = byId.get(row.service);
    if (service === undefined || hidden.has(row.service)) return [];
    return [{ row, stale: isStale(row), label: named.has(row) ? { name: say(row.name), value: levelOf(service, row) } : undefined }];
  });
}

const inkOf = (element: HTMLElement): ((name: string) => string) => {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(name).trim();
};

/** The city's plan, drawn quietly, and on it every device that this person may see. */
export function CityMap() {
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<LeafletMap>();
  const dots = useRef<DeviceDots | undefined>(undefined);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const ground = plan.value;
  const look = theme.value;
  const language = lang.value;
  const services = catalogue.value;

  useEffect(() => {
    const at = place.current;
    if (!at || !ground) return;
    const made = leafletMap(at, {
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.25,
      fadeAnimation: false,
      zoomAnimation: false,
      maxZoom: 18,
    });
    const whole = () => made.fitBounds(boundsOf(ground), { animate: false });
    whole();
    made.setMaxBounds(made.getBounds().pad(0.3));
    made.setMinZoom(made.getZoom() - 0.5);
    control.scale({ position: "bottomright", imperial: false }).addTo(made);
    dots.current = createDeviceDots(made);
    made.on("click", (press) => {
      const row = dots.current?.at(press.containerPoint);
      if (row) go({ view: "device", id: row.id });
    });
    made.on("mousemove", (move) => {
      const row = dots.current?.at(move.containerPoint);
      at.classList.toggle("is-over", row !== undefined);
      at.title = row ? say(row.name) : "";
    });
    let touched = false;
    made.on("dragstart", () => (touched = true));
    const seen = new ResizeObserver(() => {
      made.invalidateSize({ animate: false });
      if (!touched) whole();
    });
    seen.observe(at);
    setMap(made);
    return () => {
      seen.disconnect();
      dots.current?.remove();
      made.remove();
      setMap(undefined);
    };
  }, [ground]);

  useEffect(() => {
    const at = place.current;
    if (!map || !at || !ground) return;
    return drawBase(map, ground, inkOf(at));
  }, [map, ground, look]);

  useEffect(() => {
    if (!map || !ground) return;
    const names = ground.districts.map((district) =>
      marker([district.label[1], district.label[0]], {
        icon: divIcon({ className: "district-name", html: `<span>${textOf(say(district.name))}</span>`, iconSize: [0, 0] }),
        interactive: false,
        keyboard: false,
      }).addTo(map),
    );
    return () => {
      for (const name of names) name.remove();
    };
  }, [map, ground, language]);

  const turn = beat.value;
  const rows = deviceRows.value;
  const down = link.value.state;
  useEffect(() => {
    const at = place.current;
    if (!map || !at) return;
    const ink = inkOf(at);
    dots.current?.show(dotsOf(rows, services, hidden), {
      dot: ink("--dot"),
      ink: ink("--ink"),
      ink2: ink("--ink2"),
      cy: ink("--cy"),
      bg1: ink("--bg1"),
      bg2: ink("--bg2"),
      line2: ink("--line2"),
      font: getComputedStyle(at).fontFamily,
    });
    // Once a second is enough for dots; a change of what is asked shows at once.
  }, [map, Math.floor(turn / 4), rows, hidden, services, look, language, down]);

  const toggle = (id: string) => setHidden((now) => (now.has(id) ? new Set([...now].filter((other) => other !== id)) : new Set([...now, id])));
  const fit = () => ground && map?.fitBounds(boundsOf(ground), { animate: false });
  return (
    <div class="map-frame">
      <div ref={place} class="map-ground" />
      <fieldset class="map-layers" aria-label={t("지도에 보일 서비스", "Services on the map")}>
        {services.map((service) => (
          <button
            key={service.id}
            type="button"
            class="button"
            aria-pressed={!hidden.has(service.id)}
            onClick={() => toggle(service.id)}
            disabled={!rows.some((row) => row.service === service.id)}
            title={say(service.title)}
          >
            <Mark service={service} />
            <span>{say(service.title)}</span>
          </button>
        ))}
      </fieldset>
      <div class="map-zoom">
        <button type="button" class="button" onClick={() => map?.zoomIn(0.5)} aria-label={t("가까이", "Zoom in")}>
          +
        </button>
        <button type="button" class="button" onClick={() => map?.zoomOut(0.5)} aria-label={t("멀리", "Zoom out")}>
          −
        </button>
        <button type="button" class="button" onClick={fit} aria-label={t("도시 전체", "Whole city")}>
          ⤢
        </button>
      </div>
      <ul class="map-legend">
        <li class="is-dot">{t("정상", "heard")}</li>
        <li class="is-ring">{t("수신 없음", "silent")}</li>
        <li class="is-gauge">{t("수위계", "gauge")}</li>
      </ul>
    </div>
  );
}

/** Names come from the plan; they are text, never markup. */
const textOf = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
