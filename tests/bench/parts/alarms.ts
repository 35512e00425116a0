import { type Child, startChild } from "../child.ts";
import type { ChainProcess } from "../children/chain.ts";
import type { GaugesProcess } from "../children/gauges.ts";
import type { OperatorActs, OperatorProcess } from "../children/operator.ts";
import { conserved, type Figure, figure } from "../figures.ts";
import type { Part } from "./part.ts";

const gauge = { service: "stream", kind: "gauge", constants: { reference: 10, caution: 5, alert: 8, serious: 9 } } as const;
/** Distances from the sensor down to the water, as slow as water is: just below the first step; twice above it, which makes an alarm; below it by more than the deadband. */
const water = { before: [5.02], alarm: [4.98, 4.95], after: [5.15] } as const;
const stormSeconds = 60;
/** City seconds for which the flood of alarms has to be over: ten minutes under its end. */
const patienceMs = 15 * 60_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** So many real gauges are above their warning level within a minute, while a person acknowledges one after the other. */
export const alarmsPart: Part = async (setting) => {
  const count = setting.quick ? 400 : 2000;
  const chain = await startChild<ChainProcess>("chain");
  const gauges = await startChild<GaugesProcess>("gauges");
  const operator = await startChild<OperatorProcess>("operator");
  const addresses = await chain.ask("field", { dataDir: await setting.folder() });
  const began = performance.now();
  const devices = await chain.ask("register", { prefix: "bench-gauge", count, as: gauge });
  const registered = performance.now() - began;
  await operator.ask("come", addresses);
  await gauges.ask("open", { port: addresses.mqtt, devices });
  await gauges.ask("rise", { seconds: 5, dists: water.before });
  await pause(3000);
  await chain.ask("stall");
  const storm = async (): Promise<OperatorActs> => {
    await gauges.ask("rise", { seconds: stormSeconds, dists: water.alarm });
    // a reading of the field is judged two seconds behind
    await pause(4000);
    return operator.ask("stop");
  };
  const [acts] = await Promise.all([storm(), operator.ask("work", addresses)]);
  const stalled = await chain.ask("stall");
  const seen = await operator.ask("seen");
  setting.say(`alarms: ${seen.active} in ${stormSeconds} s; answered ${acts.answered.p50.toFixed(1)} / ${acts.answered.worst.toFixed(1)} ms`);
  const ended = setting.quick ? undefined : await afterwards(gauges, operator);
  const figures: Figure[] = [
    conserved(`alarms: of ${count} that were raised in ${stormSeconds} s, not on the desk`, count - seen.active, "alarms"),
    figure("alarms: floods that began", seen.floodsBegun, "", { atLeast: 1 }),
    ...(ended === undefined ? [] : [conserved("alarms: on the desk as active when the water has gone", ended.active, "alarms")]),
    ...(ended === undefined
      ? []
      : [figure("alarms: the flood ends by its rule, after the water", ended.seconds, "s", { atMost: patienceMs / 1000 })]),
    figure("alarms: an action is answered, p50", acts.answered.p50, "ms"),
    figure("alarms: an action is answered, p95", acts.answered.p95, "ms", { atMost: 100 }),
    figure("alarms: an action is answered, the slowest", acts.answered.worst, "ms"),
    figure("alarms: an action is on the list, p50", acts.shown.p50, "ms"),
    figure("alarms: actions", acts.answered.n, ""),
    figure("alarms: the loop held up at the longest", stalled, "ms"),
    figure(`alarms: a device registered, of ${count}`, registered / count, "ms"),
  ];
  for (const child of [operator, gauges, chain]) await child.end();
  return figures;
};

/** The water goes; the flood ends when the rule says so. */
async function afterwards(gauges: Child<GaugesProcess>, operator: Child<OperatorProcess>): Promise<{ active: number; seconds: number }> {
  await gauges.ask("rise", { seconds: 30, dists: water.after });
  await pause(4000);
  const { active } = await operator.ask("seen");
  const began = performance.now();
  while ((await operator.ask("seen")).flood.since !== null && performance.now() - began < patienceMs) await pause(1000);
  return { active, seconds: (performance.now() - began) / 1000 };
}
