/**
 * Muskingum routing: storage V = K [x I + (1 - x) O]; O2 = C0 I2 + C1 I1 + C2 O1, no coefficient negative while 2 K x <= dt <= 2 K (1 - x).
 * A reach is cut into sub-reaches that hold it. All flows in m3/s. Plain data.
 */
export interface Reach {
  /** Flow into and out of each sub-reach at the last step, upstream first. */
  readonly inflow: number[];
  readonly outflow: number[];
  readonly c0: number;
  readonly c1: number;
  readonly c2: number;
}
export interface Channel {
  readonly travelSeconds: number;
  readonly weight: number;
  readonly stepSeconds: number;
}

export function createReach({ travelSeconds, weight, stepSeconds }: Channel): Reach {
  // A reach that the wave leaves within half a step is as long as half a step: shorter ones cannot be told apart.
  const travel = Math.max(travelSeconds, stepSeconds / (2 * (1 - weight)));
  const count = Math.max(1, Math.ceil((travel * 2 * weight) / stepSeconds));
  const k = travel / count;
  const half = stepSeconds / 2;
  const whole = k - k * weight + half;
  return {
    inflow: new Array<number>(count).fill(0),
    outflow: new Array<number>(count).fill(0),
    c0: (half - k * weight) / whole,
    c1: (half + k * weight) / whole,
    c2: (k - k * weight - half) / whole,
  };
}

/** One step; `lateral` joins evenly along the reach. Returns the flow at its lower end. */
export function route(reach: Reach, upstream: number, lateral: number): number {
  const { inflow, outflow, c0, c1, c2 } = reach;
  const share = lateral / inflow.length;
  let flow = upstream;
  for (let i = 0; i < inflow.length; i++) {
    const into = flow + share;
    flow = c0 * into + c1 * (inflow[i] ?? 0) + c2 * (outflow[i] ?? 0);
    inflow[i] = into;
    outflow[i] = flow;
  }
  return flow;
}

/** Fills the reach as if these flows had been for ever. Returns the flow at its lower end. */
export function settle(reach: Reach, upstream: number, lateral: number): number {
  let flow = upstream;
  for (let i = 0; i < reach.inflow.length; i++) {
    flow += lateral / reach.inflow.length;
    reach.inflow[i] = flow;
    reach.outflow[i] = flow;
  }
  return flow;
}
