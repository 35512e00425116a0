import type { ActiveInjection } from "../injections/active-injection.ts";
import type { Bend, BendParts, MakeBend } from "./bends/bend.ts";
import type { Environment } from "./environment.ts";

/** The ordinary environment with what is injected: bent before any model sees it. */
export interface BentEnvironment {
  begin(active: ActiveInjection, make: MakeBend): void;
  end(id: string): void;
  over(ordinary: Environment): Environment;
}
export interface BentEnvironmentParts extends BendParts {
  observed(active: ActiveInjection, t: number): void;
}

export function createBentEnvironment({ observed, ...parts }: BentEnvironmentParts): BentEnvironment {
  const bends = new Map<string, readonly [ActiveInjection, Bend]>();
  return {
    begin: (active, make) => void bends.set(active.injection.id, [active, make(active.injection, parts)]),
    end: (id) => void bends.delete(id),
    over(ordinary) {
      let env = ordinary;
      for (const [active, bend] of bends.values()) {
        const before = env;
        env = bend.bend(before);
        if (active.truth.observable === null && bend.felt(before, env)) observed(active, Math.max(ordinary.t, active.injection.t));
      }
      return env;
    },
  };
}
