/** Those who wait for something that may never come. */
export interface Waiters {
  /** Resolves at the next ring, or when the patience (wall ms) has gone. */
  wait(): Promise<void>;
  ring(): void;
}

export function createWaiters(patienceMs: number): Waiters {
  const waiting = new Set<() => void>();
  return {
    wait: () =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, patienceMs);
        waiting.add(done);
      }),
    ring() {
      for (const done of [...waiting]) done();
    },
  };
}
