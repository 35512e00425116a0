import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, request } from "node:http";
import { join, sep } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { openRoom, rawGet, tokenOf } from "../support/still-room.ts";
import { temporaryFolder } from "../support/test-chain.ts";

const script = `export const words = ${JSON.stringify("관제 ".repeat(200))};`;
const page = '<!doctype html><html lang="ko"><script type="module" src="/assets/index-abc123.js"></script></html>';

/** A folder as the build leaves it: a page, hashed files, their compressed twins, and a file beside it that nobody may read. */
async function builtPages(): Promise<string> {
  const outside = await temporaryFolder();
  const dir = join(outside, "web");
  await mkdir(join(dir, "assets"), { recursive: true });
  const files: Record<string, string | Buffer> = {
    "../secret.txt": "outside",
    "index.html": page,
    "index.html.br": brotliCompressSync(page),
    "assets/index-abc123.js": script,
    "assets/index-abc123.js.br": brotliCompressSync(script),
    "assets/index-abc123.js.gz": gzipSync(script),
    "assets/only-gz-1.css": "a{}",
    "assets/only-gz-1.css.gz": gzipSync("a{}"),
    "assets/font-1.woff2": Buffer.from([1, 2, 3]),
    "assets/.hidden": "hidden",
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content);
  return dir;
}

/** The bytes as they travel: `fetch` would unpack them, and asks past every cache when it is given an ETag. */
function wire(url: string, headers: Record<string, string>): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts) }));
    })
      .on("error", reject)
      .end();
  });
}

