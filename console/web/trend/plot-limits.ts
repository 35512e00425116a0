import { type Box, type CurvePoint, nameBox } from "./limit-names.ts";
import { crossed, type Limit } from "./limits.ts";
import { lineHeight, type Paper, write } from "./plot-paper.ts";
import type { PlotPicture, PlotWords } from "./plot-picture.ts";

const dashes: Readonly<Record<Limit["rank"], { dash: number[]; width: number }>> = {
  4: { dash: [1, 5], width: 1 },
  3: { dash: [2, 3], width: 1 },
  2: { dash: [6, 3], width: 1 },
  1: { dash: [], width: 2 },
};

/** What will be drawn of the series, in the canvas's own px. */
function curveOf({ x, y }: Paper, { columns: { t, width, mean, min, max } }: PlotPicture): readonly CurvePoint[] {
  return t.map((from, at) => ({
    ...{ x: x(from + (width[at] ?? 0) / 2), y: y(mean[at] ?? 0) },
    ...{ top: y(max[at] ?? 0), bottom: y(min[at] ?? 0) },
  }));
}

/** Limits: dash ranks them, grey until crossed. Their names keep out of the curve's way. */
export function drawLimits(paper: Paper, picture: PlotPicture, words: PlotWords): void {
  if (picture.limits.length === 0) return;
  const { context, ink } = paper;
  const worst = crossed(picture.limits, picture.columns.mean.at(-1));
  const curve = curveOf(paper, picture);
  const taken: Box[] = [];
  context.font = `400 11px ${ink.font}`;
  for (const limit of picture.limits) {
    const at = Math.round(paper.y(limit.value)) + 0.5;
    if (at < paper.top || at > paper.bottom) continue;
    const isOver = worst !== undefined && limit.value <= worst.value;
    context.beginPath();
    context.setLineDash(dashes[limit.rank].dash);
    context.lineWidth = dashes[limit.rank].width;
    context.strokeStyle = isOver ? ink.tone[limit.rank] : ink.ink3;
    context.moveTo(paper.left, at);
    context.lineTo(paper.right, at);
    context.stroke();
    context.setLineDash([]);
    const name = words.limit(limit);
    const box = nameBox({ at, width: context.measureText(name).width, height: lineHeight - 2, plot: paper, curve, taken });
    if (box === undefined) continue;
    taken.push(box);
    context.textAlign = "left";
    write(paper, name, box.left, box.bottom - 3, ink.ink2);
  }
}
