import { noQuery } from "../../../shared/api.ts";
import { type ReceiptRefusal, receiptBodySchema } from "../../../shared/receipt.ts";
import { handoffsSchema, receiptSchema } from "../../../shared/room-answers.ts";
import { handoffsQuery, linkParams } from "../../../shared/room-api.ts";
import { json, problem } from "../problem.ts";
import { route } from "../route.ts";
import { given } from "./acting.ts";

const statusOf: Readonly<Record<ReceiptRefusal["code"], number>> = { signature: 401, unknown: 404, shape: 400, away: 503 };

export const linkRoutes = [
  route({
    method: "get",
    path: "/api/v1/handoffs",
    summary: "Hand-overs to the five links and what the other side said, newest first",
    right: "read",
    query: handoffsQuery,
    answer: handoffsSchema,
    handle: ({ query: { alarm, limit }, see }) => json({ handoffs: see.room.handoffs({ ...given("alarm", alarm), limit }) }),
  }),
  route({
    method: "post",
    path: "/api/v1/links/:link/receipts",
    summary:
      "The other side of a link says what became of a hand-over; its signature (Standard Webhooks, over the bytes of the body) says whose it is",
    // Whoever is on the other side has no account here: the signature is what lets him in.
    right: undefined,
    params: linkParams,
    query: noQuery,
    body: receiptBodySchema,
    answer: receiptSchema,
    problems: [401, 404],
    handle: async ({ params, headers, raw }, { port }) => {
      const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
      const done = await port.room.receipt(params.link, { headers: named, body: raw });
      // The other side learns no more than that it was heard: where it happened, it was told already.
      return done.ok ? json({ id: done.value.id, state: done.value.state }) : problem(statusOf[done.reason.code], done.reason.reason);
    },
  }),
];
