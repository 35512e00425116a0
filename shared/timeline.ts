/** Simulated devices live on the city's timeline; real devices on `field`, whose time is the wall clock minus 2 s. */
export type Timeline = "city" | "field";
/** The run of what concerns real devices: it never ends. */
export const fieldRun = "field";
export const fieldLagMs = 2000;
/** A time ahead of its timeline by more than this is refused. */
export const aheadToleranceMs = 60_000;
