import type { Stage } from "../../director/stage.ts";

/** The same stage, counting how often its devices are looked at: on a large one each look holds the room up. */
export function watchedStage(stage: Stage): { readonly stage: Stage; looks(): number } {
  let looks = 0;
  return {
    stage: {
      ...stage,
      get devices() {
        looks += 1;
        return stage.devices;
      },
    },
    looks: () => looks,
  };
}
