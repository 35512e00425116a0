import type { ChronicleLine, LiveReading, RawMessage } from "../../shared/city-port.ts";
import type { CityClock, ClockAnswer } from "../../shared/clock.ts";
import type { Result } from "../../shared/result.ts";
import type { Acted } from "../../shared/room-action.ts";
import type { Entry } from "../devices/registry.ts";

/** What the rest of the broker wants to hear of. */
export interface IngestListeners {
  reading(entry: Entry, reading: LiveReading): void;
  chronicle(lines: readonly ChronicleLine[]): void;
  clock(clock: CityClock): void;
  device(entry: Entry): void;
  answer(answer: ClockAnswer): void;
  /** What came of a person's action. */
  acted(id: string, result: Result<Acted>): void;
  raw(sender: string, message: RawMessage): void;
}
