import { createHash } from "node:crypto";

/** Everything that was ever sent, as one chained hash per gateway: h' = sha256(h | topic | 0x00 | payload), h0 = 32 zero bytes; of answers without the id. */
export interface Transcript {
  add(gateway: number, topic: string, payload: string): void;
  /** sha256 over the lines `gateway count hex`, in the order of the gateways (sorted by id). */
  digest(): { readonly sha256: string; readonly messages: number };
  snapshot(): TranscriptState;
}
/** Per gateway, in the order of the city: count and hash in hex. */
export type TranscriptState = readonly (readonly [number, string])[];

/**
 * An answer repeats the id of its command. That is the room's own word and holds the wall clock of its sending, so it is left out: else no run in which
 * something is commanded would say the same twice.
 */
const own = (topic: string, payload: string): string => (topic.endsWith("/ack") ? payload.replace(/"id":"[^"]*",?/, "") : payload);

export function createTranscript(gateways: readonly string[], state?: TranscriptState): Transcript {
  const chains = gateways.map((id, index) => {
    const [count, hex] = state?.[index] ?? [0, ""];
    return { id, count, hash: hex === "" ? Buffer.alloc(32) : Buffer.from(hex, "hex") };
  });
  return {
    add(gateway, topic, payload) {
      const chain = chains[gateway];
      if (chain === undefined) return;
      chain.count += 1;
      chain.hash = createHash("sha256")
        .update(chain.hash)
        .update(`${topic}\0${own(topic, payload)}`)
        .digest();
    },
    digest() {
      const whole = createHash("sha256");
      let messages = 0;
      for (const chain of chains) {
        whole.update(`${chain.id} ${chain.count} ${chain.hash.toString("hex")}\n`);
        messages += chain.count;
      }
      return { sha256: whole.digest("hex"), messages };
    },
    snapshot: () => chains.map((chain) => [chain.count, chain.hash.toString("hex")] as const),
  };
}
