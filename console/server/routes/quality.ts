import { toString as qrCode } from "qrcode";
import { ledgerQuery, ledgerSchema, noQuery, quarantineQuery, quarantineSchema, screenBody, screenSchema } from "../../../shared/api.ts";
import { json, problem } from "../problem.ts";
import { route } from "../route.ts";

export const qualityRoutes = [
  route({
    method: "get",
    path: "/api/v1/quarantine",
    summary: "What was refused, with the reason in words; newest first",
    right: "read",
    query: quarantineQuery,
    answer: quarantineSchema,
    handle: ({ query, see }, { port }) => {
      const { total, byCode } = port.quarantine({ limit: 1 });
      const items = see.quarantine(query).map((item) => ({ ...item, device: item.device ?? null }));
      return json({ items, total, byCode });
    },
  }),
  route({
    method: "get",
    path: "/api/v1/ledger",
    summary: "received = accepted + duplicate + refused; stored = accepted once pending is 0; in total and per device",
    right: "read",
    query: ledgerQuery,
    answer: ledgerSchema,
    problems: [404],
    handle: ({ query, see }, { port }) => {
      const rows = query.device === undefined ? see.rows() : see.rows().filter((row) => row.id === query.device);
      if (query.device !== undefined && rows.length === 0)
        return problem(404, `device: there is no device "${query.device}" that you can see; /api/v1/devices lists them`);
      const devices = rows.flatMap((row) => {
        const counters = port.deviceLedger(row.id);
        return counters === undefined ? [] : [{ id: row.id, ...counters }];
      });
      return json({ ...port.ledger(), devices });
    },
  }),
  route({
    method: "post",
    path: "/api/v1/screens",
    summary: "A sign-in link for another screen, bound to a role; works once, within 24 hours",
    right: "manage",
    query: noQuery,
    body: screenBody,
    answer: screenSchema,
    status: 201,
    handle: async ({ body, origin }, surface) => {
      const link = `${origin}/sign-in/${surface.link(body.role)}`;
      return json({ link, qr: await qrCode(link, { type: "svg", margin: 2 }) }, 201);
    },
  }),
];
