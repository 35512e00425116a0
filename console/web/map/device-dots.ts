import { DomUtil, type Map as LeafletMap, type Point } from "leaflet";
import type { DeviceRow } from "../../../shared/city-port.ts";

export interface Dot {
  readonly row: DeviceRow;
  readonly stale: boolean;
  /** A gauge is a diamond with its name and level. */
  readonly label: { readonly name: string; readonly value: string } | undefined;
}
export interface DotInk {
  readonly dot: string;
  readonly ink: string;
  readonly ink2: string;
  readonly cy: string;
  readonly bg1: string;
  readonly bg2: string;
  readonly line2: string;
  readonly font: string;
}
export interface DeviceDots {
  show(dots: readonly Dot[], ink: DotInk): void;
  /** The nearest device within reach of a pointer. */
  at(point: Point): DeviceRow | undefined;
  remove(): void;
}

const reach = 9;

/** All devices in one pass over one canvas: thousands of dots cost less than a hundred elements. */
export function createDeviceDots(map: LeafletMap): DeviceDots {
  const pane = map.getPane("overlayPane") ?? map.getContainer();
  const canvas = DomUtil.create("canvas", "device-dots leaflet-zoom-hide", pane) as HTMLCanvasElement;
  let dots: readonly Dot[] = [];
  let ink: DotInk | undefined;
  let places: { x: number; y: number; row: DeviceRow }[] = [];

  const draw = () => {
    const size = map.getSize();
    const ratio = devicePixelRatio;
    if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const pen = canvas.getContext("2d");
    if (!pen || !ink) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size.x, size.y);
    places = [];
    const labelled: { x: number; y: number; dot: Dot }[] = [];
    for (const dot of dots) {
      const { x, y } = map.latLngToContainerPoint([dot.row.lat, dot.row.lon]);
      if (x < -20 || y < -20 || x > size.x + 20 || y > size.y + 20) continue;
      places.push({ x, y, row: dot.row });
      if (dot.label) labelled.push({ x, y, dot });
      else if (dot.stale) ring(pen, x, y, ink.cy);
      else spot(pen, x, y, ink.dot);
    }
    for (const { x, y, dot } of labelled) gauge(pen, { x, y, width: size.x }, dot, ink);
  };
  map.on("moveend zoomend resize viewreset", draw);
  return {
    show(next, nextInk) {
      dots = next;
      ink = nextInk;
      draw();
    },
    at(point) {
      let best: DeviceRow | undefined;
      let least = reach * reach;
      for (const { x, y, row } of places) {
        const far = (x - point.x) ** 2 + (y - point.y) ** 2;
        if (far > least) continue;
        least = far;
        best = row;
      }
      return best;
    },
    remove() {
      map.off("moveend zoomend resize viewreset", draw);
      canvas.remove();
    },
  };
}

function spot(pen: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  pen.fillStyle = color;
  pen.beginPath();
  pen.arc(x, y, 1.9, 0, Math.PI * 2);
  pen.fill();
}

function ring(pen: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  pen.strokeStyle = color;
  pen.lineWidth = 1.2;
  pen.setLineDash([2, 1.6]);
  pen.beginPath();
  pen.arc(x, y, 4, 0, Math.PI * 2);
  pen.stroke();
  pen.setLineDash([]);
}

/** The label stands to the right, near the edge of the map to the left. */
function gauge(pen: CanvasRenderingContext2D, { x, y, width }: { x: number; y: number; width: number }, dot: Dot, ink: DotInk): void {
  const { name, value } = dot.label ?? { name: "", value: "" };
  pen.font = `400 12px ${ink.font}`;
  const nameLong = pen.measureText(name).width;
  pen.font = `680 12px ${ink.font}`;
  const long = nameLong + pen.measureText(value).width + 24;
  const left = x + 16 + long > width - 48 ? x - 16 - long : x + 16;
  pen.fillStyle = ink.bg2;
  pen.strokeStyle = dot.stale ? ink.cy : ink.line2;
  pen.lineWidth = 1;
  if (dot.stale) pen.setLineDash([3, 2]);
  const box = [Math.round(left) + 0.5, Math.round(y) - 11.5, Math.round(long), 22] as const;
  pen.fillRect(...box);
  pen.strokeRect(...box);
  pen.beginPath();
  pen.moveTo(x, y - 6);
  pen.lineTo(x + 6, y);
  pen.lineTo(x, y + 6);
  pen.lineTo(x - 6, y);
  pen.closePath();
  pen.fillStyle = ink.bg1;
  pen.strokeStyle = dot.stale ? ink.cy : ink.ink;
  pen.lineWidth = 1.5;
  pen.fill();
  pen.stroke();
  pen.setLineDash([]);
  pen.textBaseline = "middle";
  pen.fillStyle = ink.ink2;
  pen.font = `400 12px ${ink.font}`;
  pen.fillText(name, left + 8, y + 0.5);
  pen.fillStyle = dot.stale ? ink.cy : ink.ink;
  pen.font = `${dot.stale ? "italic 550" : "680"} 12px ${ink.font}`;
  pen.fillText(value, left + 16 + nameLong, y + 0.5);
}
