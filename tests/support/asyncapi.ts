import { z } from "zod";
import { alarmSchema } from "../../shared/alarm-answers.ts";
import { clockAnswerSchema, clockAskSchema, clockSchema } from "../../shared/clock.ts";
import { ackSchema, commandSchema } from "../../shared/command.ts";
import { eventSchema, metaSchema, readingSchema, stateSchema } from "../../shared/reading.ts";
import type { EventField, Metric, Service } from "../../shared/service.ts";
import { alarmTopic, clockAckTopic, clockSetTopic, clockTopic, deviceTopic, gatewayStateTopic } from "../../shared/topics.ts";

/** docs/asyncapi.json: the wire as an AsyncAPI 3 document, from the schemas and contracts that the product itself parses by. */
type Json = Record<string, unknown>;

/** AsyncAPI's own schemas are JSON Schema draft 7. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  return rest;
}

function metricSchema(metric: Metric): z.ZodType {
  if (metric.kind === "number") return z.number().min(metric.min).max(metric.max).describe(`${metric.label.en}, ${metric.unit}`);
  if (metric.kind === "flag") return z.boolean().describe(`${metric.label.en}: ${metric.on.en} or ${metric.off.en}`);
  if (metric.kind === "state") return z.enum(metric.words).describe(metric.label.en);
  return z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]).describe(`${metric.label.en}: lat, lon`);
}
function fieldSchema(field: EventField): z.ZodType {
  if (field.kind === "number") return z.number().min(field.min).max(field.max).describe(`${field.label.en}, ${field.unit}`);
  return (field.kind === "word" ? z.enum(field.words) : z.string().regex(/^[a-z0-9]{1,32}$/)).describe(field.label.en);
}
const shape = <T>(record: Readonly<Record<string, T>>, make: (one: T) => z.ZodType) =>
  Object.fromEntries(Object.entries(record).map(([name, one]) => [name, make(one)]));

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Per kind of device what `m` may hold, per event what `x` must hold. */
function contractSchemas(services: readonly Service[]) {
  const metrics: Record<string, Json> = {};
  const events: Record<string, Json> = {};
  for (const { id, metrics: all, kinds, events: types } of services) {
    for (const [kind, { label, metrics: names }] of Object.entries(kinds)) {
      const own = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
      const m = z.strictObject(shape(own, (metric) => metricSchema(metric).optional()));
      metrics[`metrics.${id}.${kind}`] = { title: `${id}: ${label.en}`, ...schemaOf(m), minProperties: 1 };
    }
    for (const [name, { label, fields }] of Object.entries(types))
      events[`event.${id}.${name}`] = {
        title: `${id}: ${label.en}`,
        type: "object",
        properties: { e: { const: name }, x: schemaOf(z.strictObject(shape(fields, fieldSchema))) },
        ...(Object.keys(fields).length > 0 ? { required: ["x"] } : {}),
      };
  }
  return { metrics, events };
}

/** `b` and `seq` go together, which no zod object says by itself. */
const numbered = { dependencies: { b: ["seq"], seq: ["b"] } };

function schemasOf(services: readonly Service[]): Json {
  const { metrics, events } = contractSchemas(services);
  const reading = schemaOf(readingSchema);
  const m = { anyOf: Object.keys(metrics).map(ref) };
  return {
    reading: { ...reading, ...numbered, properties: { ...(reading.properties as Json), m } },
    pack: { type: "array", items: ref("reading"), minItems: 1 },
    event: { allOf: [{ ...schemaOf(eventSchema), ...numbered }, { anyOf: Object.keys(events).map(ref) }] },
    state: schemaOf(stateSchema),
    birth: schemaOf(metaSchema),
    command: schemaOf(commandSchema),
    ack: schemaOf(ackSchema),
    alarm: schemaOf(alarmSchema.strict()),
    clock: schemaOf(clockSchema),
    clockAsk: schemaOf(clockAskSchema),
    clockAnswer: schemaOf(clockAnswerSchema),
    ...metrics,
    ...events,
  };
}

interface Channel {
  readonly name: string;
  readonly address: string;
  readonly what: string;
  readonly messages: readonly string[];
  readonly retain: boolean;
  /** Gwanje takes it in from the sender; readers hear it. */
  readonly sender: "gateway" | "simulator" | "gwanje";
  readonly readers: boolean;
  /** Whom Gwanje asks by it. */
  readonly to?: string;
}

