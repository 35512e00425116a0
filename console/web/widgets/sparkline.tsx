import { useEffect, useRef } from "preact/hooks";
import { theme } from "../app/theme.ts";
import type { Range } from "./figures.ts";
import { type SparkShape, shapeOf } from "./spark-shape.ts";

export interface SparklineProps {
  readonly t: readonly number[];
  readonly v: readonly (number | null)[];
  readonly from: number;
  readonly to: number;
  readonly usual: (time: number) => Range;
  readonly stale: boolean;
}

/** The last hour on a scale of its own, over its usual range; holes stay holes. */
export function Sparkline({ t, v, from, to, usual, stale }: SparklineProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = theme.value;
  useEffect(() => {
    const at = canvas.current;
    if (!at) return;
    const draw = () => {
      const { clientWidth: width, clientHeight: height } = at;
      const ratio = devicePixelRatio;
      at.width = Math.round(width * ratio);
      at.height = Math.round(height * ratio);
      const pen = at.getContext("2d");
      if (!pen || width === 0) return;
      pen.scale(ratio, ratio);
      paint(pen, shapeOf({ t, v, from, to, usual, width, height }), getComputedStyle(at), { height, stale });
    };
    draw();
    const seen = new ResizeObserver(draw);
    seen.observe(at);
    return () => seen.disconnect();
  }, [t, v, from, to, stale, look]);
  return <canvas class="spark" ref={canvas} />;
}

function paint(
  pen: CanvasRenderingContext2D,
  shape: SparkShape,
  style: CSSStyleDeclaration,
  { height, stale }: { height: number; stale: boolean },
): void {
  const ink = (name: string) => style.getPropertyValue(name);
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
