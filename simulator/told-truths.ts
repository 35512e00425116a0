import type { Truth } from "../shared/scenario/truth.ts";

/** The newest word on what was told of a run: whoever was away asks for it. */
export interface ToldTruths {
  note(run: string, truth: Truth): void;
  /** Of this run, in the order in which they became known. */
  of(run: string): readonly Truth[];
}

/** Characters of all of them: an answer is one packet, and the broker takes 256 KiB. */
const limit = 200_000;

export function createToldTruths(): ToldTruths {
  const known = new Map<string, { readonly truth: Truth; readonly size: number }>();
  let told = "";
  let size = 0;
  const forget = (id: string): void => {
    size -= known.get(id)?.size ?? 0;
    known.delete(id);
  };
  /** What is over goes before what goes on: its end will still be told. */
  const forgetOne = (): void => {
    const over = [...known.values()].find(({ truth }) => truth.end !== null);
    const id = over?.truth.id ?? known.keys().next().value;
    if (id !== undefined) forget(id);
  };
  return {
    note(run, truth) {
      if (run !== told) {
        known.clear();
        size = 0;
        told = run;
      }
      forget(truth.id);
      const own = JSON.stringify(truth).length;
      known.set(truth.id, { truth, size: own });
      size += own;
      while (size > limit && known.size > 1) forgetOne();
    },
    of: (run) => (run === told ? [...known.values()].map(({ truth }) => truth) : []),
  };
}
