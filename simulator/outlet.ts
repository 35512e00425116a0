import type { Truth } from "../shared/scenario/truth.ts";
import type { LineAct } from "./devices/bent-lines.ts";
import type { Engine, Outgoing } from "./engine.ts";
import type { Publisher } from "./publisher.ts";

/** Where the city's seconds become messages on sockets. */
export interface Outlet {
  connect(publisher: Publisher): void;
  /** City time of the oldest message that is not acknowledged; Infinity when all are. */
  oldest(): number;
  /** Lets the engine go on towards `to`, for a stretch of wall time at most. True when it has moved. */
  advance(engine: Engine, to: number): boolean;
  /** What must wait for everything before it goes out when that is acknowledged. */
  letGo(): Promise<void>;
  /** Nothing of another run arrives in this one. */
  drop(): void;
  /** Sent and not acknowledged, or held. */
  unacknowledged(): readonly Outgoing[];
  flush(): void;
}
export interface OutletParts {
  truth(truth: Truth): void;
  /** Everybody knows that all before has been said. */
  tellNow(): Promise<unknown>;
}
/** One second of the city that waits. */
interface Held {
  readonly t: number;
  readonly messages: readonly Outgoing[];
  readonly acts: readonly LineAct[];
}

const tickMs = 1000;
/** Longest stretch of computing, wall time. */
const stretchMs = 10;
/** What is sent is gathered while there is more to compute, up to this many messages or ms: fewer, fuller writes on every connection. */
const gather = { messages: 4096, ms: 250 };

export function createOutlet({ truth, tellNow }: OutletParts): Outlet {
  let publisher: Publisher | undefined;
  let held: Held | undefined;
  let flushedAt = 0;

  function tick(engine: Engine, to: Publisher): void {
    const messages: Outgoing[] = [];
    const acts: LineAct[] = [];
    const t = engine.now() + tickMs;
    engine.advance(t, (message) => void messages.push(message), { truth, line: (act) => void acts.push(act) });
    if (acts.length > 0 || messages.some(({ kept }) => kept)) held = { t, messages, acts };
    else for (const message of messages) to.send(message);
  }
  return {
    connect(opened) {
      publisher = opened;
    },
    oldest: () => Math.min(publisher?.oldest() ?? Number.POSITIVE_INFINITY, held?.t ?? Number.POSITIVE_INFINITY),
    advance(engine, to) {
      if (publisher === undefined) return false;
      const from = engine.now();
      const enough = performance.now() + stretchMs;
      while (engine.now() < to && publisher.hasRoom() && performance.now() < enough && held === undefined) tick(engine, publisher);
      const now = performance.now();
      const rests = engine.now() >= to || !publisher.hasRoom() || held !== undefined;
      if (rests || publisher.gathered() >= gather.messages || now - flushedAt > gather.ms) {
        publisher.flush();
        flushedAt = now;
      }
      return engine.now() > from;
    },
    /**
     * What gateways kept while their line was down speaks of the past. It goes out when everybody knows that all before it has been said, so that a
     * silence is the same silence at every rate. What happens to a socket happens at such a moment, too: nothing is on its way then.
     */
    async letGo() {
      if (held === undefined || publisher === undefined || publisher.oldest() !== undefined) return;
      await tellNow();
      const { messages, acts } = held;
      for (const act of acts) await publisher.act(act);
      for (const message of messages) publisher.send(message);
      held = undefined;
      publisher.flush();
    },
    drop() {
      held = undefined;
    },
    unacknowledged: () => [...(publisher?.unacknowledged() ?? []), ...(held?.messages ?? [])],
    flush: () => publisher?.flush(),
  };
}
