import type { CityClock } from "../shared/clock.ts";
import type { ControlLine } from "./control-line.ts";

/** Tells the city's clock: a head is a promise that counts when the broker has it. */
export interface Herald {
  connect(line: Pick<ControlLine, "tell">): void;
  /** Up to here the promise is given. */
  allowed(): number;
  /** Another city begins here. */
  begin(head: number): void;
  /** Resolves when the broker has it. */
  tellNow(image?: string): Promise<CityClock>;
  /** Wall ms since the last. */
  age(wall: number): number;
  busy(): boolean;
  /** Unless it says the same as the last, and that was a moment ago. */
  tellSoon(wall: number): void;
  settled(): Promise<void>;
}
export interface HeraldParts {
  clock(image?: string): CityClock;
  /** The broker has it. */
  onTold(): void;
  onTrouble(text: string): void;
}

/** An unchanged clock is told so often, wall time. */
const heartbeatMs = 1000;

export function createHerald({ clock, onTold, onTrouble }: HeraldParts): Herald {
  let line: Pick<ControlLine, "tell"> | undefined;
  let allowed = 0;
  let told = { at: 0, text: "" };
  let telling: Promise<void> | undefined;
  const tell = async (said: CityClock): Promise<void> => {
    told = { at: Date.now(), text: JSON.stringify(said) };
    await line?.tell(said);
    allowed = Math.max(allowed, said.head);
    onTold();
  };
  return {
    connect(opened) {
      line = opened;
    },
    allowed: () => allowed,
    begin(head) {
      allowed = head;
    },
    async tellNow(image) {
      if (telling !== undefined) await telling;
      const said = clock(image);
      await tell(said);
      return said;
    },
    age: (wall) => wall - told.at,
    busy: () => telling !== undefined,
    tellSoon(wall) {
      const said = clock();
      if (wall - told.at < heartbeatMs && JSON.stringify(said) === told.text) return;
      telling = tell(said)
        .catch((error: unknown) => onTrouble(`clock: ${String(error)}`))
        .finally(() => {
          telling = undefined;
        });
    },
    settled: async () => telling,
  };
}
