/**
 * Does the work until its time is over, or the end has come: then it rejects, whatever the work itself makes of the signal.
 * `AbortSignal.any` over `AbortSignal.timeout` does not do: Node 20 lets the garbage collector take them both, and nobody is woken.
 */
export async function within<T>(ms: number, end: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const stop = (): void => own.abort(end.reason);
  const timer = setTimeout(() => own.abort(new DOMException("no answer in time", "TimeoutError")), ms);
  end.addEventListener("abort", stop, { once: true });
  if (end.aborted) stop();
  const over = new Promise<never>((_resolve, reject) => {
    const tell = (): void => reject(own.signal.reason);
    if (own.signal.aborted) tell();
    else own.signal.addEventListener("abort", tell, { once: true });
  });
  try {
    return await Promise.race([over, work(own.signal)]);
  } finally {
    clearTimeout(timer);
    end.removeEventListener("abort", stop);
  }
}
