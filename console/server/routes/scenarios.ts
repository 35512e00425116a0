import { noQuery } from "../../../shared/api.ts";
import {
  checkBody,
  mistakesSchema,
  planAnswer,
  planQuery,
  saveBody,
  scenarioParams,
  scenarioRowSchema,
  scenariosSchema,
  spanQuery,
} from "../../../shared/scenario/scenario-api.ts";
import { largestTextBody } from "../../../shared/scenario/text-size.ts";
import { json, plain, problem, wrongParameters } from "../problem.ts";
import { route } from "../route.ts";
import { withScenarios } from "./with-scenarios.ts";

const yaml = "application/yaml";

export const scenarioRoutes = [
  route({
    method: "get",
    path: "/api/v1/scenarios",
    summary: "What can be played: the product's library and this city's own files, each with its mistakes",
    right: "clock",
    query: noQuery,
    answer: scenariosSchema,
    problems: [404],
    handle: withScenarios(async (_ask, scenarios) => json({ scenarios: await scenarios.scenarios() })),
  }),
  route({
    method: "post",
    path: "/api/v1/scenarios",
    summary: "Keeps a scenario file in the city's own folder; a file with mistakes is not kept",
    right: "inject",
    query: noQuery,
    body: saveBody,
    bodyBytes: largestTextBody,
    answer: scenarioRowSchema,
    problems: [404, 409],
    handle: withScenarios(async ({ body, actor }, scenarios) => {
      const saved = await scenarios.save(body.id, body.text, actor);
      if (saved.ok) return json(saved.value);
      if (typeof saved.reason === "string") return problem(409, saved.reason);
      return wrongParameters(saved.reason.map(({ line, column, message }) => ({ parameter: `text:${line}:${column}`, detail: message })));
    }),
  }),
  route({
    method: "post",
    path: "/api/v1/scenarios/check",
    summary: "All mistakes of a scenario file at once, each with line, column and what was probably meant",
    right: "clock",
    query: noQuery,
    body: checkBody,
    bodyBytes: largestTextBody,
    answer: mistakesSchema,
    problems: [404],
    handle: withScenarios(async ({ body }, scenarios) => json({ mistakes: await scenarios.check(body.text) })),
  }),
  route({
    method: "get",
    path: "/api/v1/scenarios/from-span",
    summary: "What happened in this span, as a scenario file",
    right: "inject",
    query: spanQuery,
    answer: yaml,
    problems: [404, 409],
    handle: withScenarios(async ({ query }, scenarios) => {
      const made = await scenarios.asScenario(query);
      return made.ok ? plain(yaml, made.value) : problem(409, made.reason);
    }),
  }),
  route({
    method: "get",
    path: "/api/v1/scenarios/:id/source",
    summary: "Text of a scenario file",
    right: "clock",
    params: scenarioParams,
    query: noQuery,
    answer: yaml,
    problems: [404],
    handle: withScenarios(async ({ params }, scenarios) => {
      const text = await scenarios.source(params.id);
      return text === undefined ? problem(404, `there is no scenario "${params.id}"`) : plain(yaml, text);
    }),
  }),
  route({
    method: "get",
    path: "/api/v1/scenarios/:id/plan",
    summary: "What will happen if it is started now, or from its own beginning: each step in plain words, with its time and its devices",
    right: "clock",
    params: scenarioParams,
    query: planQuery,
    answer: planAnswer,
    problems: [404, 409],
    handle: withScenarios(async ({ params, query }, scenarios) => {
      if ((await scenarios.source(params.id)) === undefined) return problem(404, `there is no scenario "${params.id}"`);
      const plan = await scenarios.plan(params.id, query.reset === "true");
      return plan.ok ? json({ steps: plan.value }) : problem(409, plan.reason);
    }),
  }),
];
