import { describe, expect, it } from "vitest";
import { registerDevice } from "../../broker/device-access.ts";
import type { CityPlan } from "../../shared/city-plan.ts";
import type { DeviceRequest } from "../../shared/city-port.ts";
import { services } from "../../shared/services/index.ts";
import { birth, city, type IngestWorld, ingestWorld, start } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const none = { type: "FeatureCollection", features: [] } as const;
const plan: CityPlan = {
  id: city,
  name: { ko: "마을", en: "Town" },
  zone: "Asia/Seoul",
  bounds: [126, 36, 128, 38],
  districts: [{ id: "north", name: { ko: "북", en: "North" }, label: [127, 37] }],
  landmarks: [],
  layers: { district: none, block: none, road: none, stream: none, hill: none },
};
const world = async () =>
  ingestWorld((await tempLedger()).root, { devices: [{ service: "traffic", meta: birth("tx-1", "approach", { gateway: "gw-tx" }) }] });
const register = (w: IngestWorld, request: DeviceRequest) =>
  registerDevice({ registry: w.registry, services, plan, password: (id) => `secret-of-${id}`, mqtt: { host: "127.0.0.1", port: 1883 } }, request);

describe("registering a real device", () => {
  it("makes it its own gateway on the field timeline, in the middle of the city unless a place is given", async () => {
    const w = await world();
    const made = register(w, { service: "stream", device: "my-gauge" });
    expect(made).toMatchObject({
      ok: true,
      value: {
        username: "my-gauge",
        password: "secret-of-my-gauge",
        clientId: "my-gauge",
        topics: { obs: "urban/v1/town/stream/my-gauge/obs", cmd: "urban/v1/town/stream/my-gauge/cmd" },
      },
    });
    expect(w.entry("my-gauge")).toMatchObject({
      timeline: "field",
      kind: "gauge",
      meta: { gateway: "my-gauge", lat: 37, lon: 127, district: "north" },
    });
    register(w, { service: "stream", device: "other", kind: "gate", name: { ko: "문", en: "Gate" }, lat: 36.5, lon: 126.5 });
    expect(w.entry("other")).toMatchObject({ kind: "gate", meta: { name: { ko: "문", en: "Gate" }, lat: 36.5, lon: 126.5 } });
  });

  it.each<[string, DeviceRequest, RegExp]>([
    ["a service that nobody knows", { service: "balloons", device: "a" }, /no service "balloons"; known: traffic, stream/],
    ["a kind that the service has not", { service: "traffic", device: "a", kind: "balloon" }, /has no kind "balloon"; known: approach, signal/],
    ["a name that is no id", { service: "traffic", device: "My Gauge" }, /is not an id/],
    ["an id that is too long", { service: "traffic", device: "a".repeat(65) }, /is not an id/],
    ["a district that the city has not", { service: "traffic", device: "a", district: "mars" }, /no district "mars"; known: north/],
    ["a gateway, whose password it would get", { service: "traffic", device: "gw-tx" }, /gateway of this city/],
    ["a simulated device", { service: "traffic", device: "tx-1" }, /simulated device of this city/],
  ])("is refused for %s", async (_what, request, reason) => {
    const w = await world();
    expect(register(w, request)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    expect([...w.registry.entries.keys()]).toEqual(["tx-1"]);
  });

  it("answers the same when it is asked again, and changes nothing", async () => {
    const w = await world();
    const first = register(w, { service: "stream", device: "my-gauge", lat: 36.5, lon: 126.5 });
    const { meta, ix } = w.entry("my-gauge");
    expect(register(w, { service: "stream", device: "my-gauge" })).toEqual(first);
    expect(w.entry("my-gauge")).toMatchObject({ meta, ix });
    const gate = register(w, { service: "stream", device: "my-gate", kind: "gate" });
    expect(register(w, { service: "stream", device: "my-gate" })).toEqual(gate);
  });

  it("does not hand out topics of a service that the device does not belong to", async () => {
    const w = await world();
    register(w, { service: "stream", device: "my-gauge" });
    expect(register(w, { service: "traffic", device: "my-gauge" }).ok).toBe(false);
    expect(register(w, { service: "stream", device: "my-gauge", kind: "gate" }).ok).toBe(false);
  });

  it.each(services.flatMap(({ id, kinds }) => Object.keys(kinds).map((kind) => [id, kind] as const)))(
    "gives an example for %s %s that the ingest accepts",
    async (service, kind) => {
      const w = await world();
      const made = register(w, { service, device: "mine", kind });
      const [, topic = "", payload = ""] = /-t (\S+) -m '(.*)'$/.exec(made.ok ? made.value.example : "") ?? [];
      expect(w.send(topic, payload, start, "mine")).toBe("accepted");
      expect(w.reasons()).toEqual([]);
    },
  );
});
