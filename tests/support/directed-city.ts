import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Chain, runDirector } from "../../commands/chain.ts";
import type { CityPort } from "../../shared/city-port.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { clockThat, startTestChain, type TestChainOptions, temporaryFolder, testConfig } from "./test-chain.ts";

/** A short story of the small city. */
export const storyOf = (id: string, steps: readonly string[], { lasts = "30m", rate = 60 } = {}): string => `scenario: ${id}
title: { ko: 시험, en: Test }
story: { ko: 시험, en: Test }
start: 2026-06-09T10:00
lasts: ${lasts}
rate: ${rate}
timeline:
${steps.map((step) => `  - ${step}\n`).join("")}expect:
  - none: { rule: stream/level }
`;

/** The small city, live, with its director, over sockets; closed with the test, or before. */
export async function directedCity(
  stories: Readonly<Record<string, string>>,
  options: TestChainOptions & {
    /** What the director's line goes through. */
    line?(mqtt: Chain["mqtt"]): Promise<Chain["mqtt"]>;
    /** The city as the director knows it. */
    known?(port: CityPort): CityPort;
    readonly patienceMs?: number;
  } = {},
) {
  const dataDir = options.dataDir ?? (await temporaryFolder());
  await mkdir(join(dataDir, "scenarios"), { recursive: true });
  for (const [id, text] of Object.entries(stories)) await writeFile(join(dataDir, "scenarios", `${id}.yaml`), text);
  const chain = await startTestChain({ rate: 60, ...options, dataDir });
  await clockThat(chain, ({ phase }) => phase === "live");
  const settings = { config: testConfig(), dataDir, credentials: await loadCredentials(dataDir), log: pino({ level: "silent" }) };
  const direct = async () => {
    const lifecycle = createLifecycle(() => undefined);
    onTestFinished(() => lifecycle.close());
    const parts = { ...settings, lifecycle };
    const mqtt = (await options.line?.(chain.mqtt)) ?? chain.mqtt;
    const broker = { ...chain.broker, port: options.known?.(chain.broker.port) ?? chain.broker.port };
    const director = await runDirector({ ...parts, ...(options.patienceMs && { patienceMs: options.patienceMs }) }, { ...chain, broker, mqtt });
    return { director, parts };
  };
  const { director, parts } = await direct();
  /** Another director in the place of this one. */
  const again = async () => {
    await parts.lifecycle.close();
    return (await direct()).director;
  };
  return { chain, port: chain.broker.port, director, parts, again };
}
