import type { FigureSeries } from "../../../../../shared/city-port.ts";
import type { Service } from "../../../../../shared/service.ts";
import type { TimeScale } from "./lane-places.ts";

/** The figure that tells of rain, whichever service has it. */
export function rainFigure(services: readonly Service[]): { readonly service: string; readonly figure: string } | undefined {
  for (const { id, panel } of services) {
    const figure = panel.figures.find(({ unit }) => unit === "mm/h");
    if (figure !== undefined) return { service: id, figure: figure.id };
  }
  return undefined;
}

export interface RainCurve {
  /** Lines between holes, px. */
  readonly lines: readonly (readonly (readonly [number, number])[])[];
  readonly highest: number;
}
/** Rain up to now. The scale holds a heavy shower, and more when there is more. */
export function rainCurve({ t, v }: Pick<FigureSeries, "t" | "v">, scale: TimeScale, top: number, bottom: number): RainCurve {
  const known = t.flatMap((at, n) => {
    const value = v[n];
    return typeof value === "number" && at >= scale.from && at <= scale.to ? [value] : [];
  });
  const highest = Math.max(20, ...known);
  const lines: [number, number][][] = [];
  let broken = true;
  for (const [n, at] of t.entries()) {
    const value = v[n];
    if (at < scale.from || at > scale.to) continue;
    if (typeof value !== "number") {
      broken = true;
      continue;
    }
    if (broken) lines.push([]);
    broken = false;
    lines.at(-1)?.push([scale.x(at), bottom - (value / highest) * (bottom - top)]);
  }
  return { lines, highest };
}
export const pathOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], n) => `${n === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
