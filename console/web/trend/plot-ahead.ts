import type { Paper } from "./plot-paper.ts";
import type { PlotPicture } from "./plot-picture.ts";

/** What is expected: dashed from the newest value to where the forecast's limit is passed. It has no spread of its own, so there is no fan. */
export function drawAhead({ context, x, y, ink, right, top }: Paper, { ahead, newest, columns, now }: PlotPicture): void {
  const last = columns.t.at(-1);
  if (ahead === undefined || newest === undefined || last === undefined || ahead.t <= now) return;
  const [endX, endY] = [Math.min(right, x(ahead.t)), y(ahead.value)];
  context.save();
  context.strokeStyle = ink.ink;
  context.lineWidth = 1.4;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(x(Math.min(now, last)), y(newest));
  context.lineTo(endX, endY);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(endX, endY, 3, 0, 2 * Math.PI);
  context.stroke();
  context.fillStyle = ink.ink;
  context.font = `650 11px ${ink.font}`;
  context.textAlign = "right";
  context.fillText(ahead.text, right - 2, Math.max(top + 12, endY - 8));
  context.restore();
}
