import { localTime } from "../../../simulator/environment/calendar.ts";
import type { Device } from "../../../simulator/model.ts";
import { hoursIn, type Measurer, numberOf, type Said, type Span } from "./measured.ts";
import { connectedHours, homeOccupied, homeStarts } from "./reference.ts";
import { autocorrelation, distanceFromQuantiles, median, shareOf, shares, totalVariation } from "./statistics.ts";

const tenMinutes = 600_000;
type Kind = "home" | "work" | "other";
interface Bay {
  readonly kind: Kind;
  /** 0 or 1 every ten minutes; NaN = not told. */
  readonly occupied: Float64Array;
  /** Class of the car that is in it. */
  car: string;
  since: number;
  /** The charger's register when the last car left. */
  registered: number;
}
interface Stays {
  readonly hours: number[];
  readonly energy: number[];
  readonly starts: number[];
  readonly leaves: number[];
}

/** Stays of cars that can charge, and bays by the hour. Fast and public bays have no real counterpart at hand: they are left out. */
export function createChargingMeasurer(span: Span): Measurer {
  const bays = new Map<string, Bay>();
  const stays = { home: emptyStays(), work: emptyStays(), other: emptyStays() };
  const registers = new Map<string, number>();
  const slots = (span.days * 86_400_000) / tenMinutes;
  const bayOf = (device: Device): Bay => {
    const known = bays.get(device.id);
    if (known !== undefined) return known;
    const made = { kind: kindOf(device), occupied: new Float64Array(slots).fill(Number.NaN), car: "", since: 0, registered: Number.NaN };
    bays.set(device.id, made);
    return made;
  };
  const hearEvent = ({ device, t, e, x }: Said): void => {
    const bay = bayOf(device);
    if (e === "in") {
      bay.car = String(x?.class);
      bay.since = t;
    }
    if (e !== "out") return;
    // the event of coming may have been lost in a gap
    if ((bay.car === "ev" || bay.car === "phev") && Math.abs(t - bay.since - 1000 * Number(x?.dwell)) < 2000) note(stays[bay.kind], bay.since, t);
    bay.car = "";
    const register = registers.get(`${device.site} ${device.meta.constants?.number}`) ?? Number.NaN;
    if (register - bay.registered > 0.2) stays[bay.kind].energy.push(register - bay.registered);
    bay.registered = register;
  };
  return {
    hear(said) {
      const { device, t, m } = said;
      if (said.e !== undefined) hearEvent(said);
      else if (device.kind === "charger") registers.set(`${device.site} ${device.meta.constants?.number}`, numberOf(m?.energy));
      else if (m?.occupied !== undefined) bayOf(device).occupied[Math.floor((t - span.start) / tenMinutes)] = m.occupied === true ? 1 : 0;
    },
    measured() {
      const home = [...bays.values()].filter(({ kind }) => kind === "home");
      const work = [...bays.values()].filter(({ kind }) => kind === "work");
      const [homeByHour, workByHour] = [occupiedByHour(home, span), occupiedByHour(work, span)];
      const [ofHome, ofWork] = [stays.home, stays.work];
      const night = [2, 3, 4].map((hour) => workByHour[hour] ?? 0);
      const alike = (lag: number): number => median(home.map(({ occupied }) => autocorrelation(occupied, lag)));
      return {
        values: {
          homeStay: distanceFromQuantiles(ofHome.hours, connectedHours.private),
          homeStart: totalVariation(shares(ofHome.starts), shares(homeStarts)),
          homeOccupied: Math.max(...homeByHour.map((value, hour) => Math.abs(value - (homeOccupied[hour] ?? 0)))),
          workStay: distanceFromQuantiles(ofWork.hours, connectedHours.workplace),
          workNight: Math.max(...night),
          workNoon: workByHour[13] ?? Number.NaN,
          home14: shareOf(ofHome.hours, (hours) => hours > 14),
          work14: shareOf(ofWork.hours, (hours) => hours > 14),
          brief: shareOf([...ofHome.hours, ...ofWork.hours], (hours) => hours < 0.25),
          home50: median(ofHome.hours),
          work50: median(ofWork.hours),
          homeEnergy50: median(ofHome.energy),
          workEnergy50: median(ofWork.energy),
          leave7: shares(ofHome.leaves)[7] ?? 0,
          occupied10m: alike(1),
          occupied1h: alike(6),
          occupied6h: alike(36),
          occupied24h: alike(144),
          occupied7d: alike(1008),
        },
        curves: {
          stays: Array.from({ length: 48 }, (_, hour) => 100 * shareOf(ofHome.hours, (hours) => hours >= hour && hours < hour + 1)),
          starts: shares(ofHome.starts).map((value) => 100 * value),
          occupied: homeByHour,
        },
      };
    },
  };
}

function note(stays: Stays, since: number, t: number): void {
  stays.hours.push((t - since) / 3_600_000);
  const [start, leave] = [Math.floor(localTime(since).hour), Math.floor(localTime(t).hour)];
  stays.starts[start] = (stays.starts[start] ?? 0) + 1;
  stays.leaves[leave] = (stays.leaves[leave] ?? 0) + 1;
}
const emptyStays = (): Stays => ({ hours: [], energy: [], starts: new Array<number>(24).fill(0), leaves: new Array<number>(24).fill(0) });

/** The birth document names the place. */
function kindOf({ meta }: Device): Kind {
  if (meta.constants?.fast === 1) return "other";
  if (meta.constants?.households !== undefined) return "home";
  return meta.name.en.startsWith("Offices") ? "work" : "other";
}

/** %, weekdays. */
function occupiedByHour(bays: readonly Bay[], span: Span): number[] {
  const [taken, told] = [new Array<number>(24).fill(0), new Array<number>(24).fill(0)];
  for (const { occupied } of bays)
    occupied.forEach((value, slot) => {
      const hours = hoursIn(span, span.start + slot * tenMinutes);
      if (Number.isNaN(value) || Math.floor(hours / 24) % 7 >= 5) return;
      const hour = Math.floor(hours) % 24;
      taken[hour] = (taken[hour] ?? 0) + value;
      told[hour] = (told[hour] ?? 0) + 1;
    });
  return taken.map((value, hour) => (100 * value) / (told[hour] ?? 1));
}
