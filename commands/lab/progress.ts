/** Tells a person at a terminal how far a long measurement is, every two seconds. */
export function createProgress(what: string, total: number): (done: number) => void {
  const began = Date.now();
  let told = began;
  return (done) => {
    if (Date.now() - told < 2000 && done < total) return;
    told = Date.now();
    const left = done > 0 ? Math.round(((Date.now() - began) / done) * (total - done)) / 1000 : 0;
    process.stderr.write(`${what}: ${done} of ${total}, ${Math.round(left)} s left\n`);
  };
}
