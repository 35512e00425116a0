/** How fast a count grows, per second of wall time, over the last second. */
export function createRateMeter(count: () => number): { perSecond: () => number; stop: () => void } {
  let last = { at: performance.now(), count: count() };
  let rate = 0;
  const timer = setInterval(() => {
    const now = { at: performance.now(), count: count() };
    rate = Math.max(0, Math.round(((now.count - last.count) / (now.at - last.at)) * 1000));
    last = now;
  }, 1000);
  timer.unref();
  return { perSecond: () => rate, stop: () => clearInterval(timer) };
}
