import type { incidents } from "../../../shared/services/evzone/incidents.ts";
import type { Obeyed } from "../../model.ts";
import { hourMs, minuteMs } from "../day-clock.ts";
import { amountOf, begun, type Play, refused, type Stage } from "../incidents.ts";
import { pseudonym } from "../pseudonym.ts";
import { changeStatus } from "./charge-point.ts";
import { comeIn, nextOf } from "./driver.ts";
import { type Bay, type EvState, lawfulUntil } from "./state.ts";
import { plugInStay, type Stay, strangerStay } from "./stay.ts";

type EvStage = Stage<"evzone", EvState>;
type EvPlay = Play<"evzone", EvState>;

/** Beyond any run: Infinity would not survive a snapshot. */
const never = 8e15;
/** From the end of charging until the car has left. */
const leavingMs = 2 * minuteMs;

const indexAt = ({ state, device }: EvStage): number => state.indexOf[device.id] ?? -1;
const bayAt = (stage: EvStage): Bay | undefined => stage.state.bays[indexAt(stage)];
/** Only this injection knows how its car is called today. */
const tokenOf = ({ state, env, device, played }: EvStage): string => pseudonym(state.seed, `day ${env.day}`, `${device.id} ${played.id}`);

/** The car of the incident drives in. */
function drive(stage: EvStage, bay: Bay, stay: Stay): Obeyed<"evzone"> {
  const { state, played, t } = stage;
  const happening = comeIn(bay, stay, t);
  played.marks.came = stay.since;
  played.marks.felt = t;
  state.next[indexAt(stage)] = nextOf(played.rng, stay, t);
  return { ok: true, happenings: [happening] };
}
/** Its car, as long as that is there. */
const carOf = (stage: EvStage): Stay | undefined => {
  const stay = bayAt(stage)?.stay ?? undefined;
  return stay?.since === stage.played.marks.came ? stay : undefined;
};

/** A car that is there for some time: the bay must be free, or `held` says what becomes of the car that is in it. */
function car(comes: (stage: EvStage, bay: Bay) => Stay, held?: (stage: EvStage, bay: Bay, stay: Stay) => Obeyed<"evzone">): EvPlay {
  return {
    begin(stage) {
      const bay = bayAt(stage);
      if (bay === undefined) return refused(`no bay ${stage.device.id}`);
      if (bay.stay !== null) return held?.(stage, bay, bay.stay) ?? refused("the bay is occupied");
      return drive(stage, bay, comes(stage, bay));
    },
    /** It leaves at once: whoever charges stops first. */
    end(stage) {
      const stay = carOf(stage);
      if (stay === undefined) return [];
      const { state, t } = stage;
      stay.stop = Math.min(stay.stop, t);
      stay.leave = Math.min(stay.leave, stay.stage === "intruding" || stay.stage === "leaving" ? t : t + leavingMs);
      if (stay.stage !== "parked" && stay.stage !== "authorising") state.next[indexAt(stage)] = t;
      return [];
    },
    felt: (stage) => carOf(stage) !== undefined && stage.t >= (stage.played.marks.felt ?? never),
    over: (stage) => carOf(stage) === undefined,
  };
}
const stranger = (kind: "ice" | "exempt"): EvPlay =>
  car((stage) => strangerStay(kind, tokenOf(stage), stage.t, stage.t + amountOf(stage.played, "minutes") * minuteMs));

/** A car that has plugged in, or is about to, forgets the time. */
function stayOn(stage: EvStage, bay: Bay, stay: Stay): Obeyed<"evzone"> {
  const { state, played, t } = stage;
  if (stay.stage === "intruding") return refused("the car in the bay is no electric one");
  if (stay.stage === "leaving" || stay.stage === "unplugging") return refused("the car is not charging");
  const leave = beyondLaw(stage, bay, stay);
  // nothing would be seen of it
  if (stay.leave >= leave) return refused("the car stays longer than that by itself");
  played.marks.came = stay.since;
  // what would have been seen without it: that the car goes
  played.marks.felt = stay.leave;
  stay.leave = leave;
  stay.stop = stay.leave - leavingMs;
  if (stay.stage === "connected") state.next[indexAt(stage)] = Math.max(stay.stop, t);
  return begun();
}
const beyondLaw = ({ played, t }: EvStage, bay: Bay, stay: Stay): number => Math.max(lawfulUntil(bay, stay), t) + amountOf(played, "beyond") * hourMs;

export const evzonePlays: Readonly<Record<keyof typeof incidents, EvPlay>> = {
  intruder: stranger("ice"),
  delivery: stranger("ice"),
  "exempt-car": stranger("exempt"),
  overstay: car((stage, bay) => {
    const stay = plugInStay(stage.played.rng, bay, stage.env, stage.t, tokenOf(stage));
    const leave = beyondLaw(stage, bay, stay);
    return { ...stay, stage: "parked", leave, stop: leave - leavingMs };
  }, stayOn),
  unplugged: car((stage, bay) => {
    const stay = plugInStay(stage.played.rng, bay, stage.env, stage.t, tokenOf(stage));
    return { ...stay, stage: "leaving", leave: stage.t + amountOf(stage.played, "minutes") * minuteMs };
  }),
  "charger-fault": {
    begin(stage) {
      const bay = bayAt(stage);
      if (bay === undefined) return refused(`no charger ${stage.device.id}`);
      if (bay.cp === "Faulted") return refused("the charger is out of order already");
      if (bay.cp !== "Available" && bay.cp !== "Charging" && bay.cp !== "SuspendedEV") return refused(`the charger is ${bay.cp}`);
      changeStatus(bay, "Faulted", stage.t);
      bay.power = 0;
      bay.faultAt = never;
      return begun(bay.charger);
    },
    /** Repaired with the charger's next step. */
    end(stage) {
      const bay = bayAt(stage);
      if (bay !== undefined) bay.faultAt = stage.t;
      return [];
    },
    felt: () => true,
  },
};
