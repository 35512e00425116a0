import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { roles } from "../../shared/roles.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { gatewayPassword } from "../../shared/runtime/gateway-password.ts";
import { tempFolder } from "../support/temp-ledger.ts";

const modeOf = async (file: string): Promise<string> => ((await stat(file)).mode & 0o777).toString(8);

describe("credentials", () => {
  it("are made once, for every role, each secret long and unlike the others", async () => {
    const dir = join(await tempFolder(), "data");
    const made = await loadCredentials(dir);
    const secrets = [...Object.values(made.tokens), made.secret, made.gatewaySecret, made.control, made.reader.password];
    expect(Object.keys(made.tokens).sort()).toEqual([...roles].sort());
    expect(new Set(secrets).size).toBe(roles.length + 4);
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{32}$/);
    expect(await loadCredentials(dir)).toEqual(made);
    expect(await readdir(dir)).toEqual(["credentials.json"]);
  });

  it("are others in another folder", async () => {
    const [one, other] = [await loadCredentials(await tempFolder()), await loadCredentials(await tempFolder())];
    expect(one.secret).not.toBe(other.secret);
  });

  it.skipIf(process.platform === "win32")("can be read by their owner alone, also when somebody opened them", async () => {
    const dir = join(await tempFolder(), "data");
    await loadCredentials(dir);
    const file = join(dir, "credentials.json");
    expect([await modeOf(file), await modeOf(dir)]).toEqual(["600", "700"]);
    await chmod(file, 0o644);
    await loadCredentials(dir);
    expect(await modeOf(file)).toBe("600");
  });

  it("survive a start that was cut off while they were made", async () => {
    const dir = await tempFolder();
    await writeFile(join(dir, "credentials.json.part"), "{half");
    const made = await loadCredentials(dir);
    expect(await loadCredentials(dir)).toEqual(made);
  });

  it.each<[string, (good: string) => string]>([
    ["no JSON", () => "{half"],
    ["nothing", () => ""],
    ["a role missing", (good) => good.replace(/"viewer": "[^"]+",/, "")],
    ["a short secret", (good) => good.replace(/"secret": "[^"]+"/, '"secret": "short"')],
    ["a key too many", (good) => good.replace("{", '{"extra": 1,')],
  ])("are refused when the file is broken (%s), and the file is left as it is", async (_what, spoil) => {
    const dir = await tempFolder();
    await loadCredentials(dir);
    const file = join(dir, "credentials.json");
    const broken = spoil(await readFile(file, "utf8"));
    await writeFile(file, broken);
    await expect(loadCredentials(dir)).rejects.toThrow(/credentials\.json cannot be used; restore it, or remove it/);
    expect(await readFile(file, "utf8")).toBe(broken);
  });

  it("are refused when there is a folder in their place", async () => {
    const dir = await tempFolder();
    await mkdir(join(dir, "credentials.json"));
    await expect(loadCredentials(dir)).rejects.toThrow(/cannot be used/);
  });
});

describe("a gateway's password", () => {
  it("follows from the secret and its id alone", () => {
    expect(gatewayPassword("secret", "gw-1")).toBe(gatewayPassword("secret", "gw-1"));
    const all = [gatewayPassword("secret", "gw-1"), gatewayPassword("secret", "gw-2"), gatewayPassword("other", "gw-1")];
    expect(new Set(all).size).toBe(3);
    for (const password of all) expect(password).toMatch(/^[0-9a-f]{64}$/);
  });
});
