import { normal, type Rng } from "../../random.ts";
import { echo, surface, warnings } from "./parameters.ts";

const keep = (seconds: number): number => Math.exp(-seconds / surface.waveSeconds);

/** Standard deviation of what waves add to the level, m. */
export const waveHeight = (flow: number, design: number): number => Math.min(surface.waveMost, (surface.waveGain * flow) / design);

/** Waves as the sensor sees them: first-order autoregressive, so that neighbouring readings share a surge. */
export function stepWave(rng: Rng, wave: number, height: number, seconds: number): number {
  const kept = keep(seconds);
  return kept * wave + height * Math.sqrt(1 - kept * kept) * normal(rng);
}

/** Probability that the echo gets lost within a minute. */
export const echoLoss = (flow: number, design: number, rain: number): number =>
  flow > warnings.interest * design || rain >= echo.roughRain ? echo.rough : echo.calm;
