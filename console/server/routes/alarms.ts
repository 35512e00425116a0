import type { Alarm } from "../../../shared/alarm.ts";
import { alarmCountsSchema, alarmDetailRowSchema, alarmsSchema } from "../../../shared/alarm-answers.ts";
import { noQuery } from "../../../shared/api.ts";
import type { RoomAction } from "../../../shared/room-action.ts";
import { actedSchema } from "../../../shared/room-answers.ts";
import {
  acknowledgeBody,
  acknowledgeManyBody,
  alarmParams,
  alarmsQuery,
  assignBody,
  commentBody,
  handOverBody,
  outOfServiceBody,
  reasonBody,
  resetBody,
  shelveBody,
} from "../../../shared/room-api.ts";
import { noAlarm } from "../act-in-room.ts";
import { alarmCounts } from "../alarm-counts.ts";
import { alarmPage } from "../alarm-order.ts";
import { type Answer, json, problem, wrongParameters } from "../problem.ts";
import { type Ask, route, type Surface } from "../route.ts";
import { act, actingProblems, given } from "./acting.ts";
import { districtErrors, serviceErrors } from "./devices.ts";

const rowOf = <A extends Alarm>(alarm: A) => ({ ...alarm, shelvedUntil: alarm.shelved?.until ?? null });

interface Named {
  readonly id: string;
}
interface Seen {
  readonly occurrence?: number | undefined;
  readonly run?: string | undefined;
}
/** What a person does to one alarm: only to the occurrence that he saw, when he says which. */
function actOn(action: RoomAction, ask: Ask<Named, unknown, Seen>, surface: Surface): Answer | Promise<Answer> {
  const alarm = ask.see.room.alarm(ask.params.id);
  if (alarm === undefined) return problem(404, noAlarm(ask.params.id));
  const { occurrence, run } = ask.body;
  if (run !== undefined && run !== alarm.run) return problem(409, `run: it is an alarm of run ${alarm.run} now, not of ${run}; look at it again`);
  if (occurrence === undefined || occurrence === alarm.occurrence) return act(action, ask, surface);
  return problem(409, `occurrence: the alarm is at occurrence ${alarm.occurrence} now, not at ${occurrence}; look at it again`);
}

const acting = {
  method: "post",
  right: "act",
  params: alarmParams,
  query: noQuery,
  answer: actedSchema,
  problems: actingProblems,
} as const;

