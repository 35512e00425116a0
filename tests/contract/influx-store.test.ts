import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { forgetInfluxRuns, openInfluxStore } from "../../broker/store/influx-store.ts";
import { openStore } from "../../broker/store/open-store.ts";
import type { ReadingStore } from "../../broker/store/reading-store.ts";
import type { Service } from "../../shared/service.ts";
import { number } from "../../shared/service.ts";
import { batchOf, type Row } from "../support/column-batch.ts";
import { describeWithInflux, describeWithOwnInflux, type Influx } from "../support/influxd.ts";
import { probe } from "./probe-service.ts";
import { device, readingStoreContract, start } from "./reading-store.contract.ts";

interface More {
  readonly services?: readonly Service[];
  readonly onRefused?: (lines: readonly string[], reason: string) => void;
}
/** Without the thread, which takes most of the time of a test. */
const openIn = ({ url, token, org, bucket }: Influx, run: string, { services = [probe], onRefused = never }: More = {}): Promise<ReadingStore> =>
  openInfluxStore({ url, token, org, bucket, run, services, onRefused });
const never = (_: readonly string[], reason: string): never => {
  throw new Error(reason);
};
async function opened(influx: Influx, run: string = randomUUID(), more: More = {}): Promise<ReadingStore> {
  const store = await openIn(influx, run, more);
  onTestFinished(() => store.close());
  return store;
}
const row = (minutes: number, level: number): Row => ({ ix: 1, t: start + minutes * 60_000, values: { level } });
const batch = (position: number, fresh: readonly Row[]) => batchOf(probe, { position, fresh, devices: [device(1)] });
const stored = async (store: ReadingStore) => (await store.count()).probe;

describeWithInflux("InfluxDB", (influx) => {
  readingStoreContract("the InfluxDB store", async () => {
    const { url, token, org, bucket } = influx();
    const run = randomUUID();
    return { open: (services) => openStore({ kind: "influx", url, token, org, bucket, run }, { services }) };
  });

  describe("the InfluxDB store of one run", () => {
    it("sees nothing of another run in the same bucket, and forgets runs by name", async () => {
      const runs = [randomUUID(), randomUUID()] as const;
      const [one, two] = await Promise.all(runs.map((run) => opened(influx(), run)));
      await one!.append(batch(5, [row(0, 1), row(1, 2)]));
      await two!.append(batch(3, [row(0, 7)]));
      expect([await stored(one!), await stored(two!)]).toEqual([2, 1]);
      await forgetInfluxRuns(influx(), (run) => run === runs[0]);
      expect([await stored(one!), await stored(two!)]).toEqual([0, 1]);
      expect(await (await opened(influx(), runs[0])).position()).toBe(0);
      expect(await (await opened(influx(), runs[1])).position()).toBe(3);
    });
  });

  describe("lines that InfluxDB does not take", () => {
    it("are found one by one when it cannot read them; all others are stored", async () => {
      const refused: [readonly string[], string][] = [];
      const { url, token, org, bucket } = influx();
      const onRefused = (...told: [readonly string[], string]) => refused.push(told);
      const store = await openStore({ kind: "influx", url, token, org, bucket, run: randomUUID() }, { services: [probe], onRefused });
      onTestFinished(() => store.close());
      const rows = Array.from({ length: 6_000 }, (_, i) => row(i, i === 4_321 || i === 5_500 ? Number.POSITIVE_INFINITY : i));
      await store.append(batch(8, rows));
      expect(refused.map(([lines]) => lines)).toEqual([[expect.stringContaining("level=Infinity")], [expect.stringContaining("level=Infinity")]]);
      expect(refused[0]?.[1]).toContain("unable to parse");
      expect([await stored(store), await store.position()]).toEqual([5_998, 8]);
    });

    it("are told with their number when their types do not fit; all others are stored", async () => {
      const run = randomUUID();
      const wet = number("젖음", "Wet", { unit: "1", min: 0, max: 1, precision: 1, aggregate: "mean" });
      // A measurement of its own: types belong to the bucket, not to the run.
      const other: Service = { ...probe, id: "other" };
      const older: Service = { ...other, metrics: { ...probe.metrics, wet } };
      const other1 = { ...device(1), service: "other" };
      const before = await opened(influx(), run, { services: [older] });
      await before.append(batchOf(older, { position: 1, fresh: [{ ix: 1, t: start, values: { wet: 0.5 } }], devices: [other1] }));
      const refused: [readonly string[], string][] = [];
      const store = await opened(influx(), run, { services: [other], onRefused: (...told) => refused.push(told) });
      const rows = [row(1, 1), { ix: 1, t: start + 120_000, values: { wet: 1 } }, row(3, 3)];
      await store.append(batchOf(other, { position: 2, fresh: rows }));
      expect(refused).toEqual([[[], expect.stringMatching(/field type conflict.*"wet".*dropped=1/)]]);
      expect([await store.count(), await store.position()]).toEqual([{ other: 3 }, 2]);
    });
  });
});

