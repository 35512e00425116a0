import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { runDirector, startRoom } from "../../commands/chain.ts";
import type { Role } from "../../shared/roles.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { createLifecycle } from "../../shared/runtime/lifecycle.ts";
import { openBrowser } from "./live-browser.ts";
import { clockThat, startTestChain, testConfig } from "./test-chain.ts";

/** A city at 60x with its director and its room, over sockets, and these scenarios in its own folder. */
export async function openPlayedCity(files: Readonly<Record<string, string>>, automatic = false) {
  const chain = await startTestChain({ rate: 60, automatic });
  await clockThat(chain, ({ phase }) => phase === "live");
  await mkdir(join(chain.dataDir, "scenarios"), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(chain.dataDir, "scenarios", `${name}.yaml`), text);
  const lifecycle = createLifecycle(() => undefined);
  onTestFinished(() => lifecycle.close());
  const credentials = await loadCredentials(chain.dataDir);
  const parts = { config: testConfig(), dataDir: chain.dataDir, credentials, lifecycle, log: pino({ level: "silent" }) };
  const director = await runDirector(parts, chain);
  const room = await startRoom(parts, chain, director);
  const ask = async (as: Role, method: "GET" | "POST" | "DELETE", path: string, body?: object) => {
    const answer = await fetch(`${room.url()}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${credentials.tokens[as]}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const come = (as: Role) => openBrowser(room.url(), { as, over: { auth: { token: credentials.tokens[as] } } });
  return { chain, ask, come };
}
