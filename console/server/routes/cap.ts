import { noQuery } from "../../../shared/api.ts";
import { capParams } from "../../../shared/room-api.ts";
import { plain, problem } from "../problem.ts";
import { route } from "../route.ts";

/** Every address of the public alarm feed begins so. */
export const capPath = "/cap/";

/** Alarms whose rule is marked public, as CAP 1.2. Rules of sensitive services never are. */
export const capRoutes = [
  route({
    method: "get",
    path: `${capPath}feed.atom`,
    summary: "Public alarms as an Atom feed of CAP 1.2 messages; everything simulated has the status Exercise",
    right: "read",
    query: noQuery,
    answer: "application/atom+xml",
    problems: [404],
    handle: (_ask, { port }) => {
      const feed = port.room.cap();
      return feed === undefined ? problem(404, "there is no feed of public alarms yet") : plain("application/atom+xml; charset=utf-8", feed);
    },
  }),
  route({
    method: "get",
    path: `${capPath}:id.xml`,
    summary: "One CAP 1.2 message",
    right: "read",
    params: capParams,
    query: noQuery,
    answer: "application/cap+xml",
    problems: [404],
    handle: ({ params }, { port }) => {
      const message = port.room.cap(params.id);
      if (message !== undefined) return plain("application/cap+xml; charset=utf-8", message);
      return problem(404, `id: there is no message "${params.id}"; ${capPath}feed.atom links them`);
    },
  }),
];
