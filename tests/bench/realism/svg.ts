/** One line of a picture; values at 0, 1, 2, … */
export interface Curve {
  readonly label: string;
  readonly values: readonly number[];
  /** A real stream is black, what is generated is blue; what lies around it is thin. */
  readonly style: "real" | "ours" | "thin";
}
export interface Picture {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
}

const [width, height, left, bottom, top] = [640, 300, 52, 40, 34];
const strokes = {
  real: 'stroke="#111" stroke-width="2"',
  ours: 'stroke="#1668dc" stroke-width="2"',
  thin: 'stroke="#1668dc" stroke-width="1" stroke-dasharray="3 3"',
};

/** Plain SVG that is readable on white and on black ground. */
export function svgOf({ title, x, y, curves }: Picture): string {
  const known = curves.flatMap(({ values }) => values).filter((value) => Number.isFinite(value));
  const most = Math.max(1e-9, ...known) * 1.05;
  const last = Math.max(1, ...curves.map(({ values }) => values.length - 1));
  const at = (k: number, value: number): string =>
    `${(left + ((width - left - 16) * k) / last).toFixed(1)} ${(height - bottom - ((height - bottom - top) * value) / most).toFixed(1)}`;
  const path = ({ values, style }: Curve): string =>
    `<path fill="none" ${strokes[style]} d="${values.flatMap((value, k) => (Number.isFinite(value) ? [`${k === 0 ? "M" : "L"}${at(k, value)}`] : [])).join("")}"/>`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const [px, py] = at(Math.round(last * share), 0).split(" ");
    const [, level] = at(0, most * share * 0.95).split(" ");
    return (
      `<text x="${px}" y="${Number(py) + 16}" text-anchor="middle">${Math.round(last * share)}</text>` +
      `<text x="${left - 6}" y="${Number(level) + 4}" text-anchor="end">${Number((most * share * 0.95).toPrecision(2))}</text>` +
      `<path stroke="#ddd" d="M${left} ${level}H${width - 16}"/>`
    );
  });
  const keys = curves.map(
    ({ label, style }, k) =>
      `<path ${strokes[style]} d="M${left + 8 + 150 * k} ${top - 8}h18"/><text x="${left + 30 + 150 * k}" y="${top - 4}">${label}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<title>${title}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="14" font-size="13">${title}</text>`,
    ...ticks,
    ...curves.map(path),
    ...keys,
    `<text x="${width / 2}" y="${height - 6}" text-anchor="middle">${x}</text><text x="4" y="${top - 8}">${y}</text>`,
    "</svg>",
    "",
  ].join("\n");
}
