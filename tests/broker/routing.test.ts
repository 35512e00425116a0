import { describe, expect, it } from "vitest";
import { createRouting, type Packet } from "../../broker/mqtt/routing.ts";

type Listener = Parameters<ReturnType<typeof createRouting>["on"]>[1];
function collector() {
  const heard: string[] = [];
  const listener: Listener = ({ topic }, done) => {
    heard.push(topic);
    done();
  };
  return { heard, listener };
}
const emit = (routing: ReturnType<typeof createRouting>, topic: string) => routing.emit({ topic } as Packet);

describe("routing", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["a/b/c", ["a/b/c"], ["a/b", "a/b/c/d", "a/b/x", "A/b/c"]],
    ["a/+/c", ["a/b/c", "a//c"], ["a/c", "a/b/b/c", "a/b"]],
    ["+/+", ["a/b", "/b", "a/"], ["a", "a/b/c"]],
    ["+", ["a"], ["a/b", "/a"]],
    ["a/#", ["a", "a/b", "a/b/c", "a/"], ["b/a", "ab"]],
    ["#", ["a", "a/b/c", "/"], []],
    ["a/+/#", ["a/b", "a/b/c/d"], ["a"]],
    ["urban/v1/+/+/+/obs", ["urban/v1/town/traffic/tx-1/obs"], ["urban/v1/town/traffic/tx-1/event", "urban/v1/town/_clock"]],
  ])("%s hears what MQTT says it hears", (filter, heard, deaf) => {
    const routing = createRouting();
    const one = collector();
    routing.on(filter, one.listener);
    for (const topic of [...heard, ...deaf]) emit(routing, topic);
    expect(one.heard).toEqual(heard);
  });

  it("tells a listener once, also when two of its filters fit", () => {
    const routing = createRouting();
    const one = collector();
    for (const filter of ["a/#", "a/b", "+/b"]) routing.on(filter, one.listener);
    emit(routing, "a/b");
    expect(one.heard).toEqual(["a/b"]);
  });

  it("knows at once who has come and who has gone", () => {
    const routing = createRouting();
    const [first, second] = [collector(), collector()];
    routing.on("a/+", first.listener);
    emit(routing, "a/b");
    routing.on("a/#", second.listener);
    emit(routing, "a/b");
    routing.removeListener("a/+", first.listener);
    emit(routing, "a/b");
    routing.removeListener("a/#", second.listener);
    emit(routing, "a/b");
    expect([first.heard.length, second.heard.length]).toEqual([2, 2]);
  });

  it("keeps the other filter of one who gives up one of two", () => {
    const routing = createRouting();
    const one = collector();
    for (const filter of ["a/b", "a/#"]) routing.on(filter, one.listener);
    emit(routing, "a/b");
    routing.removeListener("a/#", one.listener);
    emit(routing, "a/b");
    emit(routing, "a/c");
    expect(one.heard).toEqual(["a/b", "a/b"]);
  });

  it("does not wait for a listener that never finishes", () => {
    const routing = createRouting();
    const one = collector();
    routing.on("a", () => undefined);
    routing.on("a", one.listener);
    let done = 0;
    routing.emit({ topic: "a" }, () => done++);
    expect([one.heard.length, done]).toEqual([1, 1]);
  });

  it("remembers a bounded number of topics, and all of them rightly", () => {
    const routing = createRouting();
    const one = collector();
    routing.on("t/+", one.listener);
    for (let n = 0; n < 45_000; n++) emit(routing, `t/${n}`);
    for (const n of [0, 1, 44_999]) emit(routing, `t/${n}`);
    expect(one.heard.length).toBe(45_003);
  });

  it("refuses what comes after its end", async () => {
    const routing = createRouting();
    const one = collector();
    routing.on("a", one.listener);
    await new Promise<void>((resolve) => routing.close(resolve));
    const error = await new Promise((resolve) => void routing.emit({ topic: "a" }, resolve));
    expect(error).toBeInstanceOf(Error);
    expect(one.heard).toEqual([]);
  });
});
