import { buildGround } from "../../simulator/city/build-ground.ts";
import type { Ground } from "../../simulator/city/ground.ts";
import { toLatLon } from "../../simulator/city/plane.ts";
import type { StreetGraph, StreetLink, StreetNode } from "../../simulator/city/street-graph.ts";
import type { Model } from "../../simulator/model.ts";
import { ground, monday, type World, weatherAt } from "./service-world.ts";

const grounds = new Map<Ground["city"], Ground>();
/** The real ground, built once: the same for every seed. */
export function realGround(city: Ground["city"]): Ground {
  const known = grounds.get(city) ?? buildGround(city, 1);
  grounds.set(city, known);
  return known;
}

export interface GridOptions {
  readonly columns: number;
  readonly rows: number;
  readonly metres?: number;
  readonly lanes?: number;
}
/** Streets in squares: rows run west to east and are the main roads; nodes from the south-west, row by row. */
function gridStreets({ columns, rows, metres = 400, lanes = 2 }: GridOptions): StreetGraph {
  const nodes: StreetNode[] = [];
  const links: StreetLink[] = [];
  const at = (i: number, j: number): number => j * columns + i;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      nodes.push({
        id: `tx-${String(at(i, j) + 1).padStart(4, "0")}`,
        ...toLatLon([(i - (columns - 1) / 2) * metres, (j - (rows - 1) / 2) * metres]),
      });
      const into = (di: number, dj: number, side: StreetLink["side"]): void => {
        const [x, y] = [i + di, j + dj];
        if (x < 0 || y < 0 || x >= columns || y >= rows) return;
        links.push({ from: at(x, y), to: at(i, j), metres, lanes, main: dj === 0, side });
      };
      into(1, 0, "e");
      into(0, 1, "n");
      into(0, -1, "s");
      into(-1, 0, "w");
    }
  }
  return { nodes, links };
}

export const gridGround = (options: GridOptions): Ground => ({ ...ground("small"), streets: gridStreets(options) });

export function streetWorld<State>(model: Model<"traffic", State>, on: Ground, seed = 1, start = monday): World<"traffic", State> {
  const sites = { sites: model.place(on), streets: on.streets };
  return { model, sites, state: model.init(sites, seed, start), env: weatherAt(start), happenings: [] };
}
