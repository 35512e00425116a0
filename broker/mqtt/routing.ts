import { Qlobber } from "qlobber";

/** What aedes asks of its emitter (`mq`): here routing only, for foreign subscribers. Readings reach the ingest without it. */
export interface Packet {
  readonly topic: string;
}
type Listener = (packet: Packet, done: () => void) => void;
type Done = (error?: Error) => void;

const cacheLimit = 20_000;

/**
 * Topic to listeners, with a cache that (un)subscribing clears. Delivery is not awaited, so that a frozen subscriber costs the others nothing.
 */
export function createRouting() {
  const matcher = new Qlobber<Listener>({ separator: "/", wildcard_one: "+", wildcard_some: "#", match_empty_levels: true });
  const cache = new Map<string, readonly Listener[]>();
  let closed = false;

  function listenersOf(topic: string): readonly Listener[] {
    const known = cache.get(topic);
    if (known !== undefined) return known;
    if (cache.size > cacheLimit) cache.clear();
    const found = [...new Set(matcher.match(topic))];
    cache.set(topic, found);
    return found;
  }
  const ignore = (): undefined => undefined;

  return {
    concurrency: 0,
    /** Somebody would hear it. */
    heard: (topic: string): boolean => listenersOf(topic).length > 0,
    current: 0,
    on(topic: string, listener: Listener, done?: () => void) {
      matcher.add(topic, listener);
      cache.clear();
      if (done) setImmediate(done);
      return this;
    },
    removeListener(topic: string, listener: Listener, done?: () => void) {
      matcher.remove(topic, listener);
      cache.clear();
      if (done) setImmediate(done);
      return this;
    },
    emit(packet: Packet, done?: Done) {
      if (closed) return done?.(new Error("the broker is closed"));
      for (const listener of listenersOf(packet.topic)) listener(packet, ignore);
      done?.();
    },
    close(done: () => void) {
      closed = true;
      setImmediate(done);
    },
  };
}
