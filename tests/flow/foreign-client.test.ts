import { expect, it, vi } from "vitest";
import { registered, startFieldBroker } from "../support/field-broker.ts";
import { describeWithPrograms, say } from "../support/programs.ts";

describeWithPrograms("mosquitto's own clients", ["mosquitto_pub", "mosquitto_sub"], () => {
  it("publish by the very line that the product prints, and hear it as the reader", async () => {
    const { broker, credentials } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    const { username, password } = credentials.reader;
    const at = ["-h", "127.0.0.1", "-p", String(broker.mqttPort)];
    const listening = say("mosquitto_sub", [...at, "-u", username, "-P", password, "-t", "urban/v1/#", "-v", "-C", "2", "-W", "10"]);
    // the retained birth is the first of the two messages: when it has come the subscription stands
    const printed = access.example.match(/'[^']*'|\S+/g)?.map((word) => word.replace(/^'|'$/g, "")) ?? [];
    await vi.waitFor(async () => {
      expect(await say(printed[0] ?? "", printed.slice(1))).toMatchObject({ code: 0, err: "" });
      expect(broker.port.deviceLedger("ws-real")?.accepted).toBeGreaterThan(0);
    });
    const heard = await listening;
    expect(heard.out).toContain(`${access.topics.meta} {"v":1,"d":"ws-real"`);
    expect(broker.port.device("ws-real")?.last.dist).toMatchObject({ quality: "est" });
  });

  it("are told no: a wrong password, a foreign topic, a packet too large", async () => {
    const { broker } = await startFieldBroker();
    const access = await registered(broker, "stream", "ws-real");
    const as = (password: string) => ["-h", "127.0.0.1", "-p", String(broker.mqttPort), "-i", "ws-real", "-u", "ws-real", "-P", password, "-q", "1"];
    const refused = await say("mosquitto_pub", [...as("wrong"), "-t", access.topics.obs ?? "", "-m", "{}"]);
    expect(refused.err).toMatch(/bad user name or password/i);
    expect((await say("mosquitto_pub", [...as(access.password), "-t", "urban/v1/gaon/stream/ws-01/obs", "-m", "{}"])).code).toBe(0);
    const large = await say("mosquitto_pub", [...as(access.password), "-t", access.topics.obs ?? "", "-s"], "x".repeat(2_000_000));
    expect(large.code).not.toBe(0);
    await vi.waitFor(() => expect(broker.port.quarantine({ limit: 9 }).byCode).toEqual({ rights: 2, size: 1 }));
  });
});
