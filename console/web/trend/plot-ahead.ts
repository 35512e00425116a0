import type { Paper } from "./plot-paper.ts";
import type { Ahead, AheadMark, PlotPicture } from "./plot-picture.ts";

/** Share of ink in the fan, and what a box needs. */
const fanInk = 0.14;
const inset = 8;
const lineHeight = 15;

/** Where the forecast's errors would put it, as far as they are known. */
function drawFan({ context, x, y, ink }: Paper, { course }: Ahead): void {
  const known = course.flatMap(({ t, low, high }) => (low === undefined || high === undefined ? [] : [{ t, low, high }]));
  if (known.length < 2) return;
  context.beginPath();
  for (const point of known) context.lineTo(x(point.t), y(point.high));
  for (const point of [...known].reverse()) context.lineTo(x(point.t), y(point.low));
  context.closePath();
  context.globalAlpha = fanInk;
  context.fillStyle = ink.ink;
  context.fill();
  context.globalAlpha = 1;
}

/** The limit that is expected, in a box beside the place where it is passed; it stands where there is room. */
function drawMark(paper: Paper, mark: AheadMark): void {
  const { context, ink } = paper;
  const [atX, atY] = [Math.min(paper.right, paper.x(mark.t)), paper.y(mark.value)];
  context.beginPath();
  context.arc(atX, atY, 3.5, 0, 2 * Math.PI);
  context.fillStyle = ink.bg1;
  context.fill();
  context.stroke();
  const fonts = [`650 12px ${ink.font}`, ...mark.lines.map(() => `400 11px ${ink.font}`)];
  const texts = [mark.title, ...mark.lines];
  let wide = 0;
  for (const [line, text] of texts.entries()) {
    context.font = fonts[line] ?? "";
    wide = Math.max(wide, context.measureText(text).width);
  }
  wide += 2 * inset;
  const high = texts.length * lineHeight + inset;
  const left = Math.max(paper.left, Math.min(atX + 10, paper.right - wide));
  // Below the line, which rises towards the limit; above it when the floor is too near.
  const below = atY + 14;
  const top = below + high <= paper.bottom - 2 ? below : Math.max(paper.top, atY - 14 - high);
  context.lineWidth = 1;
  context.fillStyle = ink.bg2;
  context.fillRect(left, top, wide, high);
  context.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(wide), high);
  context.textAlign = "left";
  for (const [line, text] of texts.entries()) {
    context.font = fonts[line] ?? "";
    context.fillStyle = line === 0 ? ink.ink : ink.ink2;
    context.fillText(text, left + inset, top + inset + 8 + line * lineHeight);
  }
}

/** What is expected, right of now: a dashed course, its fan where there is one, and the limit that comes next. */
export function drawAhead(paper: Paper, { ahead, now }: PlotPicture): void {
  if (ahead === undefined) return;
  const { context, x, y, ink } = paper;
  context.save();
  context.strokeStyle = ink.ink;
  context.save();
  context.beginPath();
  context.rect(x(now), paper.top, paper.right - x(now), paper.bottom - paper.top);
  context.clip();
  drawFan(paper, ahead);
  context.lineWidth = 1.4;
  context.setLineDash([5, 4]);
  context.beginPath();
  for (const point of ahead.course) context.lineTo(x(point.t), y(point.value));
  context.stroke();
  context.restore();
  if (ahead.mark !== undefined) drawMark(paper, ahead.mark);
  context.restore();
}
