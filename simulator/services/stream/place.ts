import type { Ground } from "../../city/ground.ts";
import type { Device, Site } from "../../model.ts";
import { createRng, uniform } from "../../random.ts";
import { channel, type GaugePlan, gates, gaugePlans } from "./parameters.ts";
import { ratingThrough, type Warning, warningLevels } from "./rating.ts";

const twoDigits = (n: number): string => String(n).padStart(2, "0");
const rounded = (value: number, step: number): number => Math.round(value / step) / Math.round(1 / step);
const between = (share: number, [low, high]: readonly [number, number]): number => low + (high - low) * share;
/** EL of gauge zero, m: the bed's long profile. */
const datumAt = (km: number): number => channel.head - channel.slope * km + channel.concavity * km * km;

interface Gauge {
  readonly plan: GaugePlan;
  readonly device: Device<"stream">;
  readonly chainage: number;
  readonly levels: Readonly<Record<Warning, number>>;
}

/**
 * Reaches, upstream first: a gauge, and the gates that are nearer to it than to another. Facts: area (km2), paved (share), nash (min), effluent (m3/s),
 * design (m3/s), reach (km of stream above the gauge that its water runs through).
 */
export function placeStream(ground: Ground): readonly Site<"stream">[] {
  const gauges = gaugePlans[ground.city].map((plan, k) => placeGauge(ground, plan, k + 1));
  const barriers = placeGates(ground, gauges);
  return gauges.map(({ plan, device, chainage }, k) => {
    const { area, paved, nash, effluent, design } = plan;
    const reach = rounded(chainage - (gauges[k - 1]?.chainage ?? chainage), 0.001);
    const devices = [device, ...barriers.filter((gate) => gate.site === device.site)];
    return { id: device.site, district: device.meta.district, devices, facts: { area, paved, nash, effluent, design, reach } };
  });
}

function placeGauge(ground: Ground, plan: GaugePlan, number: number): Gauge {
  const id = `ws-${twoDigits(number)}`;
  const gateway = `gw-${id}`;
  const chainage = rounded(plan.at * ground.streamLength, 0.01);
  const rating = ratingThrough(plan.design, plan.serious, plan.h0, plan.b);
  const levels = warningLevels(rating, plan.design);
  const { from, large, small } = channel.freeboard;
  const bankfull = rounded(plan.serious + (plan.design < from ? small : large), 0.01);
  const measures = { reference: rounded(bankfull + plan.above, 0.001), chainage, datum: rounded(datumAt(chainage), 0.01), bankfull };
  const meta = {
    v: 1 as const,
    d: id,
    kind: "gauge",
    name: { ko: plan.ko, en: plan.en },
    gateway,
    ...ground.alongStream(chainage, 0),
    model: "60 GHz radar gauge, tipping bucket",
    constants: { ...measures, rating_a: rating.a, rating_h0: rating.h0, rating_b: rating.b, ...levels },
  };
  return { plan, chainage, levels, device: { id, service: "stream", kind: "gauge", gateway, site: `st-${twoDigits(number)}`, meta } };
}

/** Spread along the path between the outer gauges, on both banks; each hangs on the cabinet of its nearest gauge. */
function placeGates(ground: Ground, gauges: readonly Gauge[]): Device<"stream">[] {
  const count = gates.count[ground.city];
  const first = gauges[0]?.chainage ?? 0;
  const long = (gauges.at(-1)?.chainage ?? ground.streamLength) - first;
  const perGauge = new Map<Gauge, number>();
  return Array.from({ length: count }, (_, i) => {
    const rng = createRng(0, `place gate ${i + 1}`);
    const chainage = rounded(first + (long * (i + 0.15 + 0.7 * uniform(rng))) / count, 0.01);
    const left = uniform(rng) < 0.3 ? i % 4 < 2 : i % 2 === 0;
    const [upper, lower, share] = neighbours(gauges, chainage);
    const near = share < 0.5 ? upper : lower;
    const number = (perGauge.get(near) ?? 0) + 1;
    perGauge.set(near, number);
    const zero = between(share, [upper.device.meta.constants?.datum ?? 0, lower.device.meta.constants?.datum ?? 0]);
    const path = between(share, [upper.levels.interest, lower.levels.interest]) + between(uniform(rng), gates.sill);
    const sill = rounded(zero + path, 0.01);
    return createGate(ground, { near, index: i + 1, number, chainage, left, sill });
  });
}

function neighbours(gauges: readonly Gauge[], chainage: number): readonly [Gauge, Gauge, number] {
  const below = gauges.findIndex((gauge) => gauge.chainage >= chainage);
  const lower = gauges[below < 0 ? gauges.length - 1 : below] as Gauge;
  const upper = gauges[Math.max(0, gauges.indexOf(lower) - 1)] as Gauge;
  const long = lower.chainage - upper.chainage;
  return [upper, lower, long > 0 ? (chainage - upper.chainage) / long : 0];
}

interface GatePlan {
  readonly near: Gauge;
  readonly index: number;
  /** Among the gates of its gauge. */
  readonly number: number;
  readonly chainage: number;
  readonly left: boolean;
  readonly sill: number;
}
function createGate(ground: Ground, { near, index, number, chainage, left, sill }: GatePlan): Device<"stream"> {
  const id = `sg-${twoDigits(index)}`;
  const gateway = `gw-cab-${near.device.id}`;
  const offset = between(chainage / ground.streamLength, gates.width) / 2 + gates.edge;
  const meta = {
    v: 1 as const,
    d: id,
    kind: "gate",
    name: {
      ko: `${near.plan.ko} ${left ? "좌안" : "우안"} 차단문 ${number}`,
      en: `${near.plan.en}, ${left ? "left" : "right"} bank gate ${number}`,
    },
    gateway,
    ...ground.alongStream(chainage, left ? offset : -offset),
    model: "swing gate, float switch, bar sensor",
    // side: -1 = left, 1 = right, looking downstream; sill: EL of the path, as `datum` is.
    constants: { chainage, side: left ? -1 : 1, sill },
  };
  return { id, service: "stream", kind: "gate", gateway, site: near.device.site, meta };
}
