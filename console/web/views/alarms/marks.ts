import { marked } from "./chosen.ts";
import type { ListLine } from "./clusters.ts";

/** What of the list is in sight, px. */
export interface Seen {
  readonly top: number;
  readonly height: number;
}

export function markBetween(lines: readonly ListLine[], from: number, to: number): void {
  const [low, high] = [Math.min(from < 0 ? to : from, to), Math.max(from, to)];
  const ids = lines.slice(low, high + 1).flatMap((line) => (line.kind === "alarm" ? [line.id] : []));
  marked.value = new Set([...marked.peek(), ...ids]);
}

/** What lies wholly in sight: nobody acknowledges what he has not seen. */
export function visibleIds(lines: readonly ListLine[], { top, height }: Seen, rowHeight: number): string[] {
  return lines.slice(Math.ceil(top / rowHeight), Math.floor((top + height) / rowHeight)).flatMap((line) => (line.kind === "alarm" ? [line.id] : []));
}
