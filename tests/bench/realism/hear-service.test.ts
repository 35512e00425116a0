import { describe, expect, it } from "vitest";
import { generate } from "../../../simulator/generate.ts";
import { cityOf, hearService } from "./hear-service.ts";

const start = Date.UTC(2026, 6, 12, 15);
const [scale, seed] = [0.1, 9];

describe("a service alone", () => {
  const whole = new Map<string, string[]>();
  for (const batch of generate({ city: "default", scale, seed, from: start, hours: 24, profile: "field" }))
    for (const { reading, device } of batch) {
      const said = whole.get(device.service) ?? [];
      whole.set(device.service, said);
      said.push(JSON.stringify([reading.d, reading.t, reading.m]));
    }
  it.each(["traffic", "stream", "evzone", "ucare", "foodwaste"] as const)("says what it says in the whole city: %s", (service) => {
    const alone: string[] = [];
    const said = {
      said: (one: { device: { id: string }; t: number; m?: unknown }) =>
        one.m !== undefined && alone.push(JSON.stringify([one.device.id, one.t, one.m])),
    };
    hearService(cityOf({ service, scale }), { start, days: 1 }, seed, { ...said, day: () => undefined });
    expect(alone.length).toBeGreaterThan(1000);
    expect(alone).toEqual(whole.get(service));
  });
  it("says the same of the water when the gates are not there", () => {
    const alone: string[] = [];
    const lives = ({ kind }: { readonly kind: string }): boolean => kind === "gauge";
    hearService(cityOf({ service: "stream", scale, lives }), { start, days: 1 }, seed, {
      said: ({ device, t, m }) => void alone.push(JSON.stringify([device.id, t, m])),
      day: () => undefined,
    });
    const known = new Set(alone);
    expect(alone).toEqual(whole.get("stream")?.filter((line) => known.has(line)));
    expect(alone.length).toBeGreaterThan(8 * 1400 * 0.8);
  });
});
