import type { ClockAction } from "../../shared/clock.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { operator } from "./field-broker.ts";
import { clockThat, startTestChain, type TestChain, type TestChainOptions, testConfig } from "./test-chain.ts";
import { type Asker, askerOf } from "./told-truth.ts";

export const act = async ({ broker }: TestChain, action: ClockAction) => {
  const done = await broker.port.act(action, operator);
  if (!done.ok) throw new Error(done.reason);
  return done.value;
};

export interface StillSimulator {
  readonly chain: TestChain;
  readonly asker: Asker;
  /** Where the city stands at first. */
  readonly from: number;
  /** Steps, as a test of a scenario does. */
  pass(seconds: number): Promise<void>;
}

/** The small city over real sockets, standing still after a short history, and somebody who may ask its simulator. */
export async function stillSimulator(options: TestChainOptions = {}): Promise<StillSimulator> {
  const chain = await startTestChain({ config: testConfig(), backfillHours: 0.2, rate: 60, ...options });
  await clockThat(chain, ({ phase }) => phase === "live");
  await act(chain, { paused: true });
  const { head, city } = await clockThat(chain, ({ head, mark, paused }) => paused && head === mark);
  const { director } = await loadCredentials(chain.dataDir);
  const asker = await askerOf(city, { host: chain.mqtt.host, port: chain.mqtt.port }, director);
  return { chain, asker, from: head, pass: async (seconds) => void (await act(chain, { step: seconds })) };
}
