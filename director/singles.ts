import type { CityPort } from "../shared/city-port.ts";
import type { CityClock } from "../shared/clock.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { ClearedInjection, Injection, InjectionState } from "../shared/scenario/injection.ts";
import { completeArgs } from "../shared/scenario/injection-args.ts";
import { lastingFault } from "../shared/scenario/lasting.ts";
import type { InjectionKindRow, InjectRequest, Preview, ScenarioPort } from "../shared/scenario/scenario-port.ts";
import { type Selectable, type Selector, select } from "../shared/scenario/selector.ts";
import { checkSelector } from "./language/check-selector.ts";
import { unknownName } from "./language/nearest.ts";
import { expectedRules } from "./plan/expected-rules.ts";
import { struckBy, targetsOf } from "./plan/struck.ts";
import { effectOf } from "./plan/words.ts";
import { askInParts } from "./play/in-parts.ts";
import { endsIn, statesIn } from "./play/performer.ts";
import type { SimLine } from "./sim-line.ts";
import type { Stage } from "./stage.ts";

interface Parts {
  readonly sim: Pick<SimLine, "ask">;
  readonly port: CityPort;
  readonly stage: () => Stage;
  readonly changed: () => void;
  /** A scenario runs: then its injections are looked after, too. */
  readonly active: () => boolean;
}
/** Injections asked for by a person, one at a time, and the list of all that is injected. */
export interface Singles extends Pick<ScenarioPort, "preview" | "inject" | "clear"> {
  list(): readonly InjectionState[];
  active(): boolean;
  onClock(clock: CityClock | undefined): void;
}

/** Wall time between two looks at what the simulator says of injections that go on. */
const lookMs = 1000;
const goesOn = ({ state }: InjectionState): boolean => state === "waits" || state === "active";

export function createSingles({ sim, port, stage, changed, active }: Parts): Singles {
  let known: readonly InjectionState[] = [];
  let run = "";
  let count = 0;
  let lookedAt = 0;
  let looking = false;

  function take(states: readonly InjectionState[], whole: boolean): void {
    const byId = new Map(whole ? [] : known.map((one) => [one.id, one]));
    for (const one of states) byId.set(one.id, one);
    const next = [...byId.values()];
    if (JSON.stringify(next) === JSON.stringify(known)) return;
    known = next;
    changed();
  }
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    lookedAt = Date.now();
    const answer = await sim.ask({ list: "injections" });
    looking = false;
    if (answer.ok) take(statesIn(answer.value), true);
  }
  function resolved(
    request: InjectRequest,
  ): Result<{ readonly kind: InjectionKindRow; readonly devices: readonly Selectable[]; readonly args: Injection["args"] }> {
    const here = stage();
    const kind = here.kinds.find(({ id }) => id === request.kind);
    if (kind === undefined)
      return refuse(
        unknownName(
          "kind of injection",
          request.kind,
          here.kinds.map(({ id }) => id),
        ),
      );
    const aimed = devicesOf(kind, request.on, here);
    if (!aimed.ok) return aimed;
    const long = request.lasts === undefined ? undefined : lastingFault(kind, request.lasts);
    if (long !== undefined) return refuse(long);
    const args = completeArgs(kind, request.with ?? {});
    return args.ok ? ok({ kind, devices: aimed.value, args: args.value }) : args;
  }
  /** None where the whole city is struck. */
  function devicesOf(kind: InjectionKindRow, on: Selector, here: Stage): Result<readonly Selectable[]> {
    if (kind.on === "city") return ok([]);
    const chosen = checkSelector(on, [], here, count);
    if (chosen.findings.length > 0) return refuse(chosen.findings.map(({ message }) => message).join("; "));
    const devices = struckBy(kind, select(here.devices, on, seedNow()));
    if (devices.length > 0) return ok(devices);
    const own = kind.service === null ? "" : ` of ${kind.service}`;
    return refuse(`"${kind.id}" strikes only ${(kind.kinds ?? []).join(", ")}${own}, and none of these devices is one`);
  }
  const seedNow = (): number => port.clock()?.seed ?? 1;
  const taken = (data: unknown): readonly InjectionState[] => {
    const states = statesIn(data);
    take(states, false);
    return states;
  };

  return {
    list: () => known,
    active: () => known.some(goesOn),
    preview(request): Result<Preview> {
      const found = resolved(request);
      if (!found.ok) return found;
      const { kind, devices, args } = found.value;
      return ok({
        words: effectOf(kind, devices, args, stage()),
        devices: devices.map(({ id }) => id),
        expected: expectedRules(kind, devices, stage()),
      });
    },
    async inject(request) {
      const found = resolved(request);
      if (!found.ok) return found;
      const { kind, devices, args } = found.value;
      count += 1;
      const id = `one-${count}-${Date.now().toString(36)}`;
      const told = await sim.ask({
        inject: [{ id, kind: kind.id, targets: [...targetsOf(kind, devices)], t: null, lasts: request.lasts ?? kind.lasts, args }],
      });
      return told.ok ? ok(taken(told.value)) : told;
    },
    async clear(ids, by) {
      const told = await askInParts(sim, ids, (part) => ({ clear: part }));
      if (!told.ok) return told;
      const ends = endsIn(told.value);
      return ok(
        taken(told.value).map((one): ClearedInjection => {
          const t = ends.get(one.id);
          return t === undefined ? { ...one, cleared: null } : { ...one, state: "cleared", cleared: { t, by: by.name } };
        }),
      );
    },
    onClock(clock) {
      if (clock === undefined) return;
      if (clock.run !== run) {
        run = clock.run;
        if (known.length > 0) take([], true);
        void look();
      }
      if ((known.some(goesOn) || active()) && Date.now() - lookedAt > lookMs) void look();
    },
  };
}
