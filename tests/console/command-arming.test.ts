import { describe, expect, it } from "vitest";
import { addressOfCommand, argsFor, askedIn } from "../../console/web/command/address.ts";
import { alreadyText, isAlready } from "../../console/web/command/already.ts";
import { armed, confirmKey, disarmMs, type Hand, idle, isOver, mayConfirm, type Order } from "../../console/web/command/arming.ts";
import { effectText, familiesOf, fieldProblem, isWhole, orderText, usualArgs } from "../../console/web/command/fields.ts";
import { reasonText } from "../../console/web/command/reasons.ts";
import { actualText, commandedText } from "../../console/web/command/words.ts";
import { type Service, text } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";

const order: Order = { op: "close", args: {}, devices: ["gate-1"] };
const named = (id: string): Service => services.find((service) => service.id === id) as Service;
const typeOf = (service: string, op: string) => {
  const type = named(service).commands[op];
  if (type === undefined) throw new Error(`no ${op}`);
  return type;
};

describe("arming a command", () => {
  it.each<{ by: Hand; with: Hand; may: boolean }>([
    { by: "KeyC", with: "Enter", may: true },
    { by: "KeyC", with: "KeyC", may: false },
    { by: "Enter", with: "Enter", may: false },
    { by: "Enter", with: "Space", may: true },
    { by: "Space", with: "Space", may: false },
    { by: "Space", with: "Enter", may: true },
    { by: "pointer", with: "pointer", may: true },
  ])("by $by is confirmed by $with: $may", ({ by, with: hand, may }) => {
    expect(mayConfirm(armed(order, by, 0), hand, 1000)).toBe(may);
  });
  it("offers a key that is not the one that armed", () => {
    for (const by of ["Enter", "Space", "KeyC", "pointer"] as const) expect(confirmKey(by)).not.toBe(by);
  });
  it("is over after half a minute of wall time, and cannot be confirmed then", () => {
    const one = armed(order, "KeyC", 5000);
    expect(isOver(one, 5000 + disarmMs - 1)).toBe(false);
    expect(isOver(one, 5000 + disarmMs)).toBe(true);
    expect(mayConfirm(one, "Enter", 5000 + disarmMs)).toBe(false);
    expect(mayConfirm(idle, "Enter", 0)).toBe(false);
  });
});

describe("a command in an address", () => {
  it("comes back as it was written, with its arguments and its alarm", () => {
    const timing = { cycle: 80, main: 29, cross: 35, offset: 0 };
    const found = askedIn(addressOfCommand("tx-1", { op: "timing", alarm: "traffic-queue-tx-1", args: timing }));
    expect(found).toMatchObject({ op: "timing", alarm: "traffic-queue-tx-1" });
    expect(argsFor(typeOf("traffic", "timing"), found.args)).toEqual(timing);
    expect(askedIn("#/device/tx-1")).toEqual({ op: undefined, alarm: undefined, args: {} });
  });
  it("leaves out what is no argument, or no number", () => {
    expect(argsFor(typeOf("traffic", "timing"), { cycle: "", main: "x", strange: "1", cross: "30" })).toEqual({ cross: 30 });
  });
});

describe("an order for what is so already", () => {
  const stream = named("stream");
  const code = (metric: string, word: string): number => {
    const contract = stream.metrics[metric];
    return contract?.kind === "state" ? contract.words.indexOf(word) : Number.NaN;
  };
  it("is told from one that changes something, whatever a device is asked for", () => {
    const gate = (op: string, word: string) => isAlready(stream, { op, args: {} }, code("gate", word));
    expect([gate("close", "closed"), gate("close", "closing"), gate("close", "open"), gate("open", "open")]).toEqual([true, false, false, true]);
    const shown = (text: string) => isAlready(stream, { op: "show", args: { text } }, code("display", "caution"));
    expect([shown("caution"), shown("closed")]).toEqual([true, false]);
    expect(isAlready(stream, { op: "close", args: {} }, Number.NaN)).toBe(false);
  });
  it("is none that any state answers", () => {
    expect(isAlready(stream, { op: "auto", args: {} }, code("gate", "closed"))).toBe(false);
  });
  it("is told with how many are so", () => {
    expect(alreadyText(0, 3)).toBeUndefined();
    expect(alreadyText(1, 1)?.en).toContain("already is so");
    expect(alreadyText(2, 3)?.en).toContain("2 of 3 already are so");
  });
});

