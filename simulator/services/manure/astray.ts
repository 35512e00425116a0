import { lengthOf } from "../../city/plane.ts";
import { astray } from "./parameters.ts";
import { asideOf, partOf, pointAlong } from "./route.ts";
import { isAtTank, type ManureState, type Truck } from "./state.ts";

/** A truck that is marked turns off where its way with a load allows it; otherwise it stays marked for the next. */
export function turnOff(state: ManureState, truck: Truck): void {
  if (truck.phase !== "carrying" || truck.astray !== null) return;
  const { marked } = truck;
  const rest = lengthOf(truck.way) - truck.along;
  if (rest < astray.leastWay) return;
  if (marked.drip > 0) {
    truck.dripping = marked.drip / (rest / (truck.pace / 3.6));
    marked.drip = 0;
  }
  if (marked.dump > 0 && truck.load >= astray.leastLoad) dump(state, truck, rest);
  else if (marked.round !== 0) goRound(truck, rest);
}

/** Aside to a spot that is no allowed place, and back. */
function dump(state: ManureState, truck: Truck, rest: number): void {
  const { marked, way, along } = truck;
  const off = along + astray.from * rest;
  const [from, next] = [pointAlong(way, off), pointAlong(way, off + 50)];
  for (const factor of [1, -1, 1.4, -1.4, 1.8, -1.8]) {
    const spot = asideOf(from, next, factor * marked.aside);
    if (state.tanks.some((tank) => isAtTank(tank, spot, astray.clear))) continue;
    truck.way = [...partOf(way, along, off), spot, ...partOf(way, off, along + rest)];
    truck.along = 0;
    truck.astray = { how: "dump", left: Math.min(marked.dump, truck.load), spotAt: off - along + Math.abs(factor * marked.aside) };
    marked.dump = 0;
    return;
  }
}

/** Beside the closed stretch, and back to the route behind it. */
function goRound(truck: Truck, rest: number): void {
  const { marked, way, along } = truck;
  const [off, back] = [along + astray.from * rest, along + Math.min(0.9 * rest, astray.from * rest + 700)];
  const [from, to] = [pointAlong(way, off), pointAlong(way, back)];
  const corners = [asideOf(from, to, marked.round), asideOf(to, from, -marked.round)];
  truck.way = [...partOf(way, along, off), ...corners, ...partOf(way, back, along + rest)];
  truck.along = 0;
  truck.astray = { how: "detour", left: 0, spotAt: 0 };
  marked.round = 0;
}