export const alarmRoutes = [
  route({
    method: "get",
    path: "/api/v1/alarms",
    summary: "Alarms that are in a list, most urgent first: everything that is not normal, and what is shelved, suppressed or out of service",
    right: "read",
    query: alarmsQuery,
    answer: alarmsSchema,
    handle: ({ query, see }, { port, catalogue }) => {
      const errors = [...serviceErrors(query.service, catalogue), ...districtErrors(query.district, port)];
      const own = see.room
        .alarms()
        .filter(
          (alarm) =>
            (query.state === undefined || query.state.includes(alarm.state)) &&
            alarm.service === (query.service ?? alarm.service) &&
            alarm.class === (query.class ?? alarm.class) &&
            alarm.district === (query.district ?? alarm.district) &&
            alarm.device === (query.device ?? alarm.device),
        );
      const page = alarmPage(own, query.limit, query.cursor);
      if (page === undefined) errors.push({ parameter: "cursor", detail: "is not one of ours; give `cursor` of the page before as it is" });
      if (errors.length > 0 || page === undefined) return wrongParameters(errors);
      return json({ alarms: page.alarms.map(rowOf), cursor: page.cursor });
    },
  }),
  route({
    method: "get",
    path: "/api/v1/alarm-counts",
    summary:
      "Alarms by service, district, class and priority; of sensitive services too where a district hides each home, because it names no device",
    right: "read",
    query: noQuery,
    answer: alarmCountsSchema,
    handle: ({ see }, { port }) => json({ counts: alarmCounts(port, see) }),
  }),
  route({
    method: "post",
    path: "/api/v1/alarms/acknowledge",
    summary: "Acknowledges several alarms at once, each only in the occurrence that was seen; the answer says which were left, and why",
    right: "act",
    query: noQuery,
    body: acknowledgeManyBody,
    answer: actedSchema,
    problems: actingProblems,
    handle: (ask, surface) => act({ do: "acknowledge", alarms: ask.body.alarms, ...given("note", ask.body.note) }, ask, surface),
  }),
  route({
    method: "get",
    path: "/api/v1/alarms/:id",
    summary: "One alarm, also when it is normal again: why, evidence, notes and its newest journal lines",
    right: "read",
    params: alarmParams,
    query: noQuery,
    answer: alarmDetailRowSchema,
    problems: [404],
    handle: ({ params, see }) => {
      const alarm = see.room.alarm(params.id);
      return alarm ? json(rowOf(alarm)) : problem(404, noAlarm(params.id));
    },
  }),
  route({
    ...acting,
    path: "/api/v1/alarms/:id/acknowledge",
    summary: "Acknowledges the occurrence that was seen",
    body: acknowledgeBody,
    handle: (ask, surface) => {
      const { occurrence, run, note } = ask.body;
      return actOn({ do: "acknowledge", alarms: [{ id: ask.params.id, occurrence, ...given("run", run) }], ...given("note", note) }, ask, surface);
    },
  }),
  route({
    ...acting,
    path: "/api/v1/alarms/:id/shelve",
    summary: "Puts it aside for a time, with a reason; it returns by itself",
    body: shelveBody,
    handle: (ask, surface) => {
      const { occurrence, until, reason, once } = ask.body;
      return actOn({ do: "shelve", alarm: ask.params.id, until, reason, once, ...given("occurrence", occurrence) }, ask, surface);
    },
  }),
  route({
    ...acting,
    path: "/api/v1/alarms/:id/unshelve",
    summary: "Takes it back before its time",
    body: reasonBody,
    handle: (ask, surface) => actOn({ do: "unshelve", alarm: ask.params.id, ...given("reason", ask.body.reason) }, ask, surface),
  }),
  route({
    ...acting,
    path: "/api/v1/alarms/:id/comment",
    summary: "Adds a note for whoever looks at it later",
    body: commentBody,
    handle: (ask, surface) => actOn({ do: "comment", alarm: ask.params.id, note: ask.body.note }, ask, surface),
  }),
  route({
    ...acting,
    path: "/api/v1/alarms/:id/assign",
    summary: "Says who sees to it",
    body: assignBody,
    handle: (ask, surface) => actOn({ do: "assign", alarm: ask.params.id, to: ask.body.to }, ask, surface),
  }),
  route({
    ...acting,
    right: "supervise",
    path: "/api/v1/alarms/:id/out-of-service",
    summary: "Takes it out of service under a work order, until somebody puts it back",
    body: outOfServiceBody,
    handle: (ask, surface) => {
      const { order, reason } = ask.body;
      return actOn({ do: "out-of-service", alarm: ask.params.id, order, ...given("reason", reason) }, ask, surface);
    },
  }),
  route({
    ...acting,
    right: "supervise",
    path: "/api/v1/alarms/:id/in-service",
    summary: "Puts it back into service",
    body: reasonBody,
    handle: (ask, surface) => actOn({ do: "in-service", alarm: ask.params.id, ...given("reason", ask.body.reason) }, ask, surface),
  }),
  route({
    ...acting,
    path: "/api/v1/alarms/:id/reset",
    summary: "Ends a latched alarm; refused while its condition holds",
    body: resetBody,
    handle: (ask, surface) => actOn({ do: "reset", alarm: ask.params.id, ...given("occurrence", ask.body.occurrence) }, ask, surface),
  }),
  route({
    ...acting,
    path: "/api/v1/alarms/:id/hand-over",
    summary: "Hands it over to one of the links; /api/v1/handoffs tells what came of it",
    body: handOverBody,
    handle: (ask, surface) => {
      const { to, note } = ask.body;
      return actOn({ do: "hand-over", alarm: ask.params.id, to, ...given("note", note) }, ask, surface);
    },
  }),
];
