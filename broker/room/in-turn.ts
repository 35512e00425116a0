/** Two lists in the order of event time as one. What was seen at an instant comes before what was found at it. */
export function* inTurn<Seen extends { readonly t: number }, Found extends { readonly t: number }>(
  seen: readonly Seen[],
  found: readonly Found[],
): Generator<Seen | Found> {
  let next = 0;
  for (const one of found) {
    for (; next < seen.length; next++) {
      const before = seen[next];
      if (before === undefined || before.t > one.t) break;
      yield before;
    }
    yield one;
  }
  yield* seen.slice(next);
}
