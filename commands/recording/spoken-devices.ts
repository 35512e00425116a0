import { type Meta, metaSchema } from "../../shared/reading.ts";
import { serviceOf } from "../../shared/services/index.ts";
import type { DeviceTopic } from "../../shared/topics.ts";
import { jsonOf, partsOf } from "./said.ts";

export interface Spoken {
  readonly service: string;
  readonly meta: Meta;
}
interface Mute {
  readonly service: string;
  readonly gateway: string;
  readonly metrics: Set<string>;
}

/** Who speaks in a recording: by birth documents, and where one is missing by what it measures. */
export function createSpokenDevices() {
  const born = new Map<string, Spoken>();
  const mute = new Map<string, Mute>();
  function measure({ service, device }: DeviceTopic, payload: Buffer): void {
    for (const { d, m } of partsOf(payload)) {
      if (typeof d !== "string" || born.has(d)) continue;
      const known = mute.get(d) ?? { service, gateway: device, metrics: new Set<string>() };
      mute.set(d, known);
      for (const metric of Object.keys(m ?? {})) known.metrics.add(metric);
    }
  }
  return {
    take(topic: DeviceTopic, payload: Buffer): void {
      if (topic.channel === "obs") measure(topic, payload);
      const meta = topic.channel === "meta" ? metaSchema.safeParse(jsonOf(payload)) : undefined;
      if (meta?.success) born.set(meta.data.d, { service: topic.service, meta: meta.data });
    },
    all() {
      const guesses = [...mute].flatMap(([d, one]) => (born.has(d) ? [] : guess(d, one)));
      const devices: ReadonlyMap<string, Spoken> = new Map([...born, ...guesses.map((one) => [one.meta.d, one] as const)]);
      return { devices, guessed: guesses.map(({ meta }) => meta.d).sort() };
    },
  };
}

/** The first kind of its service that measures all of it; constants and place stay unknown. */
function guess(d: string, { service, gateway, metrics }: Mute): readonly Spoken[] {
  const kinds = Object.entries(serviceOf(service)?.kinds ?? {});
  const kind = kinds.find(([, one]) => [...metrics].every((metric) => one.metrics.includes(metric)))?.[0];
  if (kind === undefined) return [];
  return [{ service, meta: { v: 1, d, kind, name: { ko: d, en: d }, gateway, district: "unknown", lat: 0, lon: 0 } }];
}
