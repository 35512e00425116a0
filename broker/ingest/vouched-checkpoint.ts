import type { Checkpoint } from "./checkpoint.ts";

export interface VouchedCheckpoint extends Checkpoint {
  /** Resolves when the journal's lines that the offered one takes for written are on the disk, or after so many ms. */
  lines(atMost: number): Promise<void>;
}

/** A checkpoint that is not saved while lines of the journal wait for a full disk: the log that would write them again is trimmed by it. */
export function vouchedBy(checkpoint: Checkpoint, written: () => Promise<void> = async () => undefined): VouchedCheckpoint {
  let vouched = true;
  let lines: Promise<void> = Promise.resolve();
  return {
    load: checkpoint.load,
    offer(saved) {
      checkpoint.offer(() => {
        vouched = false;
        lines = written().then(() => {
          vouched = true;
        });
        return saved();
      });
    },
    settle: (position) => (vouched ? checkpoint.settle(position) : Promise.resolve(undefined)),
    async lines(atMost) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, atMost);
      });
      await Promise.race([lines, over]);
      clearTimeout(timer);
    },
  };
}
