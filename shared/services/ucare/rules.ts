import { movementRules } from "./movement-rules.ts";
import { roomRules } from "./room-rules.ts";
import { urgentRules } from "./urgent-rules.ts";

/** Emergency safety service for people who live alone: life at stake is an alarm; whatever a call can settle is a task of the care desk. */
export const rules = [...urgentRules, ...movementRules, ...roomRules] as const;
