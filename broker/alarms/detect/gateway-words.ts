import type { StateWord } from "../../../shared/reading.ts";

/** What a gateway's connection said last, and how far event time had come by then. */
export interface GatewayWord {
  readonly s: StateWord;
  readonly t: number;
}
/**
 * Gateways whose last word is that they are gone: a last will, or a goodbye. Evidence, never a reason: when it comes depends on keep-alives and on how fast
 * the city runs, and where a line only fails it does not come at all. So loss is decided by silence, and this stands beside it.
 */
export interface GatewayWords {
  say(gateway: string, s: StateWord, mark: number): void;
  of(gateway: string): GatewayWord | undefined;
  state(): Readonly<Record<string, GatewayWord>>;
  restore(words: Readonly<Record<string, GatewayWord>>): void;
}
const gone: ReadonlySet<StateWord> = new Set(["lost", "disconnected"]);

export function createGatewayWords(): GatewayWords {
  const words = new Map<string, GatewayWord>();
  return {
    say(gateway, s, mark) {
      if (gone.has(s)) words.set(gateway, { s, t: mark });
      else words.delete(gateway);
    },
    of: (gateway) => words.get(gateway),
    state: () => Object.fromEntries(words),
    restore(given) {
      words.clear();
      for (const [gateway, word] of Object.entries(given)) words.set(gateway, word);
    },
  };
}
