import { citySchema, healthSchema, noQuery, planSchema, servicesSchema } from "../../../shared/api.ts";
import type { CityPort } from "../../../shared/city-port.ts";
import { type CityClock, type ClockAction, clockActionSchema } from "../../../shared/clock.ts";
import { type Result, refuse } from "../../../shared/result.ts";
import type { Actor } from "../../../shared/roles.ts";
import { json, plain, problem } from "../problem.ts";
import { route } from "../route.ts";
import { nowOn } from "../time-span.ts";

function cityFacts(port: CityPort) {
  const clock = port.clock();
  const time = nowOn(port, "city");
  return {
    city: clock?.city ?? port.plan().id,
    seed: clock?.seed ?? null,
    run: clock?.run ?? null,
    time,
    mark: clock?.mark ?? time,
    rate: clock?.rate ?? 1,
    asked: clock === undefined ? 1 : clock.asked,
    paused: clock?.paused ?? false,
    phase: clock?.phase ?? null,
    start: clock?.start ?? null,
    simulated: clock !== undefined,
  };
}

/** A flood of alarms is work for people and no fault of the program: it is told, and changes no status. */
function alarmHealth(port: CityPort): { status: "ok"; text: string } {
  const { since, lastTenMinutes } = port.room.flood();
  const recent = `${lastTenMinutes} within 10 minutes`;
  return { status: "ok", text: since === null ? `no flood, ${recent}` : `flood since ${new Date(since).toISOString()}, ${recent}` };
}

/** Time runs forward; the only way back is a new run. */
export async function askClock(port: CityPort, action: ClockAction, by: Actor): Promise<Result<CityClock>> {
  const clock = port.clock();
  if (clock === undefined) return refuse("there is no simulator: the field's time is the wall clock and cannot be set");
  if ("jumpTo" in action && action.jumpTo <= clock.head)
    return refuse(`the city is already at ${new Date(clock.head).toISOString()}; going back is only possible with {"reset":{}}`);
  return port.act(action, by);
}

export const cityRoutes = [
  route({
    method: "get",
    path: "/healthz",
    summary: "Whether the parts work; 503 when the city is down",
    right: undefined,
    query: noQuery,
    answer: healthSchema,
    problems: [503],
    handle: (_ask, { port }) => {
      const { status, parts } = port.health();
      return json({ status, parts: { ...parts, alarms: alarmHealth(port) } }, status === "down" ? 503 : 200);
    },
  }),
  route({
    method: "get",
    path: "/metrics",
    summary: "Counters in Prometheus text format",
    right: "read",
    query: noQuery,
    answer: "text/plain",
    handle: async (_ask, surface) => {
      const { type, text } = await surface.metrics();
      return plain(type, text);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/openapi.json",
    summary: "This description",
    right: "read",
    query: noQuery,
    answer: "application/json",
    handle: (_ask, surface) => json(surface.openApi()),
  }),
  route({
    method: "get",
    path: "/api/v1/city",
    summary: "The city and its clock",
    right: "read",
    query: noQuery,
    answer: citySchema,
    handle: (_ask, { port }) => json(cityFacts(port)),
  }),
  route({
    method: "post",
    path: "/api/v1/clock",
    summary: "Rate, pause, jump forward, step, reset; answers when it has taken effect",
    right: "clock",
    query: noQuery,
    body: clockActionSchema,
    answer: citySchema,
    problems: [409],
    handle: async ({ body, actor }, { port }) => {
      const done = await askClock(port, body, actor);
      return done.ok ? json(cityFacts(port)) : problem(409, done.reason);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/plan",
    summary: "The map's base: districts, roads, stream, hills (GeoJSON), without any device",
    right: "read",
    query: noQuery,
    answer: planSchema,
    keepSeconds: 300,
    handle: (_ask, { port }) => json(port.plan()),
  }),
  route({
    method: "get",
    path: "/api/v1/services",
    summary: "The catalogue: metrics with units and ranges, kinds of device, events, figures",
    right: "read",
    query: noQuery,
    answer: servicesSchema,
    // Formulas are code and stay here; their source goes out as text.
    handle: (_ask, { catalogue }) =>
      json({ services: catalogue.map((service) => ({ ...service, derived: service.derived.map(({ value: _formula, ...rest }) => rest) })) }),
  }),
];
