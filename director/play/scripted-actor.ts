import type { Actor, Role } from "../../shared/roles.ts";

/** In whose name a scenario acts in a room: one of its people. */
export const scripted = (role: Role): Actor => ({ name: "scenario", role });
/** Whoever plays it as a test: sets the clock, the modes, and everything else. */
export const stageManager = scripted("admin");
