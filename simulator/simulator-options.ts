import type { CityClock, ClockAction } from "../shared/clock.ts";
import type { Result } from "../shared/result.ts";
import type { Account } from "./account.ts";
import type { City } from "./city/city.ts";
import type { CityName } from "./city/ground.ts";
import type { Profile } from "./devices/outage.ts";
import type { EngineState } from "./engine.ts";

/** How a start goes on from the saved state: where it was · generate what was missed · live through it in silence · begin anew. */
export const resumes = ["continue", "catch-up", "gap", "fresh"] as const;
type Resume = (typeof resumes)[number];

export interface SimulatorOptions {
  readonly city: CityName;
  readonly scale: number;
  readonly seed: number;
  /** City seconds per wall second once live, 0.1 to 3600; `null` = as fast as the chain goes. */
  readonly rate: number | null;
  /** Epoch ms; floored to the minute. History from `start` to `until` is generated first. */
  readonly start: number;
  readonly until: number;
  readonly profile: Profile;
  readonly secrets: { readonly control: string; gateway(id: string): string };
  /** One account for all connections, as somebody else's broker has it; absent: each has its own. */
  readonly account?: Account;
  /** Folder for the saved state and images. */
  readonly dir: string;
  readonly resume: Resume;
  /** Default true: `digest` needs it. */
  readonly transcript?: boolean;
  /** City time at which the clock stands still for good. */
  readonly stopAt?: number;
  onTrouble?(text: string): void;
}
export interface MqttAddress {
  readonly host: string;
  readonly port: number;
  /** What the broker has of a city already: a state on disk that is older lives on to there in silence, one of another run is not taken up. */
  readonly known?: { readonly run: string; readonly mark: number };
}
export interface Simulator {
  readonly city: City;
  clock(): CityClock;
  /** sha256 over every gateway's messages so far. */
  digest(): { readonly sha256: string; readonly messages: number };
  /** `stopAt` is reached and acknowledged. */
  readonly done: Promise<void>;
  /** Resolves when it has taken effect; a reset or jump when the clock is live again. */
  act(action: ClockAction, images?: readonly string[]): Promise<Result<CityClock>>;
  snapshot(): EngineState;
  close(): Promise<void>;
}
