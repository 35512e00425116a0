import type { FigureSeries } from "../../../../../shared/city-port.ts";
import type { ScenarioRun } from "../../../../../shared/scenario/scenario-port.ts";
import type { Service } from "../../../../../shared/service.ts";
import { text } from "../../../../../shared/text.ts";
import type { TimeScale } from "./lane-places.ts";

/** The figure that tells of rain, whichever service has it. */
export function rainFigure(services: readonly Service[]): { readonly service: string; readonly figure: string } | undefined {
  for (const { id, panel } of services) {
    const figure = panel.figures.find(({ unit }) => unit === "mm/h");
    if (figure !== undefined) return { service: id, figure: figure.id };
  }
  return undefined;
}

const fiveMinutes = 5 * 60_000;
/**
 * Where the rain of a run so far is asked for, again every fifth minute of the city. The room keeps the figures of the city that lives now: of a run of a
 * city before a reset there are none, and those of now would be another city's at the same hours.
 */
export function rainPath(
  run: Pick<ScenarioRun, "from" | "cityRun">,
  cityRun: string | undefined,
  services: readonly Service[],
  now: number,
): string | undefined {
  const figure = rainFigure(services);
  if (figure === undefined || run.cityRun !== cityRun) return undefined;
  const to = Math.ceil(now / fiveMinutes) * fiveMinutes;
  return `/api/v1/figures?service=${figure.service}&from=${run.from}&to=${Math.max(run.from + 1, to)}`;
}
export const noRain = text("이 도시의 강우 기록은 초기화와 함께 사라졌습니다", "the rain of this city went with its reset");

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
