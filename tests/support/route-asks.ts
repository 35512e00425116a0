import type { Route } from "../../console/server/route.ts";
import { gauge, openAlarm, openCommand, openHandoff, openItem, openResponse } from "./filled-desk.ts";
import { stillNow } from "./still-city.ts";
import { goodSignature } from "./still-desk.ts";
import { stillInjection, stillRun, stillScenario } from "./still-scenarios.ts";

export interface RouteAsk {
  /** Where the path alone does not say it. */
  readonly path?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}
const seen = { occurrence: 1 };

/** A right ask for every route, by method and path as the OpenAPI document writes them; over a filled desk each is done. */
export const routeAsks: Readonly<Record<string, RouteAsk>> = {
  "get /healthz": {},
  "get /metrics": {},
  "get /api/v1/openapi.json": {},
  "get /api/v1/city": {},
  "post /api/v1/clock": { body: { rate: 2 } },
  "get /api/v1/plan": {},
  "get /api/v1/services": {},
  "get /api/v1/devices": { path: "/api/v1/devices?limit=3" },
  "post /api/v1/devices": { body: { service: "stream", device: "ws-real" } },
  "get /api/v1/devices/{id}": {},
  "get /api/v1/devices/{id}/messages": {},
  "get /api/v1/latest": {},
  "get /api/v1/devices/{id}/series": { path: `/api/v1/devices/${gauge}/series?metric=level` },
  "get /api/v1/devices/{id}/spans": { path: "/api/v1/devices/stream-gate-001/spans?metric=gate" },
  "get /api/v1/aggregate": { path: "/api/v1/aggregate?service=ucare&metric=temp" },
  "get /api/v1/last-above": { path: "/api/v1/last-above?service=ucare&metric=act" },
  "get /api/v1/figures": { path: "/api/v1/figures?service=ucare" },
  "get /api/v1/chronicle": {},
  "get /api/v1/quarantine": {},
  "get /api/v1/ledger": {},
  "post /api/v1/screens": { body: { role: "viewer" } },
  "get /api/v1/alarms": { path: "/api/v1/alarms?limit=1" },
  "get /api/v1/alarm-counts": {},
  "post /api/v1/alarms/acknowledge": { body: { alarms: [{ id: openAlarm, ...seen }] } },
  "get /api/v1/alarms/{id}": {},
  "post /api/v1/alarms/{id}/acknowledge": { body: { ...seen, note: "seen" } },
  "post /api/v1/alarms/{id}/shelve": { body: { ...seen, until: stillNow + 3_600_000, reason: "known" } },
  "post /api/v1/alarms/{id}/unshelve": { body: seen },
  "post /api/v1/alarms/{id}/comment": { body: { ...seen, note: "look at the gate" } },
  "post /api/v1/alarms/{id}/assign": { body: { ...seen, to: "박준호" } },
  "post /api/v1/alarms/{id}/out-of-service": { body: { ...seen, order: "W-17" } },
  "post /api/v1/alarms/{id}/in-service": { body: seen },
  "post /api/v1/alarms/{id}/reset": { body: seen },
  "post /api/v1/alarms/{id}/hand-over": { body: { ...seen, to: "disaster" } },
  "get /api/v1/journal": {},
  "get /api/v1/score": {},
  "get /api/v1/items": {},
  "post /api/v1/items/export": { body: { items: [openItem] } },
  "post /api/v1/items/{id}/take": { body: {} },
  "post /api/v1/items/{id}/close": { body: { result: "warned", note: "left" } },
  "post /api/v1/commands": { body: { device: "stream-gate-001", op: "close", alarm: openAlarm } },
  "get /api/v1/commands": {},
  "get /api/v1/commands/{id}": {},
  "get /api/v1/responses": {},
  "post /api/v1/responses/{id}/mode": { body: { mode: "manual" } },
  "post /api/v1/responses/{id}/abort": { body: { key: "k1" } },
  "get /api/v1/handoffs": {},
  "post /api/v1/links/{link}/receipts": { body: { id: openHandoff, state: "dispatched" }, headers: { "webhook-signature": goodSignature } },
  "get /api/v1/advice": {},
  "post /api/v1/advice/mode": { body: { device: null, mode: "auto" } },
  "get /api/v1/scenarios": {},
  "post /api/v1/scenarios": { body: { id: "own", text: "scenario: own" } },
  "post /api/v1/scenarios/check": { body: { text: "scenario: own" } },
  "get /api/v1/scenarios/from-span": { path: `/api/v1/scenarios/from-span?id=saved&from=${stillNow - 60_000}&to=${stillNow}` },
  "get /api/v1/scenarios/{id}/source": {},
  "get /api/v1/scenarios/{id}/plan": {},
  "get /api/v1/runs": {},
  "post /api/v1/runs": { body: { scenario: stillScenario } },
  "get /api/v1/runs/{id}": {},
  "delete /api/v1/runs/{id}": {},
  "post /api/v1/runs/{id}/next-cue": {},
  "get /api/v1/runs/{id}/scorecard": {},
  "get /api/v1/runs/{id}/report": {},
  "get /api/v1/runs/{id}/compare": {},
  "get /api/v1/injections/kinds": {},
  "post /api/v1/injections/preview": { body: { kind: "drift", device: gauge } },
  "post /api/v1/injections": { body: { kind: "drift", device: gauge } },
  "get /api/v1/injections": {},
  "delete /api/v1/injections/{id}": {},
  "get /cap/feed.atom": {},
  "get /cap/{id}.xml": {},
};

const ids: readonly (readonly [start: string, id: string])[] = [
  ["/api/v1/devices/", gauge],
  ["/api/v1/alarms/", openAlarm],
  ["/api/v1/items/", openItem],
  ["/api/v1/commands/", openCommand],
  ["/api/v1/responses/", encodeURIComponent(openResponse)],
  ["/api/v1/links/", "disaster"],
  ["/api/v1/scenarios/", stillScenario],
  ["/api/v1/runs/", stillRun],
  ["/api/v1/injections/", stillInjection],
  ["/cap/", "m1"],
];
/** The path with the id of something that is there, or with another one. */
export function pathOf(described: string, other?: string): string {
  const id = other ?? ids.find(([start]) => described.startsWith(start))?.[1] ?? "";
  return described.replace(/\{\w+\}/, id);
}
/** As the OpenAPI document writes it. */
export const describedPath = ({ path }: Pick<Route, "path">): string => path.replace(/:(\w+)/g, "{$1}");
