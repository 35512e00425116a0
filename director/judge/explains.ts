import type { AlarmClass } from "../../shared/alarm-rule.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { AlarmSeen } from "./evidence.ts";
import { rightly, showsIn } from "./rightly.ts";

/** What the room said at one instant: an alarm, a case or task, a refusal or a counter that went up. */
export interface Sign {
  readonly id: string;
  readonly what: "alarm" | "item" | "refusal";
  readonly class: AlarmClass | null;
  readonly rule: string;
  readonly device: string | null;
  readonly t: number;
  readonly cause: string | null;
  readonly seen: AlarmSeen | null;
}
export interface Explainer {
  /** This sign can be about this truth. */
  speaksOf(sign: Sign, truth: Truth): boolean;
  /** The truth that explains it best; undefined: none, it is a false one. */
  ownerOf(sign: Sign): Truth | undefined;
}

/** What follows from something may come so long after its end: a queue dissolves, water runs off, a delayed rule speaks. */
const lingerMs = { fault: 3_600_000, event: 2 * 3_600_000, quiet: 1_800_000 } as const;

interface Parts {
  readonly truths: readonly Truth[];
  readonly devices: readonly Selectable[];
  readonly kinds: readonly InjectionKindRow[];
  readonly evidence: { readonly alarms: readonly AlarmSeen[] };
}

/**
 * How near a sign is to a truth: 3 = at a device that it strikes, 2 = hangs by the desk's groups under an alarm that is, or stands behind the same gateway
 * as an event's place, 1 = by a rule that a whole-city event moves, or of an incident's service in its district. 0 = has nothing to do with it.
 */
export function createExplainer({ truths, devices, kinds, evidence }: Parts): Explainer {
  const known = new Map(devices.map((device) => [device.id, device]));
  const kindOf = new Map(kinds.map((kind) => [kind.id, kind]));
  const alarmOf = new Map(evidence.alarms.map((alarm) => [alarm.id, alarm]));
  const places = new Map(truths.map((truth) => [truth.id, placeOf(truth, known)]));

  function struck(device: string | null, truth: Truth): boolean {
    if (device === null) return truth.kind === "stranger";
    const place = places.get(truth.id);
    if (place?.devices.has(device)) return true;
    return kindOf.get(truth.kind)?.on === "gateway" && place?.gateways.has(known.get(device)?.gateway ?? "") === true;
  }
  function under({ cause }: Pick<Sign, "cause">, truth: Truth): boolean {
    const seen = new Set<string>();
    for (let at = cause; at !== null && !seen.has(at); at = alarmOf.get(at)?.cause ?? null) {
      seen.add(at);
      if (struck(alarmOf.get(at)?.device ?? "", truth)) return true;
    }
    return false;
  }
  function beside(sign: Sign, truth: Truth): number {
    const device = known.get(sign.device ?? "");
    const place = places.get(truth.id);
    if (device === undefined || truth.class !== "event" || sign.class === "maintenance" || place === undefined) return 0;
    if (place.gateways.has(device.gateway)) return 2;
    if (truth.devices.length === 0) return showsIn(sign, kindOf.get(truth.kind)) ? 1 : 0;
    return truth.service === device.service && place.districts.has(device.district) ? 1 : 0;
  }
  function nearness(sign: Sign, truth: Truth): number {
    const end = truth.end === null ? Number.POSITIVE_INFINITY : truth.end + lingerMs[truth.class];
    if (sign.t < truth.onset || sign.t > end) return 0;
    if (struck(sign.device, truth)) return 3;
    return under(sign, truth) ? 2 : beside(sign, truth);
  }
  const right = (sign: Sign, truth: Truth): number => Number(rightly(sign, truth, kindOf.get(truth.kind)));

  return {
    speaksOf: (sign, truth) => nearness(sign, truth) > 0,
    ownerOf(sign) {
      let best: { truth: Truth; rank: number } | undefined;
      for (const truth of truths) {
        const near = nearness(sign, truth);
        if (near === 0) continue;
        // of equally near ones that whose class it is, then the newest
        const rank = near * 2 + right(sign, truth);
        if (best === undefined || rank > best.rank || (rank === best.rank && truth.onset > best.truth.onset)) best = { truth, rank };
      }
      return best?.truth;
    },
  };
}

interface Place {
  readonly devices: ReadonlySet<string>;
  readonly gateways: ReadonlySet<string>;
  readonly districts: ReadonlySet<string>;
}
function placeOf(truth: Truth, known: ReadonlyMap<string, Selectable>): Place {
  const rows = truth.devices.flatMap((id) => known.get(id) ?? []);
  return {
    devices: new Set(truth.devices),
    gateways: new Set(rows.map(({ gateway }) => gateway)),
    districts: new Set(rows.map(({ district }) => district)),
  };
}
