/** Metres of road per lane, and both kerb lanes' margins with the median [assumption]. */
const laneMetres = 3.2;
const kerbMetres = 2;

/** Green that lets people walk over a road of so many lanes each way, s: 7 s + 1 s per metre (City of Seoul). */
export const walkTime = (lanes: number): number => Math.ceil(7 + 2 * lanes * laneMetres + kerbMetres);
