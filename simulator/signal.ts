/** Lets a loop sleep until something happens or a time has passed. */
export interface Signal {
  ring(): void;
  wait(ms: number): Promise<void>;
}
export function createSignal(): Signal {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wakeUp?.();
    },
    async wait(ms) {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      rung = false;
      wakeUp = undefined;
    },
  };
}

/** Lets sockets and timers have their turn. */
export const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
