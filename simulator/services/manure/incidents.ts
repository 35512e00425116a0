import type { incidents } from "../../../shared/services/manure/incidents.ts";
import type { Obeyed } from "../../model.ts";
import { uniform } from "../../random.ts";
import { hourMs } from "../day-clock.ts";
import { amountOf, begun, type Play, type Played, refused, type Stage } from "../incidents.ts";
import { astray } from "./parameters.ts";
import { offLine } from "./route.ts";
import { type ManureState, type Tank, type Truck, tankOf, truckOf, within } from "./state.ts";

type ManurePlay = Play<"manure", ManureState>;
type ManureStage = Stage<"manure", ManureState>;

interface Playing<Of> {
  begin(of: Of, played: Played, t: number): Obeyed<"manure">;
  end(of: Of, played: Played): void;
  felt(of: Of, stage: ManureStage): boolean;
  over?(of: Of, stage: ManureStage): boolean;
}
/** Of whatever stands at the device: a truck, or a farm's pit. */
function playOf<Of>(find: (stage: ManureStage) => Of | undefined, { begin, end, felt, over }: Playing<Of>): ManurePlay {
  const has = (stage: ManureStage, is: (of: Of, stage: ManureStage) => boolean): boolean => {
    const of = find(stage);
    return of !== undefined && is(of, stage);
  };
  return {
    begin(stage) {
      const of = find(stage);
      return of === undefined ? refused(`there is no ${stage.device.id}`) : begin(of, stage.played, stage.t);
    },
    end(stage) {
      const of = find(stage);
      if (of !== undefined) end(of, stage.played);
      return [];
    },
    felt: (stage) => has(stage, felt),
    ...(over === undefined ? {} : { over: (stage) => has(stage, over) }),
  };
}
const atTruck = (play: Playing<Truck>): ManurePlay => playOf(({ state, device }) => truckOf(state, device.id), play);
const atPit = (play: Playing<Tank>): ManurePlay => playOf(({ state, device }) => tankOf(state, device.id), play);

const side = ({ rng }: Played): number => (uniform(rng) < 0.5 ? -1 : 1);
const busy = "the truck is off its route already, or about to be";
const isFree = ({ astray: off, marked }: Truck): boolean => off === null && marked.dump === 0 && marked.round === 0;
/** Beyond what a receiver errs by. */
const isOff = (truck: Truck, how: "dump" | "detour"): boolean => truck.astray?.how === how && offLine(truck.route, truck.at) > 40;

/** How the incidents of the contract are played. What a truck is marked for, its next way with a load brings (`turnOff`). */
export const manurePlays = {
  dumping: atTruck({
    begin(truck, played) {
      if (!isFree(truck)) return refused(busy);
      truck.marked.aside = side(played) * within(played.rng, astray.aside);
      truck.marked.dump = amountOf(played, "kg");
      return begun();
    },
    // who lets something out shuts the valve and goes on
    end(truck) {
      truck.marked.dump = 0;
      if (truck.astray?.how === "dump") truck.astray.left = 0;
    },
    felt: (truck) => isOff(truck, "dump"),
    over: ({ marked, astray: off }) => marked.dump === 0 && off?.how !== "dump",
  }),
  detour: atTruck({
    begin(truck, played) {
      if (!isFree(truck)) return refused(busy);
      truck.marked.round = side(played) * astray.round;
      return begun();
    },
    end(truck) {
      truck.marked.round = 0;
    },
    felt: (truck) => isOff(truck, "detour"),
    over: ({ marked, astray: off }) => marked.round === 0 && off?.how !== "detour",
  }),
  drip: atTruck({
    begin(truck, played) {
      if (truck.marked.drip > 0 || truck.dripping > 0) return refused("the valve drips already");
      truck.marked.drip = amountOf(played, "kg");
      return begun();
    },
    end(truck) {
      truck.marked.drip = 0;
      truck.dripping = 0;
    },
    felt: ({ dripping }) => dripping > 0,
    over: ({ marked, dripping }) => marked.drip === 0 && dripping === 0,
  }),
  "position-lost": atTruck({
    begin(truck) {
      truck.blind = true;
      return begun(truck.id);
    },
    end(truck) {
      truck.blind = false;
    },
    felt: () => true,
  }),
  inflow: atPit({
    begin(tank, played, t) {
      if (tank.tons >= tank.holds) return refused("the pit is full already");
      const hours = amountOf(played, "hours");
      tank.extra += amountOf(played, "tons") / hours;
      played.marks.until = t + hours * hourMs;
      return begun();
    },
    end(tank, played) {
      tank.extra = Math.max(0, tank.extra - amountOf(played, "tons") / amountOf(played, "hours"));
    },
    felt: (tank, { played, t }) => ((t - played.since) / hourMs) * tank.extra > 0.01 * tank.holds,
    over: (_tank, { played, t }) => t >= (played.marks.until ?? 0),
  }),
} satisfies Record<keyof typeof incidents, ManurePlay>;
