import { DomUtil, type Map as LeafletMap, type Point } from "leaflet";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { LostGateway } from "./lost-gateways.ts";

interface Dot {
  readonly row: DeviceRow;
  readonly stale: boolean;
  readonly moves: boolean;
}
interface DotInk {
  readonly dot: string;
  readonly cy: string;
  readonly ink: string;
  readonly bg1: string;
  readonly font: string;
}
export interface DeviceDots {
  show(dots: readonly Dot[], lost: readonly LostGateway[], ink: DotInk): void;
  /** The nearest device within reach of a pointer. */
  at(point: Point): DeviceRow | undefined;
  remove(): void;
}

const margin = 20;
/** Marks nearer to each other than this, in px, are drawn once. */
const spotReach = 5;
const hullInset = 12;
const redrawOn = "moveend zoomend resize viewreset";

/** A finger covers more than a pointer does. */
const reach = (): number => (matchMedia("(pointer: coarse)").matches ? 18 : 9);

/** All devices in one pass over one canvas: thousands of dots cost less than a hundred elements. */
export function createDeviceDots(map: LeafletMap, pane: HTMLElement): DeviceDots {
  const canvas = DomUtil.create("canvas", "device-dots leaflet-zoom-hide", pane) as HTMLCanvasElement;
  let dots: readonly Dot[] = [];
  let lost: readonly LostGateway[] = [];
  let ink: DotInk | undefined;
  let places: readonly { x: number; y: number; row: DeviceRow }[] = [];

  const place = ({ lat, lon }: DeviceRow): Point => map.latLngToContainerPoint([lat, lon]);
  const draw = () => {
    const pen = penOf(canvas, map);
    if (!pen || !ink) return;
    const size = map.getSize();
    const seen = dots
      .map(({ row, ...how }) => ({ ...place(row), row, ...how }))
      .filter(({ x, y }) => x > -margin && y > -margin && x < size.x + margin && y < size.y + margin);
    places = seen;
    pen.fillStyle = ink.dot;
    for (const { x, y } of apart(seen.filter((dot) => !dot.stale && !dot.moves))) spot(pen, x, y);
    // What moves is found again among what stands.
    for (const { x, y } of apart(seen.filter((dot) => !dot.stale && dot.moves))) mover(pen, x, y, ink);
    // What is abnormal lies above what is normal.
    for (const { x, y } of apart(seen.filter((dot) => dot.stale))) ring(pen, x, y, ink);
    for (const { rows } of lost) hull(pen, rows.map(place), ink);
  };
  map.on(redrawOn, draw);
  return {
    show(nextDots, nextLost, nextInk) {
      dots = nextDots;
      lost = nextLost;
      ink = nextInk;
      draw();
    },
    at(point) {
      let best: DeviceRow | undefined;
      let least = reach() ** 2;
      for (const { x, y, row } of places) {
        const far = (x - point.x) ** 2 + (y - point.y) ** 2;
        if (far > least) continue;
        least = far;
        best = row;
      }
      return best;
    },
    remove() {
      map.off(redrawOn, draw);
      canvas.remove();
    },
  };
}

/** Four detectors of one crossing are one mark from afar; each can still be pressed. */
function apart<T extends { readonly x: number; readonly y: number }>(marks: readonly T[]): Iterable<T> {
  return new Map(marks.map((mark) => [Math.round(mark.x / spotReach) * 100_000 + Math.round(mark.y / spotReach), mark])).values();
}

/** The canvas lies over the whole frame, whatever the pane has moved by. */
function penOf(canvas: HTMLCanvasElement, map: LeafletMap): CanvasRenderingContext2D | null {
  const { x: width, y: height } = map.getSize();
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  const pen = canvas.getContext("2d");
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}

function spot(pen: CanvasRenderingContext2D, x: number, y: number): void {
  pen.beginPath();
  pen.arc(x, y, 1.9, 0, Math.PI * 2);
  pen.fill();
}

function mover(pen: CanvasRenderingContext2D, x: number, y: number, ink: DotInk): void {
  pen.beginPath();
  pen.arc(x, y, 3.6, 0, Math.PI * 2);
  pen.fill();
  pen.strokeStyle = ink.bg1;
  pen.lineWidth = 1.4;
  pen.stroke();
}

function ring(pen: CanvasRenderingContext2D, x: number, y: number, ink: DotInk): void {
  pen.beginPath();
  pen.arc(x, y, 4, 0, Math.PI * 2);
  pen.fillStyle = ink.bg1;
  pen.fill();
  pen.strokeStyle = ink.cy;
  pen.lineWidth = 1.3;
  pen.setLineDash([2, 1.6]);
  pen.stroke();
  pen.setLineDash([]);
}

/** A dashed circle round everything behind the gateway, and how many that are. */
function hull(pen: CanvasRenderingContext2D, points: readonly Point[], ink: DotInk): void {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  const radius = hullInset + Math.max(...points.map((point) => Math.hypot(point.x - x, point.y - y)));
  pen.strokeStyle = ink.cy;
  pen.lineWidth = 1.5;
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.stroke();
  pen.setLineDash([]);
  const text = String(points.length);
  pen.font = `650 11px ${ink.font}`;
  const long = pen.measureText(text).width + 10;
  const left = x + radius * Math.SQRT1_2 - 2;
  const top = y - radius * Math.SQRT1_2 - 14;
  pen.fillStyle = ink.ink;
  pen.beginPath();
  pen.roundRect(left, top, long, 16, 8);
  pen.fill();
  pen.fillStyle = ink.bg1;
  pen.textBaseline = "middle";
  pen.fillText(text, left + 5, top + 8.5);
}
