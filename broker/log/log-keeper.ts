/** What every fold has passed may go, and stays for so long: a log that is kept is a recording of the city. */
export interface LogKeeper {
  /** Every fold has passed this position; answers up to where the log may be trimmed now, undefined = nowhere. */
  passed(position: number, now: number): number | undefined;
}

/** Times are of the wall clock, ms. What a restart finds in the log is kept as if it had just been passed. */
export function createLogKeeper(keepMs: number): LogKeeper {
  const waiting: { readonly position: number; readonly at: number }[] = [];
  return {
    passed(position, now) {
      waiting.push({ position, at: now });
      const due = waiting.findIndex(({ at }) => at > now - keepMs);
      return waiting.splice(0, due < 0 ? waiting.length : due).at(-1)?.position;
    },
  };
}
