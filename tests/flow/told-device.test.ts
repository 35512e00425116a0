import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Command, CommandAck } from "../../shared/command.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { clockThat, hour, startTestChain, type TestChain, testConfig } from "../support/test-chain.ts";

const by = { name: "박준호", role: "care" } as const;
const order = (device: string, op: string, args: Record<string, number | string> = {}): RoomAction => ({ do: "command", device, op, args });

/** A small city that is live, at 60x. */
async function liveCity(options: Parameters<typeof startTestChain>[0] = {}): Promise<TestChain> {
  const chain = await startTestChain({ rate: 60, backfillHours: 1, config: testConfig(), ...options });
  await clockThat(chain, ({ phase }) => phase === "live");
  return chain;
}
async function asked(chain: TestChain, action: RoomAction): Promise<string> {
  const acted = await chain.broker.port.room.act(action, by);
  if (!acted.ok) throw new Error(acted.reason);
  return acted.value.command!;
}
const command = (chain: TestChain, id: string): Command | undefined => chain.broker.port.room.command(id);
const ended = (chain: TestChain, id: string) => expect.poll(() => command(chain, id)?.state, { timeout: 20_000, interval: 20 }).not.toBe("pending");
const last = (chain: TestChain, device: string, metric: string) => chain.broker.port.device(device)?.last[metric];

describe("what the room asks of a device of the city, over real MQTT", () => {
  it("reaches it, is answered, changes what it says, and refuses what cannot be", { timeout: 60_000 }, async () => {
    const chain = await liveCity();
    const { reader } = await loadCredentials(chain.dataDir);
    const client = await connectAsync(`mqtt://${chain.mqtt.host}:${chain.mqtt.port}`, { ...reader, clientId: "told-reader" });
    onTestFinished(() => client.endAsync(true));
    const heard: CommandAck[] = [];
    client.on("message", (_topic, payload) => void heard.push(JSON.parse(payload.toString())));
    await client.subscribeAsync("urban/v1/+/+/+/ack");

    expect(last(chain, "sg-01", "gate")?.value).toBe("open");
    const close = await asked(chain, order("sg-01", "close"));
    await ended(chain, close);
    expect(command(chain, close)).toMatchObject({ state: "confirmed", by: by.name, heardAt: expect.any(Number), doneAt: expect.any(Number) });
    expect(last(chain, "sg-01", "gate")?.value).toBe("closed");
    expect(heard.filter(({ id }) => id === close)).toEqual([{ v: 1, id: close, d: "sg-01", t: expect.any(Number), ok: true }]);

    const timing = await asked(chain, order("tx-0001-sig", "timing", { cycle: 60, main: 10, cross: 10, offset: 0 }));
    await ended(chain, timing);
    expect(command(chain, timing)).toMatchObject({ state: "failed", reason: expect.stringContaining("no time to walk") });
    expect(last(chain, "tx-0001-sig", "plan")?.value).not.toBe("manual");

    const words = [
      order("tx-0001-sig", "plan", { plan: "night" }),
      order("fw-0001", "lock"),
      order("sg-02", "show", { text: "caution" }),
      order("uc-0001", "call"),
    ];
    const ids = await Promise.all(words.map((one) => asked(chain, one)));
    for (const id of ids) {
      await ended(chain, id);
      expect(command(chain, id)).toMatchObject({ state: "confirmed" });
    }
    expect(last(chain, "tx-0001-sig", "plan")?.value).toBe("night");
    expect(last(chain, "fw-0001", "lock")?.value).toBe(true);
    expect(last(chain, "sg-02", "display")?.value).toBe("caution");
    const { mark } = chain.broker.port.clock()!;
    const calls = chain.broker.port.chronicle({ from: mark - hour, to: mark, limit: 1000 }).filter(({ what }) => what === "call");
    expect(calls).toHaveLength(1);
    const { received, accepted, duplicate, refused, lost } = chain.broker.port.ledger();
    expect({ received, refused, lost }).toEqual({ received: accepted + duplicate + refused, refused: 0, lost: 0 });
    // care is for the care desk: its answers are not the reader's to hear
    expect(heard.map(({ d }) => d)).not.toContain("uc-0001");
  });
});
