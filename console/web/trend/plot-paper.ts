import { timeTicks } from "./axis.ts";
import { eventMarks, qualityRuns } from "./lanes.ts";
import { hatch, type PlotInk } from "./plot-ink.ts";
import type { PlotPicture, PlotWords } from "./plot-picture.ts";

/** The rectangle of the plot and where values stand in it. */
export interface Paper {
  readonly context: CanvasRenderingContext2D;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Width of the whole canvas: the gutter right of the plot takes words. */
  readonly end: number;
  readonly x: (t: number) => number;
  readonly y: (value: number) => number;
  readonly ink: PlotInk;
}
/** Right of the plot there is room for words from this width on. */
const gutterFrom = 60;
export const lineHeight = 15;
/** Height under the plot: two lanes and the axis, or the axis alone. */
export const footOf = (lanes: boolean): number => (lanes ? 74 : 24);

export const write = (paper: Paper, text: string, x: number, y: number, color: string, weight = 400) => {
  paper.context.fillStyle = color;
  paper.context.font = `${weight} 11px ${paper.ink.font}`;
  paper.context.fillText(text, x, y);
};
const clampX = (paper: Paper, t: number) => Math.max(paper.left, Math.min(paper.right, paper.x(t)));

/** Usual band, min-max of the buckets and gaps: what lies under the line. */
export function drawUnder(paper: Paper, picture: PlotPicture, words: PlotWords): void {
  const { context, ink } = paper;
  context.save();
  context.beginPath();
  context.rect(paper.left, paper.top, paper.right - paper.left, paper.bottom - paper.top);
  context.clip();
  drawBand(paper, picture);
  drawHanging(paper, picture);
  drawSpread(paper, picture);
  context.restore();
  let free = paper.left;
  const silence = picture.silence === undefined ? [] : [picture.silence];
  for (const gap of [...picture.gaps, ...silence]) {
    const from = clampX(paper, gap.from);
    const width = Math.max(1, clampX(paper, gap.to) - from);
    if (gap.to < picture.from || gap.from > picture.to) continue;
    const open = gap === picture.silence;
    hatch(context, from, paper.top, width, paper.bottom - paper.top, open ? ink.cy : ink.line2);
    if (open) continue;
    const text = words.gap(gap.to - gap.from);
    context.font = `500 11px ${ink.font}`;
    const room = context.measureText(text).width;
    const at = Math.min(paper.right - room, Math.max(paper.left, from + width / 2 - room / 2));
    if (at < free) continue;
    free = at + room + 8;
    context.fillStyle = ink.bg1;
    context.fillRect(at - 3, paper.top + 2, room + 6, 15);
    context.textAlign = "left";
    write(paper, text, at, paper.top + 13, ink.ink, 500);
  }
}

function drawBand({ context, x, y, ink }: Paper, { band }: PlotPicture): void {
  if (band.length < 2) return;
  context.beginPath();
  for (const point of band) context.lineTo(x(point.t), y(point.high));
  for (const point of [...band].reverse()) context.lineTo(x(point.t), y(point.low));
  context.closePath();
  context.fillStyle = ink.band;
  context.fill();
}

/** The deepest bar takes this share of the height; less than ten of the unit does not fill it. */
const hangShare = 0.4;
const hangLeast = 10;

function drawHanging(paper: Paper, { hanging }: PlotPicture): void {
  const most = Math.max(hangLeast, ...hanging.map((bar) => bar.value));
  const deep = (paper.bottom - paper.top) * hangShare;
  paper.context.fillStyle = paper.ink.nb;
  for (const bar of hanging) {
    if (bar.value <= 0) continue;
    const x = paper.x(bar.from);
    paper.context.fillRect(x, paper.top, Math.max(1, paper.x(bar.to) - x - 0.5), Math.max(1, (bar.value / most) * deep));
  }
}

function drawSpread({ context, x, y, ink }: Paper, { columns }: PlotPicture): void {
  context.fillStyle = ink.ink3;
  context.globalAlpha = 0.35;
  for (let at = 0; at < columns.t.length; at++) {
    const width = columns.width[at] ?? 0;
    const t = columns.t[at] ?? 0;
    if (width === 0) continue;
    const top = y(columns.max[at] ?? 0);
    const height = y(columns.min[at] ?? 0) - top;
    if (height > 1.5) context.fillRect(x(t), top, Math.max(1, x(t + width) - x(t)), height);
  }
  context.globalAlpha = 1;
}

/** Now-line, the end of a silent series and the words in the gutter. */
export function drawOver(paper: Paper, picture: PlotPicture, words: PlotWords): void {
  const { context, ink } = paper;
  drawSilence(paper, picture, words);
  if (paper.end - paper.right > gutterFrom) drawGutter(paper, picture, words);
  const now = Math.round(paper.x(picture.now));
  if (now < paper.left || now > paper.right + 1) return;
  context.fillStyle = ink.ink;
  context.fillRect(now - 0.75, paper.top - 4, 1.5, paper.bottom - paper.top + (picture.lanes ? 52 : 4));
  context.beginPath();
  context.moveTo(now - 5, paper.top - 10);
  context.lineTo(now + 5, paper.top - 10);
  context.lineTo(now, paper.top - 3);
  context.fill();
}

