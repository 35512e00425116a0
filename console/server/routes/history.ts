import {
  aggregateQuery,
  aggregateSchema,
  chronicleQuery,
  chronicleSchema,
  deviceParams,
  figuresQuery,
  figuresSchema,
  lastAboveQuery,
  lastAboveSchema,
  seriesQuery,
  seriesSchema,
  spansQuery,
  spansSchema,
} from "../../../shared/api.ts";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Service } from "../../../shared/service.ts";
import { isCrowd } from "../crowd.ts";
import { seriesCsv, wantsCsv } from "../csv.ts";
import { type Answer, csv, json, wrongParameter } from "../problem.ts";
import { route } from "../route.ts";
import { hourMs, nowOf, nowOn, spanOf } from "../time-span.ts";
import { noDevice, unknownService } from "./devices.ts";

function unknownMetric(metric: string, names: readonly string[], owner: string): Answer | undefined {
  if (names.includes(metric)) return undefined;
  return wrongParameter("metric", `${owner} has no metric "${metric}"; known are ${names.join(", ")}`);
}
const metricsOf = (row: DeviceRow, catalogue: readonly Service[]): readonly string[] =>
  catalogue.find((service) => service.id === row.service)?.kinds[row.kind]?.metrics ?? [];

export const historyRoutes = [
  route({
    method: "get",
    path: "/api/v1/devices/:id/series",
    summary: "One metric over time, at most `points` points; gaps stay gaps",
    right: "read",
    params: deviceParams,
    query: seriesQuery,
    answer: seriesSchema,
    also: ["text/csv"],
    problems: [404],
    handle: async ({ params, query, see, headers }, { port, catalogue }) => {
      const row = see.row(params.id);
      if (!row) return noDevice(params.id);
      const wrong = unknownMetric(query.metric, metricsOf(row, catalogue), row.id);
      if (wrong) return wrong;
      const span = spanOf(query, nowOf(port, row), hourMs);
      if (!span.ok) return span.answer;
      const series = await port.series({ device: row.id, metric: query.metric, from: span.from, to: span.to, points: query.points });
      if (!series.ok) return wrongParameter("metric", series.reason);
      if (!wantsCsv(query.format, headers.accept)) return json(series.value);
      return csv(seriesCsv(series.value), `${row.id}-${query.metric}.csv`);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/devices/:id/spans",
    summary: "How long a state or flag held each value",
    right: "read",
    params: deviceParams,
    query: spansQuery,
    answer: spansSchema,
    problems: [404],
    handle: async ({ params, query, see }, { port, catalogue }) => {
      const row = see.row(params.id);
      if (!row) return noDevice(params.id);
      const wrong = unknownMetric(query.metric, metricsOf(row, catalogue), row.id);
      if (wrong) return wrong;
      const span = spanOf(query, nowOf(port, row), 24 * hourMs);
      if (!span.ok) return span.answer;
      const spans = await port.spans({ device: row.id, metric: query.metric, from: span.from, to: span.to });
      return spans.ok ? json({ spans: spans.value }) : wrongParameter("metric", spans.reason);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/aggregate",
    summary: "One metric of a service by hour and district; open for sensitive services too, because it names no device",
    right: "read",
    query: aggregateQuery,
    answer: aggregateSchema,
    handle: async ({ query, see }, { port, catalogue }) => {
      const service = catalogue.find((one) => one.id === query.service);
      if (!service) return unknownService(query.service, catalogue) ?? json({ rows: [] });
      const wrong = unknownMetric(query.metric, Object.keys(service.metrics), service.id);
      if (wrong) return wrong;
      const span = spanOf(query, nowOn(port, "city"), 24 * hourMs);
      if (!span.ok) return span.answer;
      const rows = await port.aggregate({ service: service.id, metric: query.metric, from: span.from, to: span.to });
      if (!rows.ok) return wrongParameter("metric", rows.reason);
      const shown = new Set(see.rows().map((row) => row.id));
      return json({ rows: rows.value.filter(({ district }) => isCrowd(port.devices(), service.id, district, shown)) });
    },
  }),
  route({
    method: "get",
    path: "/api/v1/last-above",
    summary: "When a number was above a bound last, at every device of a service at once; of what the asker may see",
    right: "read",
    query: lastAboveQuery,
    answer: lastAboveSchema,
    handle: async ({ query, see }, { port, catalogue }) => {
      const wrong = unknownService(query.service, catalogue);
      if (wrong) return wrong;
      const span = spanOf(query, nowOn(port, "city"), 24 * hourMs);
      if (!span.ok) return span.answer;
      const { service, metric, above } = query;
      const found = await port.lastAbove({ service, metric, above, from: span.from, to: span.to });
      if (!found.ok) return wrongParameter("metric", found.reason);
      const shown = new Set(see.rows().map((row) => row.id));
      return json({ devices: found.value.filter(({ device }) => shown.has(device)) });
    },
  }),
  route({
    method: "get",
    path: "/api/v1/figures",
    summary: "The figures of a service's tile, per city minute",
    right: "read",
    query: figuresQuery,
    answer: figuresSchema,
    handle: ({ query }, { port, catalogue }) => {
      const wrong = unknownService(query.service, catalogue);
      if (wrong) return wrong;
      const span = spanOf(query, nowOn(port, "city"), hourMs);
      return span.ok ? json({ figures: port.figures(query.service, span.from, span.to) }) : span.answer;
    },
  }),
  route({
    method: "get",
    path: "/api/v1/chronicle",
    summary: "What happened: events of devices, devices falling silent and speaking again",
    right: "read",
    query: chronicleQuery,
    answer: chronicleSchema,
    handle: ({ query, see }, { port, catalogue }) => {
      const wrong = unknownService(query.service, catalogue);
      if (wrong) return wrong;
      const span = spanOf(query, nowOn(port, "city"), 24 * hourMs);
      if (!span.ok) return span.answer;
      const asked = { from: span.from, to: span.to, service: query.service };
      if (query.device === undefined) return json({ lines: see.chronicle({ ...asked, limit: query.limit }) });
      // Lines of other devices must not use up the limit: everything that is kept is looked through.
      const lines = see.chronicle({ ...asked, limit: Number.MAX_SAFE_INTEGER }).filter((line) => line.device === query.device);
      return json({ lines: lines.slice(-query.limit) });
    },
  }),
];
