const minute = 60_000;
export const hourMs = 60 * minute;
export const dayMs = 24 * hourMs;
/** Shapes and spreads are known by the half hour. */
export const slotMs = 30 * minute;
export const slotsADay = 48;
/** Extremes are those of so long. */
export const blockMs = 6 * hourMs;
