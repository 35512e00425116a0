import { z } from "zod";
import { deviceTopic } from "../../shared/topics.ts";
import { accessDevice } from "../access.ts";
import { mqttUrlOf } from "../running-city.ts";
import { Complaint, get, theRunningCity } from "../talk.ts";
import type { MqttTarget } from "./mqtt-target.ts";
import { openOutlet, type Party } from "./outlet.ts";
import type { Pace } from "./pace.ts";
import { type Again, type Played, play } from "./play.ts";
import type { Recorded } from "./recorded.ts";
import { openRecording, type ReplayRequest } from "./replay.ts";
import { jsonOf, kindOf, partsOf } from "./said.ts";
import type { Spoken } from "./spoken-devices.ts";
import { survey } from "./survey.ts";
import { createTopicFilter } from "./topic-filters.ts";

type OutRequest = Omit<ReplayRequest, "check"> & {
  /** `now`: what a message speaks of is moved to the instant at which it is said again. */
  readonly shift: "now" | "none";
};
type Saying = (message: Recorded, pace: Pace) => readonly Again[];

/** Says a recording to somebody else's broker, on one connection, topic by topic as it was. */
export async function replayTo(target: MqttTarget, request: OutRequest): Promise<Played> {
  const wanted = createTopicFilter(request.topics);
  const party = `gwanje-replay-${process.pid}`;
  return say(target.url, [{ clientId: party, ...target.account }], request, (message, pace) => {
    const { topic, retain } = message;
    const about = kindOf(topic);
    if (!wanted(topic) || (about.kind === "clock" && request.shift === "now")) return [];
    const stays = retain || about.kind === "clock" || about.kind === "gateway" || (about.kind === "device" && /^(?:state|meta)$/.test(about.channel));
    return [{ party, topic, payload: shifted(message, pace, request.shift), retain: stays }];
  });
}

/**
 * Says a recording to the city that runs, by real devices: each is registered under its own id behind a prefix, and lives by the wall clock. Numbers of boots and
 * messages are left out, so that a second time is not taken for a repetition. @throws Complaint
 */
export async function replayIntoCity(dataDir: string, prefix: string, request: OutRequest): Promise<Played & { readonly devices: number }> {
  const { mqtt } = await theRunningCity(dataDir);
  const { city } = z.object({ city: z.string() }).parse(await get(dataDir, "/api/v1/city"));
  const wanted = createTopicFilter(request.topics);
  const known = await survey(openRecording(request.file));
  const spoken = [...known.devices.values()].filter(({ service, meta }) =>
    [meta.d, meta.gateway].some((one) => wanted(deviceTopic(known.city, service, one, "obs"))),
  );
  if (spoken.length === 0) throw new Complaint(`${request.file}: nothing in it comes from a device that any service knows, on these topics`);
  const parties = new Map<string, Party & { readonly service: string }>();
  for (const one of spoken) parties.set(one.meta.d, await register(dataDir, prefix, one));
  const played = await say(mqttUrlOf(mqtt), [...parties.values()], { ...request, shift: "now" }, (message, pace) => {
    const about = kindOf(message.topic);
    if (about.kind !== "device" || (about.channel !== "obs" && about.channel !== "event")) return [];
    return partsOf(shifted(message, pace, "now")).flatMap(({ d, b: _boot, seq: _number, ...rest }) => {
      const party = parties.get(String(d));
      if (party === undefined) return [];
      const topic = deviceTopic(city, party.service, party.clientId, about.channel === "event" ? "event" : "obs");
      const { v = 1, ...said } = rest;
      return [{ party: party.clientId, topic, payload: Buffer.from(JSON.stringify({ v, d: party.clientId, ...said })), retain: false }];
    });
  });
  return { ...played, devices: spoken.length };
}

async function register(dataDir: string, prefix: string, { service, meta }: Spoken): Promise<Party & { readonly service: string }> {
  const { kind, name, lat, lon, constants } = meta;
  const made = await accessDevice(dataDir, {
    service,
    device: `${prefix}${meta.d}`,
    kind,
    name,
    lat,
    lon,
    ...(constants === undefined ? {} : { constants }),
  });
  return { clientId: made.clientId, username: made.username, password: made.password, service };
}

async function say(url: string, parties: readonly Party[], { file, rate, from, to, until }: OutRequest, again: Saying): Promise<Played> {
  const outlet = await openOutlet(url, parties);
  try {
    const span = { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
    return await play(openRecording(file), { outlet, rate, span, until, again });
  } finally {
    await outlet.close();
  }
}

/** The newest time of a message becomes the instant at which it is due; what else it holds keeps its distance. */
function shifted({ topic, payload, at, t }: Recorded, pace: Pace, shift: "now" | "none"): Buffer {
  const about = kindOf(topic);
  if (shift === "none" || about.kind !== "device" || about.channel === "meta" || t === null) return payload;
  const by = Math.round(pace.due(at)) - t;
  const move = (part: unknown): unknown =>
    typeof part === "object" && part !== null && "t" in part && typeof part.t === "number" ? { ...part, t: part.t + by } : part;
  const said = jsonOf(payload);
  if (said === undefined) return payload;
  return Buffer.from(JSON.stringify(Array.isArray(said) ? said.map(move) : move(said)));
}
