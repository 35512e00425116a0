import { expect, it } from "vitest";
import { mqttUrlOf } from "../../commands/running-city.ts";

it.each([
  ["127.0.0.1", "mqtt://127.0.0.1:1883"],
  ["::1", "mqtt://[::1]:1883"],
])("a broker at %s is reached at %s", (host, url) => {
  expect(mqttUrlOf({ host, port: 1883 })).toBe(url);
  expect(new URL(mqttUrlOf({ host, port: 1883 })).port).toBe("1883");
});
