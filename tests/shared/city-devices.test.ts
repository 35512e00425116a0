import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { realDevices } from "../../commands/city-devices.ts";
import { explain } from "../../commands/explain.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { temporaryFolder } from "../support/test-chain.ts";

const device = (id: string, timeline: "city" | "field") => ({ id, timeline, service: "traffic", kind: "approach" });
/** What a page holds is not all that there is. */
const pages: Readonly<Record<string, object>> = {
  first: { devices: [device("tx-001n", "city"), device("re-1", "field")], next: "more" },
  more: { devices: [device("tx-900n", "city"), device("re-9", "field")], next: null },
};

/** A city that answers with these devices alone, and the folder in which it runs. */
async function pagedCity(): Promise<string> {
  const dataDir = await temporaryFolder();
  await loadCredentials(dataDir);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://city");
    const page = url.pathname === "/api/v1/devices" ? pages[url.searchParams.get("cursor") ?? "first"] : undefined;
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(page ?? { detail: "there is no such alarm" }));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeFile(join(dataDir, "running.json"), JSON.stringify({ pid: process.pid, http, mqtt: { host: "127.0.0.1", port: 1 } }));
  return dataDir;
}

it("knows real devices of every page", async () => {
  expect(await realDevices(await pagedCity())).toEqual(["re-1", "re-9"]);
});
it("does not take a device behind the first page for a slip of the pen", async () => {
  await expect(explain(await pagedCity(), "traffic-silent-tx-900n")).rejects.toThrow("there is no such alarm");
  await expect(explain(await pagedCity(), "traffic-silent-tx-900m")).rejects.toThrow('did you mean "tx-900n"');
});
