import { priorities } from "../../../../shared/alarm-rule.ts";
import type { ChronicleLine } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { shownRows } from "../../app/kiosk.ts";
import { theme } from "../../app/theme.ts";
import { lang, say, t } from "../../language.ts";
import { catalogue, chronicle, now, second, zone } from "../../live/state.ts";
import { badgeShapes } from "../../widgets/badge.tsx";
import { minuteText } from "../../widgets/figures.ts";
import { type Drawing, useCanvas } from "../../widgets/use-canvas.ts";
import type { Onset } from "../alarms/onsets.ts";
import { onsets } from "../alarms/present-onsets.ts";
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
  readonly onsets: readonly Onset[];
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
      paint(drawing, {
        services,
        lines: chronicle.peek().filter((line) => seen.has(line.service)),
        onsets: onsets.peek(),
        time: now.peek(),
        zone: place,
      });
    },
    [second.value, onsets.value, services, place, theme.value, lang.value],
  );
  return (
    <canvas
      class="lanes"
      ref={canvas}
      role="img"
      aria-label={t("최근 60분의 사건과 경보, 서비스별", "Events and alarms of the last 60 min, by service")}
    />
  );
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
    const own = lanes.onsets.filter((onset) => onset.service === service.id && onset.t >= from && onset.t <= time);
    // Where alarms stand, their shapes say more than names of events would.
    if (own.length === 0 && shown.length <= namedLines && lane >= 13) names(drawing, service, shown, { x, middle });
    shapes(drawing, own, { x, middle, size: Math.min(16, lane - 3), end: time });
  }
}

const fills = { 1: "#c4122f", 2: "#ff8f1c", 3: "#ffe04d", 4: "#7a3fc0" } as const;
const glyphs = { 1: "#fff", 2: "#111", 3: "#111", 4: "#fff" } as const;
const paths = new Map(priorities.map((rank) => [rank, new Path2D(badgeShapes[rank])]));
/** Gravest on top. */
const byGravity = (a: Onset, b: Onset): number => b.priority - a.priority;

/** Alarms as their shapes where they began, a line under them for as long as they last. */
function shapes(
  { pen, font, ink }: Drawing,
  own: readonly Onset[],
  at: { x: (t: number) => number; middle: number; size: number; end: number },
): void {
  for (const onset of own) {
    pen.fillStyle = ink("--line2");
    pen.fillRect(at.x(onset.t), at.middle, Math.max(1, at.x(onset.to ?? at.end) - at.x(onset.t)), 1);
  }
  for (const onset of [...own].sort(byGravity)) {
    const shape = paths.get(onset.priority);
    if (shape === undefined) continue;
    pen.save();
    pen.translate(at.x(onset.t), at.middle);
    pen.scale(at.size / 20, at.size / 20);
    pen.translate(-10, -10);
    pen.fillStyle = fills[onset.priority];
    pen.strokeStyle = ink("--ink");
    pen.lineWidth = onset.isAcknowledged ? 1.5 : 3;
    pen.fill(shape);
    pen.stroke(shape);
    pen.fillStyle = glyphs[onset.priority];
    pen.font = `700 12px ${font}`;
    pen.textAlign = "center";
    pen.fillText(String(onset.priority), 10, onset.priority === 2 ? 12.5 : 10.5);
    pen.restore();
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
