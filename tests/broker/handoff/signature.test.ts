import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkSignature, signed } from "../../../broker/handoff/signature.ts";
import { readConfig } from "../../../shared/runtime/config.ts";

const secret = "비밀-열쇠-0123456789-abcdefgh";

describe("a signature", () => {
  it("is that of Standard Webhooks: HMAC-SHA256 over id, seconds and body", () => {
    const headers = signed(secret, "r1:a", '{"a":"가"}', 1_795_300_500_900);
    const expected = createHmac("sha256", Buffer.from(secret)).update('r1:a.1795300500.{"a":"가"}').digest("base64");
    expect(headers).toEqual({ "webhook-id": "r1:a", "webhook-timestamp": "1795300500", "webhook-signature": `v1,${expected}` });
  });

  it.each([
    ["another secret", (h: Record<string, string>) => h, "body", "비밀-열쇠-0123456789-abcdefgX"],
    ["another body", (h: Record<string, string>) => h, "bodY", secret],
    ["another id", (h: Record<string, string>) => ({ ...h, "webhook-id": "b" }), "body", secret],
    ["no signature", ({ "webhook-signature": _gone, ...h }: Record<string, string>) => h, "body", secret],
    ["half a signature", (h: Record<string, string>) => ({ ...h, "webhook-signature": "v1" }), "body", secret],
    ["no number for a time", (h: Record<string, string>) => ({ ...h, "webhook-timestamp": "now" }), "body", secret],
  ])("does not hold with %s", (_, change, body, key) => {
    expect(checkSignature(secret, signed(secret, "a", "body", Date.now()), "body")).toEqual({ ok: true, value: true });
    expect(checkSignature(key, change(signed(secret, "a", "body", Date.now())), body).ok).toBe(false);
  });

  it("of six minutes ago is worth nothing", () => {
    expect(checkSignature(secret, signed(secret, "a", "body", Date.now() - 360_000), "body")).toMatchObject({ ok: false });
  });
});

describe("GWANJE_LINKS", () => {
  const read = (links: string, key = "0123456789-0123456789-0123") => readConfig({ GWANJE_LINKS: links, GWANJE_LINK_SECRET: key });

  it("leads named links to their addresses, and turns off all that are not named: no pretended 119 beside a real 112", () => {
    expect(read("dispatch-112=https://112.example/in?x=1, video-112=built-in")).toMatchObject({
      ok: true,
      value: {
        GWANJE_LINKS: {
          "dispatch-112": { url: "https://112.example/in?x=1" },
          "video-112": "built-in",
          "dispatch-119": "off",
          disaster: "off",
          vulnerable: "off",
        },
      },
    });
    const nothing = readConfig({});
    expect(nothing.ok && nothing.value.GWANJE_LINKS).toBeUndefined();
  });

  it.each([
    ["police=https://a.example", "not a link"],
    ["disaster=ftp://a.example", "needs one of"],
    ["disaster", "needs one of"],
    ["disaster=off disaster=off", "twice"],
  ])("%s is refused: %s", (links, reason) => {
    expect(read(links)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it("needs a secret as soon as an address is named", () => {
    expect(read("disaster=https://a.example", "")).toMatchObject({ ok: false, reason: expect.stringContaining("GWANJE_LINK_SECRET") });
    expect(read("disaster=https://a.example", "short")).toMatchObject({ ok: false });
    expect(read("disaster=off", "")).toMatchObject({ ok: true });
  });
});
