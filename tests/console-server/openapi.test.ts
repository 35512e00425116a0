import { describe, expect, it } from "vitest";
import { z } from "zod";
import { routes } from "../../console/server/routes/table.ts";
import { problemSchema } from "../../shared/api.ts";
import { fillDesk, gauge } from "../support/filled-desk.ts";
import { routeAsks as asks, describedPath, pathOf } from "../support/route-asks.ts";
import { stillNow } from "../support/still-city.ts";
import { openRoom, type StillRoom } from "../support/still-room.ts";

interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: object }[];
  readonly requestBody?: object;
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: { readonly Problem: object } };
}
const documentOf = async ({ ask }: StillRoom): Promise<Document> => (await (await ask("/api/v1/openapi.json")).json()) as Document;
const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({ path, method, operation })));
/** No validator of JSON Schema is installed: zod reads the document's schemas back, and closed objects stay closed. */
const validatorOf = (schema: object): z.ZodType => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

/** Everything has something to tell, so that no schema is satisfied by an empty list. */
async function openTalkingRoom() {
  const room = await openRoom();
  fillDesk(room.city.desk);
  room.city.say(gauge, stillNow - 5000, { level: 2 }, { level: "est" });
  room.city.say("stream-gate-001", stillNow - 5000, { gate: "open", person: true });
  room.city.say("ucare-home-001", stillNow - 5000, { temp: 21.5, away: false });
  room.city.happen({ t: stillNow - 4000, service: "stream", device: gauge, what: "back", x: { minutes: 4, word: "a" } });
  room.city.refuse({ topic: "t", client: "c", device: undefined, code: "json", reason: "r", payload: "{" });
  return room;
}

describe("the OpenAPI document", () => {
  it("is of version 3.1 and describes exactly the routes that there are", async () => {
    const document = await documentOf(await openRoom());
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    const described = operationsOf(document).map(({ path, method }) => `${method} ${path}`);
    expect(described.sort()).toEqual(routes.map((route) => `${route.method} ${describedPath(route)}`).sort());
    expect(Object.keys(asks).sort()).toEqual(described);
    expect(new Set(operationsOf(document).map(({ operation }) => operation.operationId)).size).toBe(routes.length);
  });

  it("names every placeholder of a path as a parameter, says what is required, and leaves nothing unsaid", async () => {
    for (const { path, operation } of operationsOf(await documentOf(await openRoom()))) {
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(placeholders);
      for (const one of operation.parameters) {
        expect(one).toHaveProperty("description");
        expect(one.required).toBe(
          one.in === "path" ||
            one.name === "metric" ||
            (one.name === "service" && /aggregate|figures|last-above/.test(path)) ||
            (path.endsWith("/from-span") && one.name !== "run"),
        );
        expect(Object.keys(one.schema)).not.toEqual([]);
      }
    }
  });

  it("has every answer of a crawl right: status, media type and schema", async () => {
    const room = await openTalkingRoom();
    const document = await documentOf(room);
    for (const { path, method, operation } of operationsOf(document)) {
      const asked = asks[`${method} ${path}`]!;
      // What the ask before did to the desk is undone.
      fillDesk(room.city.desk);
      const response = await room.ask(asked.path ?? pathOf(path), { as: "admin", method: method.toUpperCase(), ...asked });
      const described = operation.responses[response.status];
      expect([path, response.status < 300]).toEqual([path, true]);
      const media = response.headers.get("content-type")!.split(";")[0]!;
      expect([path, described?.content[media]]).not.toEqual([path, undefined]);
      if (media !== "application/json") continue;
      const body = (await response.json()) as object;
      if (/^\/api\/v1\/(alarms|alarm-counts|journal|items|commands|responses|handoffs|advice)$/.test(path) && method === "get")
        expect([
          path,
          Object.values(body)
            .filter(Array.isArray)
            .map((list) => list.length > 0),
        ]).toEqual([path, [true]]);
      const read = validatorOf(described!.content[media]!.schema).safeParse(body);
      expect([path, read.error?.issues]).toEqual([path, undefined]);
    }
  });

  it.each(Object.entries(asks))("knows the refusals of %s: who, what, where, and a city that is away", async (key, { path, body, headers }) => {
    const room = await openRoom();
    fillDesk(room.city.desk);
    const document = await documentOf(room);
    const [method = "", described = ""] = key.split(" ");
    const { responses } = document.paths[described]![method]!;
    const route = routes.find((one) => one.method === method && describedPath(one) === described)!;
    const problem = validatorOf(document.components.schemas.Problem);
    const at = path ?? pathOf(described);
    const withBody = { method: method.toUpperCase(), ...(body ? { body } : {}), ...(headers ? { headers } : {}) };
    const answers = [room.ask(`${at}${at.includes("?") ? "&" : "?"}nonsense=1`, { as: "admin", ...withBody })];
    if (route.right !== undefined) answers.push(room.ask(at, { as: null, ...withBody }));
    if (route.right !== "read") answers.push(room.ask(at, { as: "viewer", ...withBody }));
    if (key.includes("{id}")) answers.push(room.ask(pathOf(described, "nobody"), { as: "admin", ...withBody }));
    if (body) answers.push(room.ask(at, { as: "admin", method: method.toUpperCase(), body: { long: "x".repeat(70_000) } }));
    for (const response of (await Promise.all(answers)).filter(({ status }) => status >= 400)) {
      expect(Object.keys(responses)).toContain(String(response.status));
      expect(problem.safeParse(problemSchema.parse(await response.json())).success).toBe(true);
    }
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(["400", "500", "503"]));
  });

  it("asks for a body only where something must be said", async () => {
    const { paths } = await documentOf(await openRoom());
    const required = (path: string) => (paths[path]?.post?.requestBody as { required: boolean } | undefined)?.required;
    expect(["comment", "acknowledge", "unshelve", "reset"].map((verb) => required(`/api/v1/alarms/{id}/${verb}`))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("would notice a field that the schema does not have", async () => {
    const document = await documentOf(await openRoom());
    const devices = validatorOf(document.paths["/api/v1/devices"]!.get!.responses[200]!.content["application/json"]!.schema);
    expect([devices.safeParse({ devices: [], next: null }).success, devices.safeParse({ devices: [], next: null, more: 1 }).success]).toEqual([
      true,
      false,
    ]);
  });
});
