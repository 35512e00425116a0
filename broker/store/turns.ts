/** One piece of work at a time; reads overtake waiting writes, but a write comes after at most so many of them. */
const readsInARow = 8;

export interface Turns {
  read<T>(work: () => Promise<T>): Promise<T>;
  write<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const reads: (() => Promise<void>)[] = [];
  const writes: (() => Promise<void>)[] = [];
  let running = false;
  let row = 0;
  const next = () => {
    const read = row < readsInARow || writes.length === 0 ? reads.shift() : undefined;
    row = read === undefined ? 0 : row + 1;
    return read ?? writes.shift() ?? reads.shift();
  };
  const run = async () => {
    if (running) return;
    running = true;
    for (let work = next(); work !== undefined; work = next()) await work();
    running = false;
  };
  const join =
    (line: (() => Promise<void>)[]) =>
    <T>(work: () => Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        line.push(() => work().then(resolve, reject));
        void run();
      });
  return { read: join(reads), write: join(writes) };
}
