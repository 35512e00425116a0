import type { WorkItem } from "../../../shared/alarm.ts";
import { noQuery } from "../../../shared/api.ts";
import { caseColumns, caseRows } from "../../../shared/case-rows.ts";
import { actedSchema, itemsExportSchema, itemsSchema } from "../../../shared/room-answers.ts";
import { closeItemBody, exportItemsBody, itemParams, itemsQuery, noBody } from "../../../shared/room-api.ts";
import { csvOf, wantsCsv } from "../csv.ts";
import { isoIn } from "../local-iso.ts";
import { csv, json } from "../problem.ts";
import { route } from "../route.ts";
import { act, actingProblems, doneIn, given, refusalOf } from "./acting.ts";

const newestFirst = (a: WorkItem, b: WorkItem) => b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1);

export const itemRoutes = [
  route({
    method: "get",
    path: "/api/v1/items",
    summary: "Cases of enforcement and tasks of the care desk, newest first",
    right: "read",
    query: itemsQuery,
    answer: itemsSchema,
    handle: ({ query, see }) => {
      const own = see.room.items().filter(({ queue }) => queue === (query.queue ?? queue));
      return json({ items: [...own].sort(newestFirst).slice(0, query.limit) });
    },
  }),
  route({
    method: "post",
    path: "/api/v1/items/export",
    summary: "Hands cases to the fining office: marks them as handed over, and answers what the office takes in, as JSON or CSV",
    right: "act",
    query: noQuery,
    body: exportItemsBody,
    answer: itemsExportSchema,
    also: ["text/csv"],
    problems: actingProblems,
    handle: async (ask, surface) => {
      const { items: asked, format, language } = ask.body;
      const done = await doneIn({ do: "export-items", items: asked }, ask, surface);
      if (!done.ok) return refusalOf(done);
      const { left } = done.value;
      const items = ask.see.room.items().filter(({ id }) => asked.includes(id) && !left.some((one) => one.id === id));
      const rows = caseRows(items, language, isoIn(surface.port.plan().zone));
      if (!wantsCsv(format, ask.headers.accept)) return json({ rows, left });
      return csv(
        csvOf(
          caseColumns,
          rows.map((row) => caseColumns.map((column) => row[column])),
        ),
        "cases.csv",
      );
    },
  }),
  route({
    method: "post",
    path: "/api/v1/items/:id/take",
    summary: "Says that one sees to it oneself",
    right: "act",
    params: itemParams,
    query: noQuery,
    body: noBody,
    answer: actedSchema,
    problems: actingProblems,
    handle: (ask, surface) => act({ do: "take-item", item: ask.params.id }, ask, surface),
  }),
  route({
    method: "post",
    path: "/api/v1/items/:id/close",
    summary: "Closes it with what came of it",
    right: "act",
    params: itemParams,
    query: noQuery,
    body: closeItemBody,
    answer: actedSchema,
    problems: actingProblems,
    handle: (ask, surface) => {
      const { result, note } = ask.body;
      return act({ do: "close-item", item: ask.params.id, result, ...given("note", note) }, ask, surface);
    },
  }),
];