function channelList(): readonly Channel[] {
  const device = (channel: "obs" | "event" | "state" | "meta" | "cmd" | "ack") => deviceTopic("{city}", "{service}", "{device}", channel);
  const gateway = { sender: "gateway", readers: true } as const;
  const clock = { messages: ["clock"], retain: true, sender: "simulator", readers: true } as const;
  return [
    {
      name: "obs",
      address: device("obs"),
      what: "Readings: of a device, or a pack of a gateway",
      messages: ["reading", "pack"],
      retain: false,
      ...gateway,
    },
    { name: "event", address: device("event"), what: "Something happened at a device", messages: ["event"], retain: false, ...gateway },
    { name: "state", address: device("state"), what: "How a device is", messages: ["state"], retain: true, ...gateway },
    { name: "meta", address: device("meta"), what: "What a device is", messages: ["birth"], retain: true, ...gateway },
    {
      name: "gateway",
      address: gatewayStateTopic("{city}", "{gateway}"),
      what: "How a gateway is; its last will",
      messages: ["state"],
      retain: true,
      ...gateway,
    },
    {
      name: "cmd",
      address: device("cmd"),
      what: "Commands of the room to a device",
      messages: ["command"],
      retain: false,
      sender: "gwanje",
      to: "a device",
      readers: true,
    },
    { name: "ack", address: device("ack"), what: "A device has heard a command, and will obey or not", messages: ["ack"], retain: false, ...gateway },
    {
      name: "alarm",
      address: alarmTopic("{city}", "{alarm}"),
      what: "How an alarm stands; an empty payload takes away what was retained: it is normal again",
      messages: ["alarm"],
      retain: true,
      sender: "gwanje",
      readers: true,
    },
    { name: "clock", address: clockTopic("{city}"), what: "The city's time", ...clock },
    {
      name: "clockSet",
      address: clockSetTopic("{city}"),
      what: "Asks of the clock",
      messages: ["clockAsk"],
      retain: false,
      sender: "gwanje",
      to: "the simulator",
      readers: false,
    },
    {
      name: "clockAck",
      address: clockAckTopic("{city}"),
      what: "Answers to asks",
      messages: ["clockAnswer"],
      retain: false,
      sender: "simulator",
      readers: false,
    },
  ];
}

const parameters = (services: readonly Service[]): Record<string, Json> => ({
  city: { description: "Id of the city" },
  service: { description: "Id of a service of the catalogue", enum: services.map(({ id }) => id) },
  device: { description: "Id of a device, or of the gateway that sends a pack" },
  gateway: { description: "Id of a gateway, one connection each" },
  alarm: { description: "Id of an alarm; it begins with the service" },
});

function operationsOf(channels: readonly Channel[]): Json {
  const operations: Record<string, Json> = {};
  const bindings = (retain: boolean) => ({ mqtt: { qos: 1, retain, bindingVersion: "0.2.0" } });
  const capital = (word: string) => (word[0] ?? "").toUpperCase() + word.slice(1);
  for (const { name, sender, readers, retain, to } of channels) {
    const channel = { $ref: `#/channels/${name}` };
    if (sender !== "gwanje")
      operations[`take${capital(name)}`] = { action: "receive", summary: `Gwanje takes it in from a ${sender}`, channel, bindings: bindings(retain) };
    if (to !== undefined) operations[`ask${capital(name)}`] = { action: "send", summary: `Gwanje asks ${to}`, channel, bindings: bindings(retain) };
    if (readers)
      operations[`tell${capital(name)}`] = {
        action: "send",
        summary: sender === "gwanje" ? "Gwanje tells readers, at QoS 0" : "Gwanje passes it on to readers, at QoS 0",
        channel,
        bindings: { mqtt: { qos: 0, ...(sender === "gwanje" ? { retain } : {}), bindingVersion: "0.2.0" } },
      };
  }
  return operations;
}

/** @param examples payloads by the name of their message. */
export function asyncApiOf(services: readonly Service[], examples: Readonly<Record<string, readonly unknown[]>>): Json {
  const channels = channelList();
  const schemas = schemasOf(services);
  const known = parameters(services);
  const names = [...new Set(channels.flatMap(({ messages }) => messages))];
  return {
    asyncapi: "3.0.0",
    info: { title: "Gwanje: the wire of a city", version: "1.0.0", description: "Made from the code. docs/wire.md says what the schemas cannot." },
    defaultContentType: "application/json",
    servers: {
      tcp: { host: "127.0.0.1:1883", protocol: "mqtt", protocolVersion: "3.1.1", security: [{ $ref: "#/components/securitySchemes/password" }] },
      websocket: {
        host: "127.0.0.1:8080",
        pathname: "/mqtt",
        protocol: "ws",
        description: "MQTT over WebSocket, subprotocol mqtt",
        security: [{ $ref: "#/components/securitySchemes/password" }],
      },
    },
    channels: Object.fromEntries(
      channels.map(({ name, address, what, messages }) => [
        name,
        {
          address,
          description: what,
          messages: Object.fromEntries(messages.map((message) => [message, { $ref: `#/components/messages/${message}` }])),
          parameters: Object.fromEntries(
            [...address.matchAll(/\{(\w+)\}/g)].map(([, parameter = ""]) => [parameter, { $ref: `#/components/parameters/${parameter}` }]),
          ),
        },
      ]),
    ),
    operations: operationsOf(channels),
    components: {
      securitySchemes: { password: { type: "userPassword", description: "A gateway's own, or the reader's: npx gwanje access" } },
      parameters: known,
      messages: Object.fromEntries(
        names.map((name) => [
          name,
          { name, payload: ref(name), ...(examples[name] === undefined ? {} : { examples: examples[name]?.map((payload) => ({ payload })) }) },
        ]),
      ),
      schemas,
    },
  };
}
