/** Series of our own making, with what is usual in them and one anomaly that is known: what the detector without parameters is held against. */
interface Point {
  readonly t: number;
  readonly value: number;
}
export const anomalies = ["level shift", "spike", "slow drift", "change of rhythm", "missing data"] as const;
export type Anomaly = (typeof anomalies)[number];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Chance = () => number;
/** Mulberry32: the same series from the same seed. */
function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const normal = (chance: Chance): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
const poisson = (chance: Chance, mean: number): number => {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)));
  let n = 0;
  for (let p = Math.exp(-mean), s = chance(); s > p; s *= chance()) n += 1;
  return n;
};
const bump = (hours: number, at: number, wide: number): number => Math.exp(-0.5 * ((((hours - at + 36) % 24) - 12) / wide) ** 2);

/** What a series is like: `usual` without chance, and what chance makes of it. `size`: what a change must be measured by. */
export interface Character {
  readonly id: string;
  readonly everyMinutes: number;
  make(chance: Chance): Nature;
}
interface Nature {
  usual(t: number): number;
  seen(usual: number, t: number): number;
  readonly size: number;
  /** It cannot fall by so much: it would be below nothing. */
  readonly onlyUp?: true;
}

const isWeekend = (t: number): boolean => [0, 6].includes(new Date(t).getUTCDay());
/** Slow noise that remembers for so many steps. */
function slow(chance: Chance, steps: number, deviation: number): () => number {
  const keep = Math.exp(-1 / steps);
  let x = deviation * normal(chance);
  return () => {
    x = keep * x + Math.sqrt(1 - keep * keep) * deviation * normal(chance);
    return x;
  };
}

export const known: readonly Character[] = [
  {
    id: "rush-hour counts",
    everyMinutes: 5,
    make(chance) {
      const peak = 40 + 80 * chance();
      const drift = slow(chance, 12, 0.05);
      return {
        usual(t) {
          const h = (t / hour) % 24;
          return isWeekend(t)
            ? peak * (0.05 + 0.6 * bump(h, 14, 4))
            : peak * (0.05 + 0.9 * bump(h, 8, 1.6) + bump(h, 17.5, 2.2) + 0.5 * bump(h, 13, 3));
        },
        seen: (usual) => poisson(chance, Math.max(0, usual * (1 + drift()))),
        size: peak * 0.5,
        onlyUp: true,
      };
    },
  },
  {
    id: "occupancy",
    everyMinutes: 5,
    make(chance) {
      const drift = slow(chance, 6, 1.2);
      return {
        usual: (t) => 4 + 14 * bump((t / hour) % 24, 17, 3.5) + (isWeekend(t) ? 0 : 10 * bump((t / hour) % 24, 8, 1.5)),
        seen: (usual) => Math.max(0, Math.round(10 * (usual + drift() + Math.abs(0.8 * normal(chance)))) / 10),
        size: 8,
        onlyUp: true,
      };
    },
  },
  {
    id: "temperature of a machine",
    everyMinutes: 5,
    make(chance) {
      const drift = slow(chance, 120, 0.8);
      return {
        usual: (t) => 70 + 5 * Math.sin((2 * Math.PI * t) / day),
        seen: (usual) => usual + drift() + 0.3 * normal(chance),
        size: 5,
      };
    },
  },
  {
    id: "processor with bursts",
    everyMinutes: 5,
    make(chance) {
      let burst = 0;
      return {
        usual: () => 12,
        seen(usual) {
          if (chance() < 0.01) burst = 10 + 30 * chance();
          burst *= 0.6;
          return Math.min(100, Math.max(0, usual + burst + 1.5 * normal(chance)));
        },
        size: 25,
        onlyUp: true,
      };
    },
  },
  {
    id: "counts with zeros",
    everyMinutes: 5,
    make(chance) {
      return {
        usual: (t) => 0.1 + 3 * bump((t / hour) % 24, 12, 3) + 2 * bump((t / hour) % 24, 19, 2),
        seen: (usual) => poisson(chance, Math.max(0, usual)),
        size: 6,
        onlyUp: true,
      };
    },
  },
  {
    id: "travel time, heavy tail",
    everyMinutes: 5,
    make(chance) {
      return {
        usual: (t) => 240 + 120 * bump((t / hour) % 24, 17, 2),
        seen: (usual) => Math.round(usual * Math.exp(0.12 * normal(chance)) * (chance() < 0.01 ? 1 + chance() : 1)),
        size: 200,
        onlyUp: true,
      };
    },
  },
  {
    id: "no rhythm",
    everyMinutes: 5,
    make(chance) {
      const drift = slow(chance, 60, 3);
      return { usual: () => 50, seen: (usual) => usual + drift() + normal(chance), size: 14 };
    },
  },
  {
    id: "demand by the half hour",
    everyMinutes: 30,
    make(chance) {
      const drift = slow(chance, 4, 0.05);
      return {
        usual: (t) => 15_000 * (0.25 + 0.6 * bump((t / hour) % 24, 19, 4) + 0.4 * bump((t / hour) % 24, 9, 3)) * (isWeekend(t) ? 1.1 : 1),
        seen: (usual) => Math.round(usual * (1 + drift() + 0.02 * normal(chance))),
        size: 7000,
        onlyUp: true,
      };
    },
  },
];

