import type { RuleKnowledge } from "../../../shared/alarm.ts";
import {
  deviceAccessSchema,
  deviceBody,
  deviceDetailSchema,
  deviceParams,
  devicesQuery,
  devicesSchema,
  latestQuery,
  latestSchema,
  messagesQuery,
  messagesSchema,
  noQuery,
} from "../../../shared/api.ts";
import type { CityPort, DeviceDetail, DeviceRequest, DeviceRow } from "../../../shared/city-port.ts";
import type { Quality, Value } from "../../../shared/reading.ts";
import type { Service } from "../../../shared/service.ts";
import { type Answer, type InputError, json, problem, wrongParameters } from "../problem.ts";
import { route } from "../route.ts";

/** The same words whether it does not exist or may not be seen. */
export const noDevice = (id: string): Answer => problem(404, `id: there is no device "${id}" that you can see; /api/v1/devices lists them`);

/** Refuses a service that the catalogue does not have. */
export function unknownService(id: string | undefined, catalogue: readonly Service[]): Answer | undefined {
  const errors = serviceErrors(id, catalogue);
  return errors.length === 0 ? undefined : wrongParameters(errors);
}
export function serviceErrors(id: string | undefined, catalogue: readonly Service[]): InputError[] {
  if (id === undefined || catalogue.some((service) => service.id === id)) return [];
  return [{ parameter: "service", detail: `there is no service "${id}"; known are ${catalogue.map((service) => service.id).join(", ")}` }];
}
export function districtErrors(id: string | undefined, port: CityPort): InputError[] {
  const known = port.plan().districts.map((district) => district.id);
  if (id === undefined || known.includes(id)) return [];
  return [{ parameter: "district", detail: `there is no district "${id}"; known are ${known.join(", ")}` }];
}

/** Without the cell number, which means something only beside the epoch of the live feed. */
function rowFacts({ cell: _cell, ...row }: DeviceRow) {
  return row;
}

function detailFacts(device: DeviceDetail, service: Service | undefined, learned: readonly RuleKnowledge[]) {
  const { model, fw, constants, last, counters, boot, cell: _cell, ...row } = device;
  const names = service?.kinds[device.kind]?.metrics ?? [];
  const metrics = Object.fromEntries(names.map((name) => [name, service?.metrics[name]]));
  return { ...row, model: model ?? null, fw: fw ?? null, boot: boot ?? null, constants, metrics, last, counters, learned };
}

function latestOf(device: DeviceDetail) {
  const m: Record<string, Value> = {};
  const q: Record<string, Quality> = {};
  let t = 0;
  for (const [metric, last] of Object.entries(device.last)) {
    m[metric] = last.value;
    if (last.quality !== "good") q[metric] = last.quality;
    t = Math.max(t, last.t);
  }
  return { d: device.id, t, m, q };
}

const encodeCursor = (id: string) => Buffer.from(`after:${id}`).toString("base64url");
function decodeCursor(cursor: string): string | undefined {
  const plain = Buffer.from(cursor, "base64url").toString();
  return plain.startsWith("after:") ? plain.slice(6) : undefined;
}

/** By id, and on from an id: pages stay right while devices come and go. */
const byId = (a: DeviceRow, b: DeviceRow) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const deviceRoutes = [
  route({
    method: "get",
    path: "/api/v1/devices",
    summary: "Devices, sorted by id",
    right: "read",
    query: devicesQuery,
    answer: devicesSchema,
    handle: ({ query, see }, { port, catalogue }) => {
      const errors = [...serviceErrors(query.service, catalogue), ...districtErrors(query.district, port)];
      const after = query.cursor === undefined ? "" : decodeCursor(query.cursor);
      if (after === undefined) errors.push({ parameter: "cursor", detail: "is not one of ours; give `next` of the page before as it is" });
      if (errors.length > 0 || after === undefined) return wrongParameters(errors);
      const rows = see.rows().filter((row) => row.service === (query.service ?? row.service) && row.district === (query.district ?? row.district));
      const rest = rows.filter((row) => row.id > after).sort(byId);
      const page = rest.slice(0, query.limit);
      const last = page.at(-1);
      return json({ devices: page.map(rowFacts), next: rest.length > page.length && last ? encodeCursor(last.id) : null });
    },
  }),
  route({
    method: "post",
    path: "/api/v1/devices",
    summary: "Registers a real device and answers its credential; it lives on the field timeline",
    right: "manage",
    query: noQuery,
    body: deviceBody,
    answer: deviceAccessSchema,
    status: 201,
    problems: [409],
    handle: async ({ body, actor }, { port, catalogue }) => {
      const errors = [...serviceErrors(body.service, catalogue), ...districtErrors(body.district, port)];
      const kinds = Object.keys(catalogue.find((service) => service.id === body.service)?.kinds ?? {});
      if (body.kind !== undefined && kinds.length > 0 && !kinds.includes(body.kind))
        errors.push({ parameter: "kind", detail: `${body.service} has no kind "${body.kind}"; known are ${kinds.join(", ")}` });
      if (errors.length > 0) return wrongParameters(errors);
      const done = await port.register(withoutHoles(body), actor);
      return done.ok ? json(done.value, 201) : problem(409, done.reason);
    },
  }),
  route({
    method: "get",
    path: "/api/v1/devices/:id",
    summary: "One device with metrics, last values, quality and counters",
    right: "read",
    params: deviceParams,
    query: noQuery,
    answer: deviceDetailSchema,
    problems: [404],
    handle: ({ params, see }, { port, catalogue }) => {
      const device = see.row(params.id) && port.device(params.id);
      if (!device) return noDevice(params.id);
      return json(
        detailFacts(
          device,
          catalogue.find((service) => service.id === device.service),
          port.room.learned(device.id),
        ),
      );
    },
  }),
  route({
    method: "get",
    path: "/api/v1/devices/:id/messages",
    summary: "Latest raw messages of a device or gateway, newest first",
    right: "read",
    params: deviceParams,
    query: messagesQuery,
    answer: messagesSchema,
    problems: [404],
    handle: ({ params, query, see }, { port }) =>
      see.speaker(params.id) ? json({ messages: port.recent(params.id, query.limit) }) : noDevice(params.id),
  }),
  route({
    method: "get",
    path: "/api/v1/latest",
    summary: "The newest values of every device",
    right: "read",
    query: latestQuery,
    answer: latestSchema,
    handle: ({ query, see }, { port, catalogue }) => {
      const wrong = unknownService(query.service, catalogue);
      if (wrong) return wrong;
      const rows = see.rows().filter((row) => row.service === (query.service ?? row.service) && row.lastSeen > 0);
      return json({ readings: rows.flatMap((row) => port.device(row.id) ?? []).map(latestOf) });
    },
  }),
];

/** An optional field that is absent stays absent: `undefined` is not a value of the port's types. */
function withoutHoles(body: { service: string; device: string } & { [K in keyof DeviceRequest]?: DeviceRequest[K] | undefined }): DeviceRequest {
  const given = Object.fromEntries(Object.entries(body).filter(([, field]) => field !== undefined));
  return { ...given, service: body.service, device: body.device };
}