describeWithOwnInflux("an InfluxDB of one's own", (influx) => {
  describe("the InfluxDB store is set up", () => {
    it("with a bucket when it is missing, also by several at once", async () => {
      const place = { ...influx(), bucket: "made" };
      const stores = await Promise.all([1, 2, 3].map((n) => opened(place, `run-${n}`)));
      await Promise.all(stores.map((store, n) => store.append(batch(n + 1, [row(0, n)]))));
      expect(await Promise.all(stores.map(stored))).toEqual([1, 1, 1]);
    });

    it.each([
      ["token", () => ({ ...influx(), token: "wrong" }), /does not know the token; check INFLUX_TOKEN/],
      ["address", () => ({ ...influx(), url: `${influx().url}/elsewhere` }), /is no InfluxDB 2; check INFLUX_URL/],
      ["organisation", () => ({ ...influx(), org: "elsewhere" }), /has no organisation "elsewhere"; check INFLUX_ORG/],
    ])("not with a wrong %s: the message says what to put right", async (_, place, message) => {
      await expect(openIn(place(), "any")).rejects.toThrow(message);
    });

    it("not without the rights to read and to write, and not where the server deletes by itself", async () => {
      const { make } = administration(influx());
      const { org, bucket } = influx();
      const orgID = (await make("GET", `orgs?org=${org}`)).orgs[0].id;
      const id = (await make("GET", `buckets?name=${bucket}&org=${org}`)).buckets[0].id;
      const tokenTo = async (...actions: string[]) => {
        const permissions = actions.map((action) => ({ action, resource: { type: "buckets", id, orgID } }));
        return (await make("POST", "authorizations", { orgID, permissions })).token as string;
      };
      await expect(openIn({ ...influx(), token: await tokenTo("read") }, "any")).rejects.toThrow(/may not write into the bucket "tests"/);
      await expect(openIn({ ...influx(), token: await tokenTo("write") }, "any")).rejects.toThrow(/may not read the bucket "tests"/);
      const scoped = { ...influx(), token: await tokenTo("read", "write") };
      await (await opened(scoped)).append(batch(1, [row(0, 1)]));
      await expect(openIn({ ...scoped, bucket: "none" }, "any")).rejects.toThrow(/has no bucket "none".*the token may not make it/);
      await make("POST", "buckets", { orgID, name: "forgetful", retentionRules: [{ type: "expire", everySeconds: 86_400 }] });
      await expect(openIn({ ...influx(), bucket: "forgetful" }, "any")).rejects.toThrow(/set its retention to never/);
    });
  });

  describe("the InfluxDB store keeps a batch for later", () => {
    it("whatever the server or somebody before it answers, and stores it once when that is over", async () => {
      const proxy = await startProxy(influx().url);
      const refused: string[] = [];
      const store = await opened({ ...influx(), url: proxy.url }, undefined, { onRefused: (_, reason) => refused.push(reason) });
      const answers = [
        [400, "header too large"],
        [401],
        [403],
        [404],
        [408],
        [429],
        [500],
        [503],
        [200, "<html>Welcome</html>"],
        [200, "{}"],
        "cut",
      ] as const;
      for (const [n, answer] of answers.entries()) {
        proxy.answer = answer;
        await expect(store.append(batch(n + 1, [row(n, n)])), String(answer)).rejects.toThrow(expect.objectContaining({ name: "StoreAway" }));
        proxy.answer = undefined;
        await store.append(batch(n + 1, [row(n, n)]));
      }
      expect([await stored(store), await store.position(), refused]).toEqual([answers.length, answers.length, []]);
    });

    it("of which only a part has arrived: its position stays where it was", async () => {
      const proxy = await startProxy(influx().url);
      const run = randomUUID();
      const store = await opened({ ...influx(), url: proxy.url }, run);
      await store.append(batch(1, [row(-1, 1)]));
      const many = batchOf(probe, { position: 2, fresh: Array.from({ length: 6_000 }, (_, i) => row(i, i)) });
      Object.assign(proxy, { answer: [503], letPass: 1 });
      await expect(store.append(many)).rejects.toThrow(/answers 503/);
      const beside = await opened(influx(), run);
      expect([await beside.position(), await stored(beside)]).toEqual([1, 5_001]);
      proxy.answer = undefined;
      await store.append(many);
      expect([await store.position(), await stored(store)]).toEqual([2, 6_001]);
    });

    it("when the bucket is gone, and makes it anew", async () => {
      const { make } = administration(influx());
      const place = { ...influx(), bucket: `bucket-${randomUUID()}` };
      const store = await opened(place);
      await store.append(batch(1, [row(0, 1)]));
      await make("DELETE", `buckets/${(await make("GET", `buckets?name=${place.bucket}`)).buckets[0].id}`);
      await expect(store.count()).rejects.toThrow(/shows no bucket/);
      await expect(store.append(batch(2, [row(1, 2)]))).rejects.toThrow(/404.*check INFLUX_URL, INFLUX_ORG .* INFLUX_BUCKET/);
      await store.append(batch(2, [row(1, 2)]));
      expect([await stored(store), await store.position()]).toEqual([1, 2]);
    });
  });

  describe("the InfluxDB store opens while the server is away", () => {
    it("and is what it was as soon as the server is back", async () => {
      const run = randomUUID();
      const before = await openIn(influx(), run);
      await before.append(batch(9, [row(0, 1)]));
      await before.close();
      await influx().kill();
      const store = await opened(influx(), run);
      expect(await store.position()).toBe(0);
      await expect(store.append(batch(4, [row(0, 1)]))).rejects.toThrow(/InfluxDB at http:\/\/127.0.0.1:\d+ cannot be reached: .*ECONNREFUSED/);
      await expect(store.count()).rejects.toThrow(expect.objectContaining({ name: "StoreAway" }));
      await influx().start();
      await store.append(batch(4, [row(0, 1)]));
      expect([await stored(store), await store.position()]).toEqual([1, 9]);
    });
  });
});

