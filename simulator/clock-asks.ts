import type { CityClock, ClockAction } from "../shared/clock.ts";
import { ok, type Result, refuse } from "../shared/result.ts";

export interface ClockAsk {
  readonly action: ClockAction;
  readonly images: readonly string[];
  resolve(answer: Result<CityClock>): void;
}
/** What is asked of the clock, one after the other; whoever sends the city somewhere is answered when it is there. */
export interface ClockAsks {
  ask(action: ClockAction, images: readonly string[]): Promise<Result<CityClock>>;
  /** Performs the oldest that waits, if there is one; it is refused when that throws. */
  take(perform: (ask: ClockAsk) => Promise<void>): Promise<void>;
  awaitArrival(ask: ClockAsk): void;
  arrived(clock: CityClock): void;
  /** The city will not arrive where it was sent. */
  overtaken(reason: string): void;
  refuseAll(reason: string): void;
}

export function createClockAsks(wake: () => void): ClockAsks {
  const waiting: ClockAsk[] = [];
  let arrival: ClockAsk | undefined;
  const answerArrival = (answer: Result<CityClock>): void => {
    arrival?.resolve(answer);
    arrival = undefined;
  };
  return {
    ask: (action, images) =>
      new Promise((resolve) => {
        waiting.push({ action, images, resolve });
        wake();
      }),
    async take(perform) {
      const ask = waiting.shift();
      if (ask === undefined) return;
      try {
        await perform(ask);
      } catch (error) {
        ask.resolve(refuse(`the simulator could not do it: ${String(error)}`));
        throw error;
      }
    },
    awaitArrival(ask) {
      answerArrival(refuse("overtaken by what was asked after it"));
      arrival = ask;
    },
    arrived: (clock) => answerArrival(ok(clock)),
    overtaken: (reason) => answerArrival(refuse(reason)),
    refuseAll(reason) {
      for (const ask of waiting.splice(0)) ask.resolve(refuse(reason));
      answerArrival(refuse(reason));
    },
  };
}