/** Written when the detector was done, and never used to make it better. */
export const held: readonly Character[] = [
  {
    id: "disk writes with a nightly job",
    everyMinutes: 5,
    make(chance) {
      return {
        usual: (t) => ((t / hour) % 24 >= 2 && (t / hour) % 24 < 2.5 ? 4e8 : 2e6),
        seen: (usual) => Math.round(usual * Math.exp(0.5 * normal(chance))),
        ...{ size: 3e7, onlyUp: true },
      };
    },
  },
  {
    id: "free speed with jams now and then",
    everyMinutes: 5,
    make(chance) {
      let jam = 0;
      return {
        usual: () => 65,
        seen(usual) {
          if (chance() < 0.004) jam = 20 * chance();
          jam *= 0.85;
          return Math.max(3, Math.round(usual - jam + 2.5 * normal(chance)));
        },
        size: 20,
      };
    },
  },
  {
    id: "response time, heavy tail, by load",
    everyMinutes: 5,
    make(chance) {
      const drift = slow(chance, 24, 0.1);
      return {
        usual: (t) => 80 + 60 * bump((t / hour) % 24, 14, 4) * (isWeekend(t) ? 0.3 : 1),
        seen: (usual) => usual * Math.exp(drift() + 0.2 * normal(chance)) * (chance() < 0.005 ? 3 : 1),
        ...{ size: 120, onlyUp: true },
      };
    },
  },
  {
    id: "humidity that wanders",
    everyMinutes: 10,
    make(chance) {
      const drift = slow(chance, 150, 4);
      return {
        usual: (t) => 60 - 8 * Math.sin((2 * Math.PI * t) / day),
        seen: (usual) => Math.min(100, usual + drift() + 0.5 * normal(chance)),
        size: 16,
      };
    },
  },
  {
    id: "visits by the hour, with a week",
    everyMinutes: 60,
    make(chance) {
      const scale = 100 + 400 * chance();
      return {
        usual: (t) => scale * (0.1 + bump((t / hour) % 24, 13, 4)) * (isWeekend(t) ? 0.4 : 1),
        seen: (usual) => poisson(chance, usual),
        ...{ size: scale * 0.6, onlyUp: true },
      };
    },
  },
  {
    id: "stuck at two values",
    everyMinutes: 5,
    make(chance) {
      return {
        usual: (t) => ((t / hour) % 24 >= 7 && (t / hour) % 24 < 22 ? 1 : 0),
        seen: (usual) => (chance() < 0.02 ? 1 - Math.min(1, usual) : usual),
        ...{ size: 2, onlyUp: true },
      };
    },
  },
];

export interface Made {
  readonly points: readonly Point[];
  readonly anomaly: Anomaly | undefined;
  /** When it can be seen, and when it is over; NaN without one. A slow drift can be seen when it has come to half of what is a change of this series. */
  readonly from: number;
  readonly to: number;
}

export const start = Date.UTC(2026, 3, 6);
export const weeks = 4;

/** Four weeks; the anomaly begins at a time by chance in the last two. */
export function makeSeries(character: Character, anomaly: Anomaly | undefined, seed: number): Made {
  const chance = chanceOf(seed);
  const { usual, seen, size, onlyUp } = character.make(chance);
  const step = character.everyMinutes * minute;
  const rows = Math.round((weeks * 7 * day) / step);
  const from = start + 14.5 * day + Math.floor((10 * day * chance()) / step) * step;
  const length = { "level shift": 2 * day, spike: step, "slow drift": 3 * day, "change of rhythm": 2 * day, "missing data": 2 * hour + 6 * step };
  const to = anomaly === undefined ? Number.NaN : from + length[anomaly];
  const sign = onlyUp || chance() < 0.5 ? 1 : -1;
  const isFlat = usual(from) === usual(from + 6 * hour);
  /** What is at t with the anomaly; undefined: nothing. */
  function altered(t: number): number | undefined {
    if (anomaly === "missing data") return undefined;
    // another rhythm; of what has none, the movement
    if (anomaly === "change of rhythm") return isFlat ? usual(t) + 0.1 * (seen(usual(t), t) - usual(t)) : seen(usual(start + 2.6 * (t - start)), t);
    if (anomaly === "level shift") return seen(usual(t) + sign * size, t);
    if (anomaly === "slow drift") return seen(usual(t) + (1.5 * sign * size * (t - from)) / length["slow drift"], t);
    return seen(usual(t), t) + sign * 2 * size;
  }
  const points: Point[] = [];
  for (let n = 0; n < rows; n++) {
    const t = start + n * step;
    const value = anomaly !== undefined && t >= from && t < to ? altered(t) : seen(usual(t), t);
    if (value !== undefined) points.push({ t, value });
  }
  const seenFrom = anomaly === "slow drift" ? from + day : from;
  return { points, anomaly, from: anomaly === undefined ? Number.NaN : seenFrom, to };
}
