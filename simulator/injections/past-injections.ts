import type { InjectionState } from "../../shared/scenario/injection.ts";

/** The newest injections that are over or were refused; bounded by their number and by the devices that they name. */
export interface PastInjections {
  has(id: string): boolean;
  add(state: InjectionState): void;
  list(): readonly InjectionState[];
}
const limit = { count: 500, targets: 20_000 };

export function createPast(saved: readonly InjectionState[] = []): PastInjections {
  const list = [...saved];
  let targets = list.reduce((sum, one) => sum + one.targets.length, 0);
  return {
    has: (id) => list.some((one) => one.id === id),
    add(state) {
      list.push(state);
      targets += state.targets.length;
      while (list.length > 1 && (list.length > limit.count || targets > limit.targets)) targets -= list.shift()?.targets.length ?? 0;
    },
    list: () => [...list],
  };
}