/** What of the server's answers the tests look into. */
interface Told {
  readonly id: string;
  readonly token: string;
  readonly orgs: readonly [{ readonly id: string }];
  readonly buckets: readonly [{ readonly id: string }];
}
function administration({ url, token }: Influx) {
  const make = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Token ${token}`, "content-type": "application/json" };
    const response = await fetch(`${url}/api/v2/${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    expect(response.status, path).toBeLessThan(300);
    return (response.status === 204 ? {} : await response.json()) as Told;
  };
  return { make };
}

interface Proxy {
  readonly url: string;
  /** Instead of the server's own; "cut" ends the connection. */
  answer: "cut" | readonly [status: number, body?: string] | undefined;
  /** So many writes reach the server before. */
  letPass: number;
}
/** Something between store and server that can answer writes by itself. */
async function startProxy(target: string): Promise<Proxy> {
  const proxy = createServer((incoming, outgoing) => {
    const { answer } = state;
    if (answer !== undefined && incoming.url?.startsWith("/api/v2/write") && state.letPass-- <= 0) {
      if (answer === "cut") return void incoming.socket.destroy();
      incoming.resume();
      return void outgoing.writeHead(answer[0], { "content-type": "text/html" }).end(answer[1] ?? "no");
    }
    const { method, headers } = incoming;
    const onward = request(`${target}${incoming.url}`, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const state: Proxy = { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, answer: undefined, letPass: 0 };
  return state;
}
