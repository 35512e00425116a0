import type { Value } from "../../shared/reading.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import { type RecordedSeries, readRecordedSeries, seriesAt } from "../../shared/scenario/recorded-series.ts";
import type { Metric } from "../../shared/service.ts";
import { serviceOf } from "../../shared/services/index.ts";
import type { ActiveInjection } from "../injections/active-injection.ts";
import type { Device } from "../model.ts";

type Truth = Readonly<Record<string, Value | undefined>>;
/** Text of a kept recording; undefined = there is none of this name. */
export type ReadRecording = (file: string) => string | undefined;

/** Real recordings in the place of what the models say: before noise, steps and faults of the sensor, which act on top of them. */
export interface Recordings {
  begin(active: ActiveInjection): void;
  end(id: string): void;
  over(device: Device, t: number, truth: Truth): Truth;
}
/** A recording as this device would have measured it. */
interface Base {
  readonly metric: string;
  readonly series: RecordedSeries;
  readonly of: Metric;
  /** The metric of the wire from what was recorded. */
  readonly toWire: (value: Value) => Value;
}
interface Playing extends Base {
  readonly active: ActiveInjection;
}

/** What a recording would be at a device, or why it cannot be there. Without a metric named, the kind's main one. */
export function baseFor(device: Device, args: ActiveInjection["injection"]["args"], read: ReadRecording): Result<Base> {
  const service = serviceOf(device.service);
  const known = service?.kinds[device.kind]?.metrics ?? [];
  const name = String(args.metric ?? service?.panel.main[device.kind] ?? "");
  const of = service?.metrics[name];
  if (service === undefined || of === undefined || !known.includes(name))
    return refuse(`a ${device.kind} of ${device.service} does not measure "${name}"; known are ${known.join(", ")}`);
  const file = String(args.file ?? "");
  const text = read(file);
  if (text === undefined) return refuse(file === "" ? "name a recording: file=…" : `there is no recording "${file}" in the city's folder`);
  const series = readRecordedSeries(text, of);
  if (!series.ok) return refuse(`${file}, line ${series.reason[0]?.line ?? 1}: ${series.reason[0]?.message ?? "not understood"}`);
  const derived = service.derived.find(({ metric }) => metric === name);
  if (derived === undefined) return ok({ metric: name, of, series: series.value, toWire: (value) => value });
  const wire = wireOf(derived, device);
  return wire.ok ? ok({ metric: derived.from[0] ?? name, of, series: series.value, toWire: wire.value }) : wire;
}

/** What the room derives is not on the wire: the sensor says what it is derived from, where there is one such metric and the formula is a straight line. */
function wireOf(
  { metric, from, constants, value }: NonNullable<ReturnType<typeof serviceOf>>["derived"][number],
  device: Device,
): Result<(value: Value) => Value> {
  const given = constants.map((name) => device.meta.constants?.[name]);
  const numbers = given.filter((one): one is number => one !== undefined);
  const wanted = refuse(`"${metric}" is derived from ${from.join(", ")}: give a recording of that`);
  if (from.length !== 1 || numbers.length !== given.length) return wanted;
  const [zero, one, two] = [value([0], numbers), value([1], numbers), value([2], numbers)];
  const slope = one - zero;
  if (!Number.isFinite(slope) || slope === 0 || Math.abs(two - one - slope) > 1e-9 * Math.abs(slope)) return wanted;
  return ok((said) => (typeof said === "number" ? (said - zero) / slope : said));
}

export function createRecordings(
  deviceOf: (id: string) => Device | undefined,
  read: ReadRecording,
  observed: (active: ActiveInjection, t: number) => void,
): Recordings {
  const playing = new Map<string, Playing[]>();
  return {
    begin(active) {
      for (const id of active.injection.targets) {
        const device = deviceOf(id);
        const base = device && baseFor(device, active.injection.args, read);
        if (base?.ok) playing.set(id, [...(playing.get(id) ?? []), { active, ...base.value }]);
      }
    },
    end(id) {
      for (const [device, all] of [...playing]) {
        const left = all.filter(({ active }) => active.injection.id !== id);
        if (left.length === all.length) continue;
        if (left.length === 0) playing.delete(device);
        else playing.set(device, left);
      }
    },
    over({ id }, t, truth) {
      let now = truth;
      for (const { active, metric, of, series, toWire } of playing.get(id) ?? []) {
        const { t: onset, args } = active.injection;
        const end = args.end === "repeat" || args.end === "stop" ? args.end : "hold";
        const value = seriesAt(series, of, t - onset + Number(args.offset ?? 0) * 1000, end);
        if (value === undefined) continue;
        now = { ...now, [metric]: value === null ? undefined : toWire(value) };
        observed(active, t);
      }
      return now;
    },
  };
}
