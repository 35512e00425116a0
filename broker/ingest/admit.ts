import { ok, type Result, refuse } from "../../shared/result.ts";
import { aheadToleranceMs, fieldLagMs } from "../../shared/timeline.ts";
import type { DeviceTopic } from "../../shared/topics.ts";
import type { Entry } from "../devices/registry.ts";
import { checkEnvelope, checkEvent, checkReading, type Fields, type Refusal, refusal } from "./check.ts";
import { deviceIdOf } from "./decode.ts";
import type { PipelineParts } from "./pipeline-parts.ts";

/** A message whose device is known and whose content keeps the contract. */
export interface Admitted {
  readonly entry: Entry;
  readonly fields: Fields;
}
type NotAdmitted = Refusal & { readonly device: string | undefined; readonly fields?: Fields };

const dayMs = 86_400_000;

export function admit(parts: PipelineParts, message: unknown, topic: DeviceTopic, at: number): Result<Admitted, NotAdmitted> {
  const whose = deviceIdOf(message);
  if (!whose.ok) return refuse({ ...whose.reason, device: undefined });
  const { id, fields } = whose.value;
  const entry = parts.registry.entries.get(id);
  if (entry === undefined)
    return refuse({
      ...refusal("device", `device "${id}" is not registered: npx gwanje access device <service> ${id}`),
      device: undefined,
    });
  const foreign = mismatch(entry, topic);
  // what somebody else says in its name is not in this device's books
  if (foreign !== undefined) return refuse({ ...foreign, device: parts.registry.entries.has(topic.device) ? topic.device : undefined });
  const wrong = checkContent(entry, fields, topic.channel) ?? checkTime(parts, entry, fields.t, at);
  return wrong === undefined ? ok({ entry, fields }) : refuse({ ...wrong, device: id, fields });
}

/** A pack goes to the gateway's topic, a single reading to the device's own or its gateway's. */
function mismatch(entry: Entry, { service, device }: DeviceTopic): Refusal | undefined {
  if (entry.service !== service) return refusal("device", `device ${entry.id} belongs to ${entry.service}, not to ${service}`);
  if (device !== entry.id && device !== entry.meta.gateway) return refusal("rights", `${device} may not speak for ${entry.id}`);
  return undefined;
}

const checkContent = (entry: Entry, fields: Fields, channel: string): Refusal | undefined =>
  checkEnvelope(fields) ?? (channel === "event" ? checkEvent(fields, entry.contract) : checkReading(fields, entry.check));

/** Up to where the timeline of the device has come when something of it arrives. */
export const nowAt = ({ fold }: Pick<PipelineParts, "fold">, { timeline }: Entry, at: number): number =>
  timeline === "field" ? at - fieldLagMs : (fold.clock?.head ?? at);

function checkTime(parts: PipelineParts, entry: Entry, t: unknown, at: number): Refusal | undefined {
  if (typeof t !== "number") return entry.timeline === "field" ? undefined : refusal("time", `a simulated device must say its time "t"`);
  const { retentionMs } = parts;
  const now = nowAt(parts, entry, at);
  if (t > now + aheadToleranceMs)
    return refusal("time", `"t" is ${new Date(t).toISOString()}, more than 60 s ahead of ${new Date(now).toISOString()}`);
  if (t < now - retentionMs)
    return refusal("time", `"t" is ${new Date(t).toISOString()}, older than what is kept (${Math.round(retentionMs / dayMs)} days)`);
  return undefined;
}
