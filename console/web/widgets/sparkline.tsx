import { theme } from "../app/theme.ts";
import type { Range } from "./figures.ts";
import { shapeOf } from "./spark-shape.ts";
import { type Drawing, useCanvas } from "./use-canvas.ts";

export interface SparklineProps {
  readonly t: readonly number[];
  readonly v: readonly (number | null)[];
  readonly from: number;
  readonly to: number;
  readonly usual: (time: number) => Range;
  /** As in the shape. */
  readonly least?: number;
  readonly stale: boolean;
}

/** The last hour on a scale of its own, over its usual range; holes stay holes. */
export function Sparkline(props: SparklineProps) {
  const { t, v, from, to, stale } = props;
  const canvas = useCanvas((drawing) => paint(drawing, props), [t, v, from, to, stale, theme.value]);
  return <canvas class="spark" ref={canvas} />;
}

function paint({ pen, width, height, ink }: Drawing, { t, v, from, to, usual, least = 0, stale }: SparklineProps): void {
  const shape = shapeOf({ t, v, from, to, usual, least, width, height });
  pen.fillStyle = ink("--band");
  pen.beginPath();
  for (const [x, , high] of shape.band) pen.lineTo(x, high);
  for (const [x, low] of [...shape.band].reverse()) pen.lineTo(x, low);
  pen.fill();
  for (const [x0, x1] of shape.holes) hatch(pen, x0, x1, height, ink("--line2"));
  pen.strokeStyle = ink("--ink");
  pen.lineWidth = 1.4;
  pen.lineJoin = "round";
  for (const line of shape.lines) {
    pen.beginPath();
    for (const [x, y] of line) pen.lineTo(x, y);
    pen.stroke();
  }
  const end = shape.lines.at(-1)?.at(-1);
  if (!end) return;
  pen.beginPath();
  pen.arc(end[0], end[1], 2.4, 0, Math.PI * 2);
  pen.fillStyle = ink("--ink");
  pen.strokeStyle = ink("--cy");
  if (stale) pen.stroke();
  else pen.fill();
}

/** 45° over the full height: nothing was heard here. */
function hatch(pen: CanvasRenderingContext2D, x0: number, x1: number, height: number, color: string): void {
  pen.save();
  pen.beginPath();
  pen.rect(x0, 0, x1 - x0, height);
  pen.clip();
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let x = x0 - height; x < x1; x += 6) {
    pen.moveTo(x, height);
    pen.lineTo(x + height, 0);
  }
  pen.stroke();
  pen.restore();
}
