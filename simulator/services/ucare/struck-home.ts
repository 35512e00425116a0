import type { Obeyed } from "../../model.ts";
import { type Play, refused, type Stage } from "../incidents.ts";
import { type CareState, type Home, soonest } from "./state.ts";

type CareStage = Stage<"ucare", CareState>;

/** What befalls one home. `why` it cannot; what begins or ends may change the home's plans. */
export interface AtHome {
  why?(home: Home, stage: CareStage): string | undefined;
  begin(stage: CareStage, home: Home): Obeyed<"ucare">;
  end(stage: CareStage, home: Home): void;
  felt(stage: CareStage, home: Home): boolean;
  over?(stage: CareStage, home: Home): boolean;
}
export function atHome({ why, begin, end, felt, over }: AtHome): Play<"ucare", CareState> {
  const homeAt = ({ state, device }: CareStage): Home | undefined => state.homes[state.indexOf[device.id] ?? -1];
  const has = (stage: CareStage, is: (stage: CareStage, home: Home) => boolean): boolean => {
    const home = homeAt(stage);
    return home !== undefined && is(stage, home);
  };
  const plan = ({ state, device }: CareStage, home: Home): void => {
    state.next[state.indexOf[device.id] ?? -1] = soonest(home);
  };
  return {
    begin(stage) {
      const home = homeAt(stage);
      if (home === undefined) return refused(`no home ${stage.device.id}`);
      const reason = why?.(home, stage);
      if (reason !== undefined) return refused(reason);
      const made = begin(stage, home);
      plan(stage, home);
      return made;
    },
    end(stage) {
      const home = homeAt(stage);
      if (home === undefined) return [];
      end(stage, home);
      plan(stage, home);
      return [];
    },
    felt: (stage) => has(stage, felt),
    ...(over === undefined ? {} : { over: (stage) => has(stage, over) }),
  };
}

/** Nobody is there whom it could befall. */
export function whyNobody({ activity, down }: Home): string | undefined {
  if (activity === "out") return "nobody is at home";
  return down > 0 ? "the resident lies on the floor already" : undefined;
}
export const whyNotFalling = (home: Home): string | undefined => whyNobody(home) ?? (home.visitor ? "somebody is there who would help" : undefined);
