import { type Text, text } from "../../shared/service.ts";
import type { CityName } from "./ground.ts";
import type { Point } from "./plane.ts";

/** What tells one city from another; everything else follows from these numbers. Lengths in metres, angles in radians. */
export interface CityDesign {
  readonly id: string;
  readonly name: Text;
  /** Half the width and height of the map. */
  readonly half: Point;
  /** Half the side of the square that streets may fill, and how many main streets cross it each way. */
  readonly reach: number;
  readonly lines: number;
  /** Signalised intersections at scale 1. */
  readonly signals: number;
  /** 0 = straight streets, 1 = as bent as an old town in a valley. */
  readonly bend: number;
  /** Half axes of the built-up plain; hills stand outside. */
  readonly plain: Point;
  /** A wooded hill that the town has grown around. */
  readonly knolls: readonly { readonly at: Point; readonly radius: number }[];
  readonly stream: {
    readonly name: Text;
    /** Where it enters from the north, and its mean heading, 0 = south, positive = east of it. */
    readonly enters: number;
    readonly heading: number;
    /** Meanders: largest deflection from the heading, length of a meander along the stream, phase. */
    readonly deflection: number;
    readonly meander: number;
    readonly phase: number;
    /** Width at the upper and the lower end. */
    readonly width: readonly [number, number];
  };
  readonly districts: readonly { readonly id: string; readonly name: Text; readonly heart: Point; readonly bank: "left" | "right" }[];
  readonly landmarks: readonly { readonly id: string; readonly name: Text; readonly at: Point }[];
}

const gaoncheon = text("가온천", "Gaoncheon Stream");

export const cityDesigns: { readonly [Name in CityName]: CityDesign } = {
  default: {
    id: "gaon",
    name: text("가온시", "Gaon City"),
    half: [5300, 5000],
    reach: 4750,
    lines: 18,
    signals: 260,
    bend: 1,
    plain: [4750, 4650],
    knolls: [
      { at: [-3700, 1500], radius: 640 },
      { at: [2350, 900], radius: 640 },
    ],
    stream: { name: gaoncheon, enters: -2900, heading: 0.5, deflection: 1.33, meander: 4250, phase: 2.75, width: [26, 64] },
    districts: [
      { id: "bungmun", name: text("북문동", "Bungmun-dong"), heart: [300, 3300], bank: "left" },
      { id: "solnae", name: text("솔내동", "Solnae-dong"), heart: [3300, 3200], bank: "left" },
      { id: "dongsan", name: text("동산동", "Dongsan-dong"), heart: [3300, -200], bank: "left" },
      { id: "saeteo", name: text("새터동", "Saeteo-dong"), heart: [-3400, 2000], bank: "right" },
      { id: "jungang", name: text("중앙동", "Jungang-dong"), heart: [-1500, -300], bank: "right" },
      { id: "handeul", name: text("한들동", "Handeul-dong"), heart: [-3000, -2900], bank: "right" },
      { id: "namchon", name: text("남촌동", "Namchon-dong"), heart: [300, -3600], bank: "right" },
    ],
    landmarks: [
      { id: "stadium", name: text("가온종합운동장", "Gaon Stadium"), at: [3000, 3000] },
      { id: "school", name: text("한들초등학교", "Handeul Elementary School"), at: [-2900, -2700] },
      { id: "hospital", name: text("가온의료원", "Gaon Medical Center"), at: [3000, -500] },
      { id: "market", name: text("중앙시장", "Jungang Market"), at: [-1400, -500] },
      { id: "station", name: text("가온역", "Gaon Station"), at: [400, 2900] },
    ],
  },
  small: {
    id: "gaon-small",
    name: text("작은 가온시", "Little Gaon"),
    half: [1250, 1200],
    reach: 1050,
    lines: 4,
    signals: 3,
    bend: 0.25,
    plain: [1050, 1050],
    knolls: [],
    stream: { name: gaoncheon, enters: -150, heading: 0.1, deflection: 0.45, meander: 2100, phase: 2.2, width: [26, 32] },
    districts: [
      { id: "bungmun", name: text("북문동", "Bungmun-dong"), heart: [520, 150], bank: "left" },
      { id: "jungang", name: text("중앙동", "Jungang-dong"), heart: [-520, -150], bank: "right" },
    ],
    landmarks: [
      { id: "stadium", name: text("가온종합운동장", "Gaon Stadium"), at: [650, 600] },
      { id: "school", name: text("중앙초등학교", "Jungang Elementary School"), at: [-600, -500] },
      { id: "hospital", name: text("가온의료원", "Gaon Medical Center"), at: [500, -450] },
      { id: "market", name: text("중앙시장", "Jungang Market"), at: [-450, 100] },
      { id: "station", name: text("가온역", "Gaon Station"), at: [-350, 650] },
    ],
  },
};
