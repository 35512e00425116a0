import { noQuery } from "../../../shared/api.ts";
import {
  comparisonSchema,
  reportQuery,
  runParams,
  runSchema,
  runsSchema,
  scorecardSchema,
  startBody,
} from "../../../shared/scenario/scenario-api.ts";
import { runGoesOn, type ScenarioRun } from "../../../shared/scenario/scenario-port.ts";
import { json, plain, problem } from "../problem.ts";
import { route } from "../route.ts";
import { withScenarios } from "./with-scenarios.ts";

const noRun = (id: string) => problem(404, `there is no run "${id}"`);
/** What came of it is not told: a drill that goes on, or a run that a restart has cut off. */
const untold = ({ id, state, reason }: ScenarioRun) =>
  problem(
    409,
    runGoesOn(state) ? `the run "${id}" is a drill: its truth is hidden until it ends` : `of the run "${id}" nothing is known any more: ${reason}`,
  );

export const runRoutes = [
  route({
    method: "get",
    path: "/api/v1/runs",
    summary: "Runs of scenarios in this city, the newest first",
    right: "clock",
    query: noQuery,
    answer: runsSchema,
    problems: [404],
    handle: withScenarios((_ask, scenarios) => json({ runs: scenarios.runs() })),
  }),
  route({
    method: "post",
    path: "/api/v1/runs",
    summary: "Starts a scenario of the library or of the city's own folder",
    right: "clock",
    query: noQuery,
    body: startBody,
    answer: runSchema,
    status: 201,
    problems: [404, 409],
    handle: withScenarios(async ({ body, actor }, scenarios) => {
      if ((await scenarios.source(body.scenario)) === undefined) return problem(404, `there is no scenario "${body.scenario}"`);
      const started = await scenarios.start(body, actor);
      return started.ok ? json(started.value, 201) : problem(409, started.reason);
    }),
  }),
  route({
    method: "get",
    path: "/api/v1/runs/:id",
    summary: "One run: its steps, what is true, what was expected and what came of it; in a drill hidden until it ends",
    right: "clock",
    params: runParams,
    query: noQuery,
    answer: runSchema,
    problems: [404],
    handle: withScenarios(({ params }, scenarios) => {
      const run = scenarios.run(params.id);
      return run === undefined ? noRun(params.id) : json(run);
    }),
  }),
  route({
    method: "delete",
    path: "/api/v1/runs/:id",
    summary: "Stops a run and ends its injections; what came of it stays",
    right: "clock",
    params: runParams,
    query: noQuery,
    answer: runSchema,
    problems: [404, 409],
    handle: withScenarios(async ({ params, actor }, scenarios) => {
      if (scenarios.run(params.id) === undefined) return noRun(params.id);
      const stopped = await scenarios.stop(params.id, actor);
      return stopped.ok ? json(stopped.value) : problem(409, stopped.reason);
    }),
  }),
  route({
    method: "post",
    path: "/api/v1/runs/:id/next-cue",
    summary:
      "Forward to the next cue at the highest rate, or to where a countdown of a response begins before it, where the city stands still; answers when it is there",
    right: "clock",
    params: runParams,
    query: noQuery,
    answer: runSchema,
    problems: [404, 409],
    handle: withScenarios(async ({ params, actor }, scenarios) => {
      if (scenarios.run(params.id) === undefined) return noRun(params.id);
      const moved = await scenarios.nextCue(params.id, actor);
      return moved.ok ? json(moved.value) : problem(409, moved.reason);
    }),
  }),
  route({
    method: "get",
    path: "/api/v1/runs/:id/scorecard",
    summary: "The room judged by what was true: found and missed, delays, false alarms, confusion; in a drill 409 until it ends",
    right: "inject",
    params: runParams,
    query: noQuery,
    answer: scorecardSchema,
    problems: [404, 409],
    handle: withScenarios(({ params }, scenarios) => {
      const run = scenarios.run(params.id);
      if (run === undefined) return noRun(params.id);
      const card = scenarios.scorecard(params.id);
      return card === undefined ? untold(run) : json(card);
    }),
  }),
  route({
    method: "get",
    path: "/api/v1/runs/:id/report",
    summary: "The run as one page with plots, or as JUnit XML",
    right: "inject",
    params: runParams,
    query: reportQuery,
    answer: "text/html",
    also: ["application/xml"],
    problems: [404, 409],
    handle: withScenarios(async ({ params, query }, scenarios) => {
      const run = scenarios.run(params.id);
      if (run === undefined) return noRun(params.id);
      const report = await scenarios.report(params.id, query.format);
      return report === undefined ? untold(run) : plain(query.format === "html" ? "text/html" : "application/xml", report);
    }),
  }),
  route({
    method: "get",
    path: "/api/v1/runs/:id/compare",
    summary: "The same time without what people and responses did, beside how it was; 409 as long as the run's `noTwin` says why not",
    right: "clock",
    params: runParams,
    query: noQuery,
    answer: comparisonSchema,
    problems: [404, 409],
    handle: withScenarios(async ({ params }, scenarios) => {
      if (scenarios.run(params.id) === undefined) return noRun(params.id);
      const compared = await scenarios.compare(params.id);
      return compared.ok ? json(compared.value) : problem(409, compared.reason);
    }),
  }),
];
