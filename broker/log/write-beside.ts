/**
 * Writes of what a fold keeps in memory too (chronicle, quarantine, registry): nobody waits for them. When the disk takes nothing the log itself
 * says so and holds the acknowledgements back; a failed write must not end the process.
 */
export function writeBeside(write: Promise<unknown>): void {
  write.catch(quiet);
}

/** What a failed commit failed of: lmdb hands that on as a promise of its own. */
export async function reasonOf(cause: unknown): Promise<string> {
  const { commitError } = (cause ?? {}) as { commitError?: unknown };
  const told: unknown =
    commitError instanceof Promise
      ? await commitError.then(
          () => cause,
          (error: unknown) => error,
        )
      : cause;
  return told instanceof Error ? told.message : String(told);
}

/** lmdb tells a failed commit twice: as the rejection, and as a promise on it that nobody else listens to. */
export function quiet(cause: unknown): void {
  const { commitError } = (cause ?? {}) as { commitError?: unknown };
  if (commitError instanceof Promise) commitError.catch(() => undefined);
}
