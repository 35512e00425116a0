import { expect, it } from "vitest";
import { createOwners } from "../../broker/devices/owners.ts";
import { openRegistry } from "../../broker/devices/registry.ts";
import { services } from "../../shared/services/index.ts";
import { birth } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";

it("a gateway speaks for the devices that it has now: for new ones at once, for those that are no more not any longer", async () => {
  const registry = openRegistry((await tempLedger()).root, services, (entry) => owners.changed(entry));
  const owners = createOwners(() => registry.entries);
  const ofGateway = () => [...(owners.devicesOf("gw") ?? [])];
  registry.put("traffic", "city", birth("a", "approach", { gateway: "gw" }));
  expect(ofGateway()).toEqual(["a"]);
  registry.put("traffic", "city", birth("b", "approach", { gateway: "gw" }));
  expect(ofGateway()).toEqual(["a", "b"]);
  registry.put("traffic", "city", birth("b", "approach", { gateway: "gw", fw: "2.0" }));
  expect(ofGateway()).toEqual(["a", "b"]);
  registry.remove("a");
  expect(ofGateway()).toEqual(["b"]);
  registry.remove("b");
  expect(owners.devicesOf("gw")).toBeUndefined();
});
