/** Seconds. */
export interface SignalTiming {
  readonly cycle: number;
  readonly main: number;
  readonly cross: number;
  /** Begin of main green within the cycle, against the common zero of the coordinated street. */
  readonly offset: number;
}

/** What the signal adviser proposes for one crossing, from measured counts only, and what came of it. Delays in s/veh (HCM 6th, ch. 19). */
export interface SignalAdvice {
  /** The signal controller. */
  readonly device: string;
  readonly district: string;
  readonly mode: "auto" | "manual";
  readonly t: number;
  /** As measured of the last quarter of an hour, veh/h by approach device. */
  readonly flows: Readonly<Record<string, number>>;
  readonly present: SignalTiming;
  readonly proposed: SignalTiming;
  readonly delayPresent: number;
  readonly delayProposed: number;
  /** Why there is no better one, or why it is held back. */
  readonly held: { readonly ko: string; readonly en: string } | null;
  /** Newest one that was applied, what it promised, what was measured after it. */
  readonly applied: { readonly t: number; readonly by: string; readonly predicted: number; readonly measured: number | null } | null;
}
