import type { Meta } from "../../shared/reading.ts";

const place = (d: string, kind: string, constants: Record<string, number>, gateway = `gw-${d}`): Meta => ({
  v: 1,
  d,
  kind,
  name: { ko: `${d} 다리`, en: `${d} bridge` },
  gateway,
  district: "east",
  lat: 37.4,
  lon: 127,
  constants,
});
/** A gauge `chainage` km down a stream without slope, so that levels are EL; caution 4 m, alert 5 m, serious 6 m. */
export const gauge = (d: string, chainage: number, change: Record<string, number> = {}, gateway?: string): Meta =>
  place(
    d,
    "gauge",
    {
      chainage,
      reference: 10,
      datum: 0,
      bankfull: 7,
      rating_a: 20,
      rating_h0: 0.5,
      rating_b: 1.7,
      interest: 2,
      caution: 4,
      alert: 5,
      serious: 6,
      ...change,
    },
    gateway,
  );
export const gateAt = (d: string, chainage: number, sill: number, gateway?: string): Meta => place(d, "gate", { chainage, side: 0, sill }, gateway);
