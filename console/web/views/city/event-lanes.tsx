import { useEffect, useRef } from "preact/hooks";
import type { ChronicleLine } from "../../../../shared/city-port.ts";
import type { Service, Text } from "../../../../shared/service.ts";
import { theme } from "../../app/theme.ts";
import { lang, say } from "../../language.ts";
import { catalogue, chronicle, now, plan } from "../../live/state.ts";
import { minuteText } from "../../widgets/figures.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nameWidth = 76;
const axisHeight = 18;
/** With more events than this a lane shows ticks alone. */
const namedLines = 12;

const own: Readonly<Record<string, Text>> = { silent: { ko: "수신 끊김", en: "fell silent" }, back: { ko: "다시 수신", en: "back" } };
const nameOf = (service: Service, line: ChronicleLine): string =>
  say(service.events[line.what]?.label ?? own[line.what] ?? { ko: line.what, en: line.what });

/** What happened in the last hour, a lane per service. */
export function EventLanes() {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Redrawn when a pixel of it can have changed.
  const time = Math.floor(now.value / 5000) * 5000;
  const lines = chronicle.value;
  const services = catalogue.value;
  const zone = plan.value?.zone ?? "UTC";
  const look = `${theme.value} ${lang.value}`;
  useEffect(() => {
    const at = canvas.current;
    if (!at) return;
    const draw = () => paint(at, { services, lines, time, zone });
    draw();
    const seen = new ResizeObserver(draw);
    seen.observe(at);
    return () => seen.disconnect();
  }, [services, lines, time, zone, look]);
  return <canvas class="lanes" ref={canvas} />;
}

interface Lanes {
  readonly services: readonly Service[];
  readonly lines: readonly ChronicleLine[];
  readonly time: number;
  readonly zone: string;
}

function paint(canvas: HTMLCanvasElement, { services, lines, time, zone }: Lanes): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const pen = canvas.getContext("2d");
  if (!pen || width < nameWidth * 2 || services.length === 0) return;
  pen.scale(devicePixelRatio, devicePixelRatio);
  const style = getComputedStyle(canvas);
  const ink = (name: string) => style.getPropertyValue(name);
  const from = time - hourMs;
  const x = (at: number) => nameWidth + ((at - from) / hourMs) * (width - nameWidth - 1);
  const lane = (height - axisHeight) / services.length;
  pen.textBaseline = "middle";
  pen.font = `400 11px ${style.fontFamily}`;
  pen.fillStyle = ink("--ink3");
  pen.textAlign = "center";
  for (let at = Math.ceil(from / (10 * minuteMs)) * 10 * minuteMs; at <= time; at += 10 * minuteMs) {
    const place = Math.round(x(at)) + 0.5;
    line(pen, place, 0, place, height - axisHeight, ink("--line"));
    if (place > nameWidth + 12 && place < width - 14) pen.fillText(minuteText(at, zone), place, height - axisHeight / 2 + 2);
  }
  pen.textAlign = "left";
  for (const [index, service] of services.entries()) {
    const middle = Math.round(lane * (index + 0.5));
    line(pen, nameWidth, middle + 0.5, width, middle + 0.5, ink("--line"));
    pen.font = `400 12px ${style.fontFamily}`;
    pen.fillStyle = ink("--ink2");
    pen.fillText(say(service.title), 0, middle, nameWidth - 6);
    pen.font = `400 11px ${style.fontFamily}`;
    const shown = lines.filter((entry) => entry.service === service.id && entry.t >= from && entry.t <= time);
    const reach = Math.min(6, lane / 2 - 1);
    for (const entry of shown) {
      const place = Math.round(x(entry.t)) + 0.5;
      line(pen, place, middle - reach, place, middle + reach, ink(entry.what === "silent" ? "--cy" : "--ink2"));
    }
    if (shown.length > namedLines || lane < 13) continue;
    let free = width;
    for (const entry of [...shown].reverse()) {
      const text = nameOf(service, entry);
      const place = x(entry.t) + 4;
      const long = pen.measureText(text).width;
      if (place + long < free) {
        pen.fillStyle = ink("--bg1");
        pen.fillRect(place - 2, middle - 7, long + 4, 14);
        pen.fillStyle = ink("--ink2");
        pen.fillText(text, place, middle);
      }
      free = x(entry.t) - 4;
    }
  }
}

function line(pen: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number, color: string): void {
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}
