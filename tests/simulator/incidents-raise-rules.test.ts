import { describe, expect, it } from "vitest";
import { type ServiceId, services } from "../../shared/services/index.ts";
import type { Struck } from "../../simulator/model.ts";
import { winter } from "../support/incident-world.ts";
import { type JudgedService, judgedService } from "../support/judged-service.ts";

const minute = 60_000;
const hour = 60 * minute;

interface Scene {
  readonly incident: string;
  readonly args?: Struck["args"];
  readonly device?: string;
  /** Hours of life before it, from a Monday's midnight in January; and hours that it is watched. */
  readonly after: number;
  readonly watch: number;
  /** What the room does, minutes after it began. */
  readonly tells?: readonly (readonly [after: number, op: string])[];
  /** Another incident at the same time. */
  readonly beside?: { readonly incident: string; readonly args?: Struck["args"] };
}
const flood: Scene = { incident: "flash-rise", args: { peak: 80, rise: 40 }, after: 4, watch: 3 };
const fall: Scene = { incident: "fall", after: 10, watch: 13 };
const crash: Scene = { incident: "crash", args: { lanes: 2 }, device: "tx-0001-s", after: 5 * 24 + 8, watch: 1.5 };
const dumping: Scene = { incident: "dumping", after: 6, watch: 6 };
/** What raises each rule that is about the city: with the arguments of a scenario, in the magnitude in which the rule is written. */
const scenes: Readonly<Record<string, Scene>> = {
  "traffic/slow": crash,
  "traffic/spillback": crash,
  "traffic/flashing": { incident: "signal-fault", after: 4, watch: 1 },
  "traffic/preempt": { incident: "emergency-run", after: 4, watch: 1 },
  "stream/interest": flood,
  "stream/level": flood,
  "stream/rise": flood,
  "stream/rising": flood,
  "stream/path-floods": flood,
  "stream/gate-stays": { incident: "gate-jam", beside: flood, after: 4, watch: 3 },
  "stream/gate-fault": { incident: "gate-fault", after: 4, watch: 1 },
  "stream/person-in-gap": { incident: "stays-in-gap", after: 4, watch: 1, tells: [[5, "close"]] },
  "evzone/intruder": { incident: "intruder", after: 12, watch: 1 },
  "evzone/intrusion": { incident: "intruder", after: 12, watch: 1 },
  "evzone/overstay": { incident: "overstay", after: 12, watch: 16 },
  "evzone/blocked": { incident: "unplugged", after: 12, watch: 2 },
  "ucare/button": { ...fall, args: { button: "pressed" }, watch: 1 },
  "ucare/fire": { incident: "fire", after: 10, watch: 1 },
  "ucare/gas": { incident: "gas-left-on", after: 10, watch: 1 },
  "ucare/gas-rising": { incident: "gas-left-on", args: { rate: 300 }, after: 10, watch: 1 },
  "ucare/asks-help": {
    ...fall,
    args: { button: "pressed" },
    watch: 1,
    tells: [
      [1, "call"],
      [3, "call"],
      [5, "call"],
    ],
  },
  "ucare/found-in-need": { ...fall, watch: 1, tells: [[5, "visit"]] },
  "ucare/no-answer": { ...fall, watch: 1, tells: [[5, "call"]] },
  "ucare/quiet": fall,
  "ucare/inactive": fall,
  "ucare/decline": { incident: "slow-decline", args: { less: 50 }, device: "uc-0001", after: 8 * 7 * 24, watch: 8 * 7 * 24 },
  "ucare/hot-room": { incident: "hot-room", after: 10, watch: 6 },
  "ucare/heat": { incident: "hot-room", after: 10, watch: 6 },
  "ucare/cold-room": { incident: "cold-room", after: 10, watch: 24 },
  "ucare/cold": { incident: "cold-room", after: 10, watch: 24 },
  "foodwaste/filling": { incident: "overfilled", args: { people: 80 }, after: 12, watch: 4 },
  "foodwaste/full": { incident: "overfilled", args: { people: 80 }, after: 12, watch: 4 },
  "foodwaste/burning": { incident: "bin-fire", after: 12, watch: 1 },
  "foodwaste/lid-open": { incident: "lid-left-open", after: 12, watch: 1 },
  "foodwaste/locked": { incident: "lock-jam", after: 12, watch: 8 },
  "manure/dumping": dumping,
  "manure/off-route": dumping,
  "manure/pit-high": { incident: "inflow", args: { tons: 120, hours: 3 }, after: 12, watch: 4 },
  "manure/overflow": { incident: "inflow", args: { tons: 120, hours: 3 }, after: 12, watch: 4 },
};
/** The weather alone makes this one: a heat wave. */
const byWeather = ["foodwaste/odour", "ucare/heat-wave"];

