/** What all models share at one instant. Pure function of seed, run start and time, or plain state advanced by the engine. */
export interface Environment {
  /** Epoch ms UTC. */
  readonly t: number;
  /** Local time of the city, 0 <= hour < 24 with fraction; 0 = Sunday. */
  readonly hour: number;
  readonly weekday: number;
  /** Days since 1970-01-01 in local time. */
  readonly day: number;
  readonly month: number;
  /** A Korean public holiday (substitute days included), and how many days until the next Seollal or Chuseok (0 = the day itself, 99 = far). */
  readonly holiday: boolean;
  readonly daysToFeast: number;
  /** Weekend or holiday. */
  readonly dayOff: boolean;
  /** Outdoor temperature in Celsius, relative humidity 0..100, daylight 0..1. */
  readonly temp: number;
  readonly humidity: number;
  readonly daylight: number;
  /** mm/h over each sub-catchment of the stream, upstream first; `rainAt` for a place. */
  readonly rain: readonly number[];
  /** mm/h, mean of the city. */
  readonly rainMean: number;
  /** Shared day factor of demand, around 1. */
  readonly demand: number;
  /** Districts without mains power at t. */
  readonly powerCut: ReadonlySet<string>;
  /** Districts with more people than usual, and how many times as many; ordinary life has none. */
  readonly crowds: Readonly<Record<string, number>>;
}

/** How many times as many people as usual are there. */
export const crowdAt = ({ crowds }: Pick<Environment, "crowds">, district: string | undefined): number => crowds[district ?? ""] ?? 1;

/** Plain data; holds its generators. */
export type EnvironmentState = Record<string, unknown>;

export interface EnvironmentModel {
  init(options: {
    readonly seed: number;
    readonly start: number;
    readonly districts: readonly string[];
    readonly catchments: number;
  }): EnvironmentState;
  /** Called once per city minute, in order; returns what holds until the next. May change `state`. */
  step(state: EnvironmentState, t: number): Environment;
}
