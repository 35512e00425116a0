import type { JournalLine } from "../../../shared/alarm.ts";
import { journalSchema, scoreSchema } from "../../../shared/alarm-answers.ts";
import { journalQuery, scoreQuery } from "../../../shared/room-api.ts";
import { csvOf, iso, wantsCsv } from "../csv.ts";
import { csv, json, wrongParameter } from "../problem.ts";
import { route } from "../route.ts";
import { given } from "./acting.ts";

/** Both clocks in ISO 8601; the columns of a line in its own order. */
function journalCsv(lines: readonly JournalLine[]): string {
  const head = [
    "n",
    "run",
    "timeline",
    "t",
    "at",
    "what",
    "alarm",
    "occurrence",
    "rule",
    "service",
    "device",
    "by",
    "role",
    "before",
    "after",
    "reason",
    "x",
  ];
  return csvOf(
    head,
    lines.map((line) => {
      const { n, run, timeline, what, alarm, occurrence, rule, service, device, by, role, before, after, reason, x } = line;
      const more = x === undefined ? null : JSON.stringify(x);
      return [n, run, timeline, iso(line.t), iso(line.at), what, alarm, occurrence, rule, service, device, by, role, before, after, reason, more];
    }),
  );
}

export const journalRoutes = [
  route({
    method: "get",
    path: "/api/v1/journal",
    summary: "Every transition and action, append-only, oldest first: who, when by both clocks, before, after, and why",
    right: "read",
    query: journalQuery,
    answer: journalSchema,
    also: ["text/csv"],
    handle: ({ query, see, headers }) => {
      const { from, to, after, run, alarm, device, limit, format } = query;
      if (from !== undefined && to !== undefined && from > to) return wrongParameter("from", "must not lie behind `to`");
      const span = { ...given("from", from), ...given("to", to), ...given("after", after) };
      const page = see.room.journal({ ...span, ...given("run", run), ...given("alarm", alarm), ...given("device", device), limit });
      return wantsCsv(format, headers.accept) ? csv(journalCsv(page.lines), "journal.csv") : json(page);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/score",
    summary: "The alarm system judged by ISA-18.2 and EEMUA 191: rates, floods, bad actors, with the time that it covers",
    right: "read",
    query: scoreQuery,
    answer: scoreSchema,
    handle: ({ query, see }) => json(see.room.score(query.hours)),
  }),
];