function play(id: ServiceId, scene: Scene): { readonly city: JudgedService; readonly device: string } {
  const city = judgedService(id);
  city.to(winter + scene.after * hour);
  if (scene.beside !== undefined) city.strike(scene.beside.incident, { args: scene.beside.args ?? {} });
  const device = city.strike(scene.incident, { ...(scene.args && { args: scene.args }), ...(scene.device && { device: scene.device }) });
  const from = city.place.t;
  for (const [after, op] of scene.tells ?? []) {
    city.to(from + after * minute);
    city.tell(device, op);
  }
  city.to(from + scene.watch * hour);
  return { city, device: device.id };
}

describe("each rule about the city", () => {
  const told = new Set(Object.keys(scenes).map((name) => name.split("/")[0]));
  const rules = services
    .filter(({ id }) => told.has(id))
    .flatMap(({ id, rules: all }) => all.filter((rule) => rule.class === "operations").map((rule) => `${id}/${rule.id}`));
  it("has an incident that raises it, but for those that only weather makes", () => {
    expect([...Object.keys(scenes), ...byWeather].sort()).toEqual([...rules].sort());
  });
  it("is named by that incident, so that a preview can say who should find it", () => {
    for (const [name, { incident }] of Object.entries(scenes)) {
      const owner = services.find(({ id }) => name.startsWith(`${id}/`));
      expect(owner?.incidents[incident]?.shows, `${name} by ${incident}`).toContain(name);
    }
  });
  const plays = new Map<Scene, ReturnType<typeof play>>();
  it.each(Object.entries(scenes))("%s is raised by it", (name, scene) => {
    const [id, rule] = name.split("/") as [ServiceId, string];
    const { city, device } = plays.get(scene) ?? play(id, scene);
    plays.set(scene, { city, device });
    const raised = city.findings.filter(({ what, rule: one }) => what === "raised" && one.id === rule);
    // the stream carries it on, and a path floods at its gates
    expect(raised.map((one) => one.device)).toEqual(
      id === "stream" && scene === flood ? expect.arrayContaining([expect.any(String)]) : expect.arrayContaining([device]),
    );
  });
});

describe("what only looks like an incident", () => {
  const quiet = services.flatMap(({ id, incidents }) =>
    Object.entries(incidents).flatMap(([kind, { truth }]) => (truth === "quiet" ? [[id, kind] as const] : [])),
  );
  /** Away for longer than ten hours is a call of the care desk, by its own rule; an alarm it is not. */
  const tasks: Readonly<Record<string, readonly string[]>> = { "ucare/long-outing": ["quiet"] };
  /** Alarms, cases and tasks, by rule and device. */
  const called = ({ findings }: JudgedService): string[] =>
    findings.flatMap(({ what, rule, device }) => (what === "raised" && rule.outcome !== "event" ? [`${rule.outcome} ${rule.id} ${device}`] : []));
  it.each(quiet)("%s/%s calls nobody", (id, kind) => {
    const service = id as ServiceId;
    const after = { traffic: 5 * 24 + 8, ucare: 9, manure: 6 }[id] ?? 12;
    const { city, device } = play(service, { incident: kind, after, watch: 11.5 });
    const usual = judgedService(service);
    usual.to(city.place.t);
    const ordinary = called(usual);
    expect(called(city).filter((one) => !ordinary.includes(one))).toEqual((tasks[`${id}/${kind}`] ?? []).map((rule) => `task ${rule} ${device}`));
  });
});
