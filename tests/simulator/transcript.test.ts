import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createTranscript } from "../../simulator/transcript.ts";

const sha = (...parts: (string | Buffer)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

describe("transcript", () => {
  it("chains each gateway and joins them in order", () => {
    const transcript = createTranscript(["a", "b"]);
    transcript.add(1, "t/1", "one");
    transcript.add(1, "t/2", "two");
    const b = sha(sha(Buffer.alloc(32), "t/1\0one"), "t/2\0two").toString("hex");
    const whole = sha(`a 0 ${"0".repeat(64)}\n`, `b 2 ${b}\n`).toString("hex");
    expect(transcript.digest()).toEqual({ sha256: whole, messages: 2 });
  });

  it("goes on from its snapshot", () => {
    const [whole, first] = [createTranscript(["a", "b"]), createTranscript(["a", "b"])];
    for (const one of [whole, first]) one.add(0, "t", "x");
    const second = createTranscript(["a", "b"], JSON.parse(JSON.stringify(first.snapshot())));
    for (const one of [whole, second]) one.add(0, "t", "y");
    expect(second.digest()).toEqual(whole.digest());
  });

  it("tells a different order from the same messages", () => {
    const [one, other] = [createTranscript(["a"]), createTranscript(["a"])];
    for (const payload of ["x", "y"]) one.add(0, "t", payload);
    for (const payload of ["y", "x"]) other.add(0, "t", payload);
    expect(one.digest().sha256).not.toBe(other.digest().sha256);
  });

  it("does not tell ids of commands apart, which the room gives by its own clock, but what was answered", () => {
    const digestOf = (id: string, ok: boolean) => {
      const transcript = createTranscript(["a"]);
      transcript.add(0, "urban/v1/x/stream/sg-01/ack", JSON.stringify({ v: 1, id, d: "sg-01", t: 5, ok }));
      return transcript.digest().sha256;
    };
    expect(digestOf("mg1-2", true)).toBe(digestOf("mg9-7", true));
    expect(digestOf("mg1-2", true)).not.toBe(digestOf("mg1-2", false));
  });
});