describe("fields of a command", () => {
  it("begin whole, for every command of every contract", () => {
    for (const service of services)
      for (const [op, type] of Object.entries((service as Service).commands)) expect([op, isWhole(type, usualArgs(type))]).toEqual([op, true]);
  });
  it.each([
    ["cycle", 59, true],
    ["cycle", 60, false],
    ["cycle", 200, false],
    ["cycle", 201, true],
    ["cycle", 120.5, true],
    ["cycle", Number.NaN, true],
    ["cycle", "120", true],
  ] as const)("%s = %s is refused: %s", (name, value, refused) => {
    const field = typeOf("traffic", "timing").fields[name];
    expect(field && fieldProblem(field, value) !== undefined).toBe(refused);
  });
  it("say the effect with the device and the arguments in it, in both languages, and leave no brace", () => {
    const told = effectText(typeOf("stream", "show"), { text: "closed" }, text("돌마루교 차단문", "Dolmaru gate"));
    expect(told).toEqual({
      ko: "돌마루교 차단문 안내 전광판에 ‘산책로 통제’를 표시합니다.",
      en: "Shows “path closed” on the path display at Dolmaru gate.",
    });
    for (const service of services)
      for (const type of Object.values((service as Service).commands)) {
        const { ko, en } = effectText(type, usualArgs(type), text("가", "a"));
        expect(`${ko}${en}`).not.toMatch(/[{}]/);
      }
  });
  it("stand together when they undo each other", () => {
    expect(familiesOf(named("stream"), "gate").map(({ name, ops }) => [name, ops])).toEqual([
      ["gate", ["close", "open", "auto"]],
      ["display", ["show"]],
    ]);
    expect(familiesOf(named("traffic"), "signal").map(({ ops }) => ops)).toEqual([["plan", "auto", "timing"]]);
    expect(familiesOf(named("stream"), "gauge")).toEqual([]);
  });
});

describe("words of a command", () => {
  it("say what was asked as the device will answer it", () => {
    expect(commandedText(named("stream"), { op: "close", args: {} }).ko).toBe("닫힘");
    expect(commandedText(named("stream"), { op: "show", args: { text: "evacuate" } }).en).toBe("leave at once");
    // Read back by any of four words: none of them is what was asked.
    expect(commandedText(named("stream"), { op: "auto", args: {} }).en).toBe("Gate to automatic");
    expect(commandedText(named("evzone"), { op: "light-off", args: {} }).en).toBe("off");
    const timing = commandedText(named("traffic"), { op: "timing", args: { cycle: 80, main: 29, cross: 35, offset: 0 } });
    expect(timing.en).toContain("Cycle 80 s");
    expect(orderText(typeOf("stream", "close"), {}).en).toBe("Close gate");
  });
  it("say what the device answered, and nothing while it has not", () => {
    expect(actualText(named("ucare"), { op: "call", actual: "answered help" })?.ko).toBe("받음 · 도움 요청");
    expect(actualText(named("traffic"), { op: "timing", actual: "cycle=80" })?.en).toBe("Cycle 80");
    expect(actualText(named("evzone"), { op: "light", actual: "on" })?.ko).toBe("켜짐");
    expect(actualText(named("stream"), { op: "close", actual: null })).toBeNull();
  });
  it("say why it failed, and what is not known as it came", () => {
    expect(reasonText("the device did not answer within 180 s").ko).toBe("기기가 180초 안에 답하지 않음");
    expect(reasonText('the device has heard it, but did not do it within 180 s: it says "closing"').en).toContain("heard it");
    expect(reasonText("main green of 9 s leaves people no time to walk: 21 s at least").ko).toBe(
      "주도로 녹색이 보행 시간보다 짧아 거부함 (21초 이상)",
    );
    expect(reasonText("something new").ko).toBe("something new");
  });
});
