import type { incidents } from "../../../shared/services/ucare/incidents.ts";
import type { Happening, Obeyed } from "../../model.ts";
import { dayMs, hourAt, hourMs, minuteMs, secondMs } from "../day-clock.ts";
import { amountOf, begun, type Play, type Stage } from "../incidents.ts";
import { airPlays } from "./air-incidents.ts";
import { door, getUp, goDown, needHelp } from "./living.ts";
import { lostBy } from "./routine.ts";
import { type CareState, type Home, never } from "./state.ts";
import { atHome, whyNobody, whyNotFalling } from "./struck-home.ts";

type CareStage = Stage<"ucare", CareState>;
type CarePlay = Play<"ucare", CareState>;

/** Hours in which somebody who leaves the home is wandering. */
const night = { from: 22, to: 5.5 };
/** The hub tells ten minutes of movement at once: less of a pause shows in no reading. */
const windowMs = 10 * minuteMs;
/** The movement that a sensor still sees. */
const lastSteps = 3;

function stir(home: Home, t: number): void {
  home.act = Math.min(600, home.act + lastSteps);
  home.lastMotion = t;
}
function drop({ played, t }: CareStage, home: Home, ms: number): void {
  if (home.activity === "sleep" || home.activity === "nap") home.activity = "toilet";
  stir(home, t);
  goDown(home, t, ms);
  played.marks.down = home.down;
}
const stillDown = ({ played }: CareStage, home: Home): boolean => home.down > 0 && home.down === played.marks.down;

function fall(stage: CareStage, home: Home): Obeyed<"ucare"> {
  const { state, played, t } = stage;
  drop(stage, home, amountOf(played, "hours") * hourMs);
  needHelp(state, home, t);
  home.speaks = played.args.button === "pressed";
  return home.speaks ? { ok: true, happenings: [{ t, device: home.id, event: "button", x: {} }] } : begun();
}

/** Somebody comes, if nobody is there; the rest happens when the visitor leaves. */
function visited({ played, t }: CareStage, home: Home): Obeyed<"ucare"> {
  const out: Happening<"ucare">[] = [];
  if (!home.visitor) {
    home.visitor = true;
    door(home, "open", t, out);
    home.bout = t + 20 * secondMs;
  }
  home.visit = t + amountOf(played, "minutes") * minuteMs;
  home.farewell = amountOf(played, "hours") * hourMs;
  played.marks.leaves = home.visit;
  return { ok: true, happenings: out };
}

function goOut({ played, t }: CareStage, home: Home, ms: number): Obeyed<"ucare"> {
  const out: Happening<"ucare">[] = [];
  stir(home, t - secondMs);
  door(home, "open", t, out);
  home.activity = "out";
  home.bout = never;
  home.burner = 0;
  home.until = t + ms;
  played.marks.felt = t;
  return { ok: true, happenings: out };
}
const whyNotOut = (home: Home): string | undefined =>
  whyNobody(home) ?? (home.visitor ? "a visitor is there" : home.doorCloses === never ? undefined : "somebody is at the door");

/** Until the resident is back. */
const outing = {
  end({ t }: CareStage, home: Home): void {
    if (home.activity === "out") home.until = t;
  },
  felt: ({ played, t }: CareStage, home: Home): boolean => home.activity === "out" && t >= (played.marks.felt ?? never),
  over: (_stage: CareStage, home: Home): boolean => home.activity !== "out",
};
const helped = {
  end(stage: CareStage, home: Home): void {
    if (stillDown(stage, home)) getUp(home, stage.t);
  },
  over: (stage: CareStage, home: Home): boolean => !stillDown(stage, home),
};

export const carePlays: Readonly<Record<keyof typeof incidents, CarePlay>> = {
  fall: atHome({
    why: whyNotFalling,
    begin: fall,
    ...helped,
    felt: (stage, home) => stillDown(stage, home) && (home.speaks || stage.t - stage.played.since >= windowMs),
  }),
  stumble: atHome({
    why: whyNotFalling,
    begin(stage, home) {
      drop(stage, home, amountOf(stage.played, "minutes") * minuteMs);
      return begun();
    },
    ...helped,
    felt: (stage, home) => stillDown(stage, home) && stage.t - stage.played.since >= windowMs,
  }),
  "visitor-leaves": atHome({
    why: (home) =>
      whyNobody(home) ?? (home.activity === "sleep" ? "the resident sleeps" : home.doorCloses === never ? undefined : "somebody is at the door"),
    begin: visited,
    end({ t }, home) {
      if (home.farewell > 0) home.farewell = 0;
      else if (home.down > 0) getUp(home, t);
    },
    felt: ({ played, t }, home) => home.farewell === 0 && home.down > 0 && t >= (played.marks.leaves ?? never) + windowMs,
    over: (_stage, home) => home.farewell === 0 && home.down === 0,
  }),
  wandering: atHome({
    why: (home, { env, t }) => {
      const hour = hourAt(env, t);
      return whyNotOut(home) ?? (hour >= night.from || hour < night.to ? undefined : "it is day");
    },
    begin: (stage, home) => goOut(stage, home, amountOf(stage.played, "minutes") * minuteMs),
    ...outing,
  }),
  "long-outing": atHome({
    why: (home) => (home.activity === "out" ? undefined : whyNotOut(home)),
    begin(stage, home) {
      const ms = amountOf(stage.played, "hours") * hourMs;
      if (home.activity !== "out") return goOut(stage, home, ms);
      // who is out stays out: what shows of it is that nobody comes home
      stage.played.marks.felt = home.until;
      home.until = Math.max(home.until, stage.t + ms);
      return begun();
    },
    ...outing,
  }),
  "slow-decline": atHome({
    why: (home) => (home.weak === null ? undefined : "it is declining already"),
    begin({ played, t }, home) {
      home.weak = { rng: { ...played.rng }, since: t, ms: amountOf(played, "weeks") * 7 * dayMs, share: amountOf(played, "less") / 100 };
      return begun();
    },
    end(_stage, home) {
      home.weak = null;
    },
    // one bout in twenty
    felt: ({ t }, { weak }) => weak !== null && lostBy(weak, t) >= 0.05,
  }),
  ...airPlays,
};
