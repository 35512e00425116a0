import { noQuery } from "../../../shared/api.ts";
import { actedSchema, adviceSchema, commandRowSchema, commandsSchema, responsesSchema } from "../../../shared/room-answers.ts";
import { abortBody, adviceModeBody, commandBody, commandParams, commandsQuery, modeBody, responseParams } from "../../../shared/room-api.ts";
import { json, problem } from "../problem.ts";
import { route } from "../route.ts";
import { act, actingProblems, doneIn, given, refusalOf } from "./acting.ts";

const noCommand = (id: string) => problem(404, `id: there is no command "${id}" that you can see; /api/v1/commands lists them`);

export const commandRoutes = [
  route({
    method: "post",
    path: "/api/v1/commands",
    summary: "Sends a command to a device; answers when it is on its way. Whether the device obeyed, its own readings say later",
    right: "act",
    query: noQuery,
    body: commandBody,
    answer: commandRowSchema,
    status: 201,
    problems: actingProblems,
    handle: async (ask, surface) => {
      const { device, op, args, alarm } = ask.body;
      const done = await doneIn({ do: "command", device, op, args, ...given("alarm", alarm) }, ask, surface);
      if (!done.ok) return refusalOf(done);
      const { command: id } = done.value;
      const command = id === null ? undefined : ask.see.room.command(id);
      return command ? json(command, 201) : problem(409, done.value.left[0]?.reason ?? "the command was not sent");
    },
  }),
  route({
    method: "get",
    path: "/api/v1/commands",
    summary: "Commands and what came of them, newest first",
    right: "read",
    query: commandsQuery,
    answer: commandsSchema,
    handle: ({ query: { device, alarm, limit }, see }) =>
      json({ commands: see.room.commands({ ...given("device", device), ...given("alarm", alarm), limit }) }),
  }),
  route({
    method: "get",
    path: "/api/v1/commands/:id",
    summary: "One command: what was commanded, and what the device last said of itself",
    right: "read",
    params: commandParams,
    query: noQuery,
    answer: commandRowSchema,
    problems: [404],
    handle: ({ params, see }) => {
      const command = see.room.command(params.id);
      return command ? json(command) : noCommand(params.id);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/responses",
    summary: "Automatic responses, their mode, and what is counting down",
    right: "read",
    query: noQuery,
    answer: responsesSchema,
    handle: ({ see }) => json({ responses: see.room.responses() }),
  }),
  route({
    method: "post",
    path: "/api/v1/responses/:id/mode",
    summary: "Sets an automatic response to auto or manual",
    right: "act",
    params: responseParams,
    query: noQuery,
    body: modeBody,
    answer: actedSchema,
    problems: actingProblems,
    handle: (ask, surface) => act({ do: "response-mode", response: ask.params.id, mode: ask.body.mode }, ask, surface),
  }),
  route({
    method: "post",
    path: "/api/v1/responses/:id/abort",
    summary: "Ends a countdown before it fires",
    right: "act",
    params: responseParams,
    query: noQuery,
    body: abortBody,
    answer: actedSchema,
    problems: actingProblems,
    handle: (ask, surface) => {
      const { key, reason } = ask.body;
      return act({ do: "abort", response: ask.params.id, key, ...given("reason", reason) }, ask, surface);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/advice",
    summary: "What the signal adviser proposes for each crossing, and what came of it",
    right: "read",
    query: noQuery,
    answer: adviceSchema,
    handle: ({ see }) => json({ advice: see.room.advice() }),
  }),
  route({
    method: "post",
    path: "/api/v1/advice/mode",
    summary: "Lets the adviser set a signal by itself, or only propose",
    right: "act",
    query: noQuery,
    body: adviceModeBody,
    answer: actedSchema,
    problems: actingProblems,
    handle: (ask, surface) => act({ do: "adviser-mode", device: ask.body.device, mode: ask.body.mode }, ask, surface),
  }),
];
