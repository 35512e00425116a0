import type { ChronicleLine } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { shownRows } from "../../app/kiosk.ts";
import { theme } from "../../app/theme.ts";
import { lang, say, t } from "../../language.ts";
import { catalogue, chronicle, now, second, zone } from "../../live/state.ts";
import { minuteText } from "../../widgets/figures.ts";
import { type Drawing, useCanvas } from "../../widgets/use-canvas.ts";
import { nameOfEvent } from "./chronicle-words.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nameWidth = 82;
const axisHeight = 18;
/** With more events than this a lane shows ticks alone. */
const namedLines = 12;

interface Lanes {
  readonly services: readonly Service[];
  readonly lines: readonly ChronicleLine[];
  readonly time: number;
  readonly zone: string;
}

/** What happened in the last hour, a lane per service; once a wall second, at whatever rate the city runs. */
export function EventLanes() {
  const services = catalogue.value;
  const place = zone.value;
  const canvas = useCanvas(
    (drawing) => {
      const seen = new Set(shownRows.peek().map((row) => row.service));
      paint(drawing, { services, lines: chronicle.peek().filter((line) => seen.has(line.service)), time: now.peek(), zone: place });
    },
    [second.value, services, place, theme.value, lang.value],
  );
  return <canvas class="lanes" ref={canvas} role="img" aria-label={t("최근 60분의 사건, 서비스별", "Events of the last 60 min, by service")} />;
}

function paint(drawing: Drawing, lanes: Lanes): void {
  const { pen, width, height, font, ink } = drawing;
  const { services, lines, time, zone } = lanes;
  if (width < nameWidth * 2 || services.length === 0) return;
  const from = time - hourMs;
  const x = (at: number) => nameWidth + ((at - from) / hourMs) * (width - nameWidth - 1);
  pen.textBaseline = "middle";
  pen.font = `400 11px ${font}`;
  pen.fillStyle = ink("--ink3");
  pen.textAlign = "center";
  for (let at = Math.ceil(from / (10 * minuteMs)) * 10 * minuteMs; at <= time; at += 10 * minuteMs) {
    const place = Math.round(x(at)) + 0.5;
    stroke(pen, [place, 0, place, height - axisHeight], ink("--line"));
    if (place > nameWidth + 12 && place < width - 14) pen.fillText(minuteText(at, zone), place, height - axisHeight / 2 + 2);
  }
  pen.textAlign = "left";
  const lane = (height - axisHeight) / services.length;
  for (const [index, service] of services.entries()) {
    const middle = Math.round(lane * (index + 0.5));
    stroke(pen, [nameWidth, middle + 0.5, width, middle + 0.5], ink("--line"));
    pen.font = `400 12px ${font}`;
    pen.fillStyle = ink("--ink2");
    pen.fillText(say(service.title), 0, middle, nameWidth - 6);
    const shown = lines.filter((entry) => entry.service === service.id && entry.t >= from && entry.t <= time);
    ticks(drawing, shown, { x, middle, reach: Math.min(6, lane / 2 - 1) });
    if (shown.length <= namedLines && lane >= 13) names(drawing, service, shown, { x, middle });
  }
}

function ticks({ pen, ink }: Drawing, shown: readonly ChronicleLine[], at: { x: (t: number) => number; middle: number; reach: number }): void {
  pen.lineWidth = 1;
  for (const silent of [false, true]) {
    const places = new Set(shown.filter((entry) => (entry.what === "silent") === silent).map((entry) => Math.round(at.x(entry.t)) + 0.5));
    pen.strokeStyle = ink(silent ? "--cy" : "--ink2");
    pen.beginPath();
    for (const place of places) {
      pen.moveTo(place, at.middle - at.reach);
      pen.lineTo(place, at.middle + at.reach);
    }
    pen.stroke();
  }
}

/** From the newest back, each where there is room for it. */
function names(
  { pen, width, font, ink }: Drawing,
  service: Service,
  shown: readonly ChronicleLine[],
  at: { x: (t: number) => number; middle: number },
): void {
  pen.font = `400 11px ${font}`;
  let free = width;
  for (const entry of [...shown].reverse()) {
    const text = nameOfEvent(service, entry.what);
    const place = at.x(entry.t) + 4;
    const long = pen.measureText(text).width;
    if (place + long < free) {
      pen.fillStyle = ink("--bg1");
      pen.fillRect(place - 2, at.middle - 7, long + 4, 14);
      pen.fillStyle = ink("--ink2");
      pen.fillText(text, place, at.middle);
    }
    free = at.x(entry.t) - 4;
  }
}

function stroke(pen: CanvasRenderingContext2D, [x0, y0, x1, y1]: readonly [number, number, number, number], color: string): void {
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}