describe("the pages", () => {
  it("are for whoever is signed in; everybody else is led to the sign-in", async () => {
    const { ask } = await openRoom({ webDir: await builtPages() });
    for (const view of ["/", "/index.html", "/devices/stream-gauge-001", "/quality"]) {
      const stranger = await ask(view, { as: null });
      expect([view, stranger.status, stranger.headers.get("location")]).toEqual([view, 303, "/sign-in"]);
      const shown = await ask(view);
      expect([view, shown.status, await shown.text()]).toEqual([view, 200, page]);
      expect(shown.headers.get("content-type")).toMatch(/^text\/html/);
    }
  });

  it("are asked for again each time, and not sent again when nothing has changed", async () => {
    const { url } = await openRoom({ webDir: await builtPages() });
    const authorization = `Bearer ${tokenOf("viewer")}`;
    const first = await wire(url, { authorization });
    expect(first.headers["cache-control"]).toBe("no-cache");
    const again = await wire(url, { authorization, "if-none-match": first.headers.etag! });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    expect((await wire(url, { authorization, "if-none-match": 'W/"other"' })).status).toBe(200);
  });

  it("keep their hashed files for ever, with an ETag, for everybody", async () => {
    const { url } = await openRoom({ webDir: await builtPages() });
    for (const name of ["index-abc123.js", "font-1.woff2"]) {
      const first = await wire(`${url}/assets/${name}`, { "accept-encoding": "br" });
      expect([first.status, first.headers["cache-control"]]).toEqual([200, "public, max-age=31536000, immutable"]);
      expect((await wire(`${url}/assets/${name}`, { "accept-encoding": "br", "if-none-match": first.headers.etag! })).status).toBe(304);
    }
  });

  it.each(["", sep])("send the compressed twin to whoever takes it, from a folder written with %j at its end", async (ending) => {
    const { url } = await openRoom({ webDir: `${await builtPages()}${ending}` });
    const file = `${url}/assets/index-abc123.js`;
    const of = async (accepted: string | undefined, at = file) => {
      const { headers, bytes } = await wire(at, accepted === undefined ? {} : { "accept-encoding": accepted });
      expect(headers["content-type"]).toMatch(at.endsWith("js") ? /^text\/javascript/ : /^text\/css/);
      expect(headers.vary).toMatch(/accept-encoding/i);
      expect(headers["cache-control"]).toMatch(/immutable/);
      return { encoding: headers["content-encoding"], bytes, etag: headers.etag };
    };
    const [br, gz, plain] = await Promise.all([of("gzip, deflate, br"), of("gzip"), of(undefined)]);
    expect([br.encoding, brotliDecompressSync(br.bytes).toString()]).toEqual(["br", script]);
    expect([gz.encoding, gunzipSync(gz.bytes).toString()]).toEqual(["gzip", script]);
    expect([plain.encoding, plain.bytes.toString()]).toEqual([undefined, script]);
    expect(new Set([br.etag, gz.etag, plain.etag]).size).toBe(3);
    expect((await of("br;q=0, gzip;q=0.5")).encoding).toBe("gzip");
    expect((await of("identity")).encoding).toBeUndefined();
    expect((await of("br", `${url}/assets/only-gz-1.css`)).encoding).toBeUndefined();
  });

  it("let nobody out of their folder", async () => {
    const { url } = await openRoom({ webDir: await builtPages() });
    const headers = { authorization: "Bearer a-token-of-the-role-admin" };
    const ways = [
      "/../secret.txt",
      "/assets/../../secret.txt",
      "/..%2fsecret.txt",
      "/assets/..%2f..%2fsecret.txt",
      "/%2e%2e/secret.txt",
      "/..%5csecret.txt",
      "/assets/....//....//secret.txt",
      "//secret.txt",
      "/assets/.hidden",
      "/assets/%00.js",
      "/assets/%E0%A4%A.js",
      "/..%252fsecret.txt",
    ];
    for (const way of ways) {
      const { status, body } = await rawGet(url, way, headers);
      expect([way, [400, 403, 404].includes(status), /outside|^hidden|node_modules|\bat \//.test(body)]).toEqual([way, true, false]);
    }
  });

  it("say where nothing is, in plain text that no browser runs, and when they are not built", async () => {
    const { ask } = await openRoom({ webDir: await builtPages() });
    const none = await ask("/assets/<script>alert(1)</script>.js");
    expect([none.status, none.headers.get("content-type"), none.headers.get("x-content-type-options")]).toEqual([
      404,
      "text/plain; charset=utf-8",
      "nosniff",
    ]);
    expect((await ask("/quality", { method: "POST" })).status).toBe(404);
    const unbuilt = await (await openRoom()).ask("/");
    expect([unbuilt.status, await unbuilt.text()]).toEqual([503, "The pages are not built yet: npm start builds them.\n"]);
  });
});

describe("headers", () => {
  const directives = (response: Response): Record<string, string> =>
    Object.fromEntries(
      response.headers
        .get("content-security-policy")!
        .split(";")
        .map((one) => [one.split(" ")[0]!, one.split(" ").slice(1).join(" ")]),
    );

  it.each(["/", "/sign-in", "/assets/index-abc123.js", "/api/v1/city", "/nothing.txt", "/healthz"])(
    "of %s protect the page and promise no TLS",
    async (path) => {
      const { ask } = await openRoom({ webDir: await builtPages() });
      const response = await ask(path);
      const policy = directives(response);
      expect(policy).not.toHaveProperty("upgrade-insecure-requests");
      expect(policy).toMatchObject({
        "default-src": "'self'",
        "script-src": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'self'",
        "form-action": "'self'",
      });
      expect(Object.fromEntries(response.headers)).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
      for (const name of ["strict-transport-security", "x-powered-by", "server"]) expect(response.headers.has(name), name).toBe(false);
    },
  );

  it("let the built page do what it does: own scripts, styles, fonts and sockets, nothing inline but styles", async () => {
    const outDir = join(await temporaryFolder(), "web");
    await build({
      configFile: new URL("../../vite.config.ts", import.meta.url).pathname,
      logLevel: "silent",
      build: { outDir, emptyOutDir: true, minify: false },
    });
    const { ask } = await openRoom({ webDir: outDir });
    const shown = await ask("/");
    const policy = directives(shown);
    const html = await shown.text();
    expect(policy["script-src"]).toBe("'self'");
    expect(html.match(/<script(?![^>]*\ssrc=)/g)).toBeNull();
    expect(html.match(/\son\w+=|javascript:/g)).toBeNull();
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect([address, (await ask(address, { as: null })).status]).toEqual([address, 200]);
    for (const name of (await readdir(join(outDir, "assets"))).filter((one) => one.endsWith(".css"))) {
      const text = await readFile(join(outDir, "assets", name), "utf8");
      expect([name, text.match(/url\(["']?(?:https?:|\/\/|data:(?!image))/g)]).toEqual([name, null]);
    }
  });
});
