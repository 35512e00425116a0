import type { CityPort } from "../../shared/city-port.ts";
import type { CityClock } from "../../shared/clock.ts";
import { type Result, refuse } from "../../shared/result.ts";
import { durationOf } from "../../shared/scenario/duration.ts";

/** Wall time in which a city that generates a history shows that it goes on: its clock is told every second or so. */
export const usualPatienceMs = 120_000;

/** What changes while it does what it was told; a city that lives on as before does nothing of it. */
const signOf = (clock: CityClock | undefined): string =>
  clock === undefined ? "" : `${clock.run} ${clock.phase} ${clock.phase === "live" ? "" : clock.head}`;

/** What the city's clock answers; refused when for so long it does not, and gets no further. A month of history is waited for as long as it is generated. */
export function settled(port: Pick<CityPort, "clock" | "feed">, answer: Promise<Result<CityClock>>, patienceMs: number): Promise<Result<CityClock>> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => finish(() => resolve(refuse(`the city does not answer, and has got no further for ${durationOf(patienceMs / 1000)}`)));
    let timer = setTimeout(giveUp, patienceMs);
    let sign = signOf(port.clock());
    const stop = port.feed.onClock((clock) => {
      const next = signOf(clock);
      if (next === sign) return;
      sign = next;
      clearTimeout(timer);
      timer = setTimeout(giveUp, patienceMs);
    });
    const finish = (then: () => void): void => {
      clearTimeout(timer);
      stop();
      then();
    };
    answer.then(
      (told) => finish(() => resolve(told)),
      (cause: unknown) => finish(() => reject(cause)),
    );
  });
}
