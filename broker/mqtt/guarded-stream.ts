import type { Duplex } from "node:stream";
import { type ShortWay, Sieve } from "./sieve.ts";

/** The same for all connections: thousands of them share it. */
export interface Guard {
  /** Something came. */
  heard(stream: Duplex): void;
  /** A packet announces more than is taken: its connection ends. */
  tooLarge(stream: Duplex, bytes: number): void;
}

/**
 * Puts a sieve between a socket and aedes. aedes waits for "readable" and reads once; the socket itself flows, which costs less a chunk, and stands still
 * while aedes has not read or too much is on the short way: so nothing piles up, and the end is not told before the last byte was read.
 */
export class GuardedStream {
  readonly stream: Duplex;
  readonly #sieve = new Sieve();
  readonly #guard: Guard;
  #unread: Buffer | undefined;
  #tell: (() => void) | undefined;

  constructor(stream: Duplex, guard: Guard) {
    this.stream = stream;
    this.#guard = guard;
    const { on, read } = stream;
    on.call(stream, "data", (chunk: Buffer) => this.#take(chunk));
    Object.assign(stream, {
      on: (event: string, listener: (...given: unknown[]) => void) => {
        if (event !== "readable") return on.call(stream, event, listener);
        this.#tell = listener;
        return stream;
      },
      // aedes reads with null; the stream itself reads without, to let what has waited flow
      read: (size?: number | null): unknown => (size === null ? this.#read() : read.call(stream, size)),
    });
  }

  /** From now on what it takes does not go through aedes. */
  open(shortWay: ShortWay): void {
    this.#sieve.shortWay = shortWay;
  }

  #take(chunk: Buffer): void {
    this.#guard.heard(this.stream);
    const rest = this.#sieve.sift(chunk);
    if (typeof rest === "number") {
      this.#guard.tooLarge(this.stream, rest);
      this.stream.destroy();
      return;
    }
    const { shortWay } = this.#sieve;
    if (shortWay?.full()) {
      this.stream.pause();
      shortWay.onRoom(() => this.#goOn());
    }
    if (rest === undefined) return;
    this.#unread = rest;
    this.#tell?.();
    if (this.#unread !== undefined) this.stream.pause();
  }
  #read(): Buffer | null {
    const whole = this.#unread ?? null;
    this.#unread = undefined;
    if (this.stream.isPaused()) this.#goOn();
    return whole;
  }
  #goOn(): void {
    if (this.#unread === undefined && !this.#sieve.shortWay?.full()) this.stream.resume();
  }
}
