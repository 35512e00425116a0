import { noQuery } from "../../../shared/api.ts";
import { prefixIn } from "../../../shared/scenario/injection.ts";
import {
  clearedInjectionsSchema,
  clearQuery,
  type InjectBody,
  injectBody,
  injectionParams,
  injectionsSchema,
  kindsSchema,
  previewSchema,
  requestIn,
} from "../../../shared/scenario/scenario-api.ts";
import type { ScenarioPort } from "../../../shared/scenario/scenario-port.ts";
import { json, problem, wrongParameters } from "../problem.ts";
import { route } from "../route.ts";
import { withScenarios } from "./with-scenarios.ts";

const asked = (body: InjectBody, scenarios: ScenarioPort): ReturnType<typeof requestIn> =>
  requestIn(
    body,
    scenarios.kinds().map(({ id }) => id),
  );

export const injectionRoutes = [
  route({
    method: "get",
    path: "/api/v1/injections/kinds",
    summary: "Everything that can be injected, with its arguments and what it can strike",
    right: "inject",
    query: noQuery,
    answer: kindsSchema,
    problems: [404],
    handle: withScenarios((_ask, scenarios) => json({ kinds: scenarios.kinds() })),
  }),
  route({
    method: "post",
    path: "/api/v1/injections/preview",
    summary: "What would happen, in plain words; nothing is done",
    right: "inject",
    query: noQuery,
    body: injectBody,
    answer: previewSchema,
    problems: [404],
    handle: withScenarios(({ body }, scenarios) => {
      const request = asked(body, scenarios);
      if (!request.ok) return wrongParameters([request.reason]);
      const told = scenarios.preview(request.value);
      return told.ok ? json(told.value) : problem(400, told.reason);
    }),
  }),
  route({
    method: "post",
    path: "/api/v1/injections",
    summary: "Strikes devices of the simulated city, from its next second on",
    right: "inject",
    query: noQuery,
    body: injectBody,
    answer: injectionsSchema,
    status: 201,
    problems: [404, 409],
    handle: withScenarios(async ({ body, actor }, scenarios) => {
      const request = asked(body, scenarios);
      if (!request.ok) return wrongParameters([request.reason]);
      const told = scenarios.preview(request.value);
      if (!told.ok) return problem(400, told.reason);
      const done = await scenarios.inject(request.value, actor);
      return done.ok ? json({ injections: done.value }, 201) : problem(409, done.reason);
    }),
  }),
  route({
    method: "get",
    path: "/api/v1/injections",
    summary: "What is injected: what waits, what goes on, what is over",
    right: "inject",
    query: noQuery,
    answer: injectionsSchema,
    problems: [404],
    handle: withScenarios((_ask, scenarios) => json({ injections: scenarios.injections() })),
  }),
  route({
    method: "delete",
    path: "/api/v1/injections/:id",
    summary: "Ends an injection, or with `all` every one that people have asked for; those of a story too where `story` is `take`",
    right: "inject",
    params: injectionParams,
    query: clearQuery,
    answer: clearedInjectionsSchema,
    problems: [404, 409],
    handle: withScenarios(async ({ params, query, actor }, scenarios) => {
      const isAll = params.id === "all";
      const named = scenarios.injections().filter(({ id, state }) => (isAll ? state === "waits" || state === "active" : id === params.id));
      // a story whose power cut somebody else has ended is another story
      const known = named.filter(({ id }) => !isAll || query.story === "take" || prefixIn(id) === undefined);
      const staying = named.length - known.length;
      if (known.length === 0) return isAll ? json({ injections: [], staying }) : problem(404, `there is no injection "${params.id}"`);
      const done = await scenarios.clear(
        known.map(({ id }) => id),
        actor,
      );
      return done.ok ? json({ injections: done.value, staying }) : problem(409, done.reason);
    }),
  }),
];