/** Newest value beside the end of the line, the usual range beside its band; the two never cover each other. */
function drawGutter(paper: Paper, { band, newest, columns, silence }: PlotPicture, words: PlotWords): void {
  const x = paper.right + 10;
  const value = columns.t.length === 0 ? undefined : newest;
  const within = (y: number) => Math.max(paper.top + 12, Math.min(paper.bottom - 4, y));
  const valueAt = value === undefined ? undefined : within(paper.y(value) + 4);
  paper.context.textAlign = "left";
  if (value !== undefined && valueAt !== undefined && silence === undefined) write(paper, words.present(value), x, valueAt, paper.ink.ink, 650);
  const end = band.at(-1);
  if (end === undefined) return;
  const [first, second] = words.usual(end);
  let at = within(paper.y((end.low + end.high) / 2) - 3);
  // Below the value, or above it when there is no room below: the words of a silent value take two lines.
  const below = valueAt === undefined ? at : valueAt + (silence === undefined ? 1 : 2) * lineHeight + 4;
  if (valueAt !== undefined && at > valueAt - 2 * lineHeight && at < below)
    at = below + lineHeight < paper.bottom ? below : valueAt - 2 * lineHeight - 6;
  write(paper, first, x, at, paper.ink.ink3);
  write(paper, second, x, at + lineHeight, paper.ink.ink2);
}

function drawSilence(paper: Paper, { silence, newest: value, columns, lanes, now }: PlotPicture, words: PlotWords): void {
  if (silence === undefined || value === undefined || columns.t.length === 0) return;
  const { context, ink } = paper;
  const x = Math.max(paper.left, paper.x(silence.from));
  const y = paper.y(value);
  context.strokeStyle = ink.cy;
  context.setLineDash([2, 3]);
  context.lineWidth = 1.4;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(clampX(paper, silence.to), y);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = ink.bg1;
  context.fill();
  context.stroke();
  if (!lanes || paper.end - paper.right < gutterFrom) return;
  const [first, second] = words.last(value, now - silence.from);
  context.textAlign = "left";
  context.font = `italic 500 11px ${ink.font}`;
  context.fillStyle = ink.cy;
  context.fillText(first, paper.right + 10, y - 2);
  context.fillText(second, paper.right + 10, y + 13);
}

/** Quality lane, event lane and time axis under the plot. */
export function drawFoot(paper: Paper, picture: PlotPicture, words: PlotWords): void {
  const { context, ink } = paper;
  const floor = paper.bottom + (picture.lanes ? 66 : 16);
  for (const tick of timeTicks(picture.from, picture.to, paper.right - paper.left, picture.zone)) {
    const x = Math.round(paper.x(tick.t)) + 0.5;
    context.fillStyle = ink.line;
    context.fillRect(x - 0.5, paper.top, 1, paper.bottom - paper.top);
    context.textAlign = "center";
    if (Math.abs(x - paper.x(picture.now)) > 34) write(paper, tick.text, x, floor, ink.ink3);
  }
  const now = paper.x(picture.now);
  context.textAlign = now > paper.right - 14 ? "right" : "center";
  write(paper, words.now, Math.min(now, paper.right), floor, ink.ink2, 600);
  if (picture.lanes) drawLanes(paper, picture, words);
}

function drawLanes(paper: Paper, picture: PlotPicture, words: PlotWords): void {
  const { context, ink } = paper;
  const quality = paper.bottom + 10;
  context.textAlign = "right";
  write(paper, words.quality, paper.left - 8, quality + 7, ink.ink3);
  write(paper, words.events, paper.left - 8, quality + 29, ink.ink3);
  const first = picture.columns.t[0];
  if (first !== undefined) {
    const from = clampX(paper, first);
    context.fillStyle = ink.nb;
    context.fillRect(from, quality, clampX(paper, picture.now) - from, 6);
  }
  for (const gap of [...picture.gaps, ...(picture.silence === undefined ? [] : [picture.silence])]) {
    const from = clampX(paper, gap.from);
    const width = clampX(paper, gap.to) - from;
    context.clearRect(from, quality, width, 6);
    hatch(context, from, quality, width, 6, gap === picture.silence ? ink.cy : ink.line2, 5);
  }
  for (const run of qualityRuns(picture.columns, picture.reachMs)) {
    const from = clampX(paper, run.from);
    const width = Math.max(2, clampX(paper, run.to) - from);
    if (run.to < picture.from) continue;
    context.clearRect(from, quality, width, 6);
    if (run.mark === "est") hatch(context, from, quality, width, 6, ink.ink2, 3);
    else {
      context.fillStyle = ink.ink;
      context.fillRect(from, quality, width, 6);
    }
  }
  context.font = `400 11px ${ink.font}`;
  const width = (text: string) => context.measureText(text).width;
  const inside = picture.events.filter((line) => line.t >= picture.from && line.t <= picture.to);
  context.textAlign = "left";
  for (const mark of eventMarks(inside, paper.x, { text: words.event, width, end: Math.max(paper.right, paper.end - 4) })) {
    context.fillStyle = ink.ink;
    context.fillRect(Math.round(mark.x) - 1, quality + 18, 2, 12);
    if (mark.label !== undefined && mark.label > paper.left - 4) write(paper, mark.text, mark.label, quality + 29, ink.ink2);
  }
}
