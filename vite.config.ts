import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { brotliCompressSync, gzipSync, constants as zlib } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const outDir = new URL("./dist/web", import.meta.url).pathname;
/** Fonts and pictures are compressed already. */
const compressible = new Set([".js", ".css", ".html", ".svg", ".json"]);

/** Lays a compressed twin beside each file once, so that the server compresses nothing while it serves. */
function compressedTwins(): Plugin {
  let written = outDir;
  return {
    name: "compressed-twins",
    apply: "build",
    configResolved(config) {
      written = resolve(config.root, config.build.outDir);
    },
    writeBundle() {
      for (const name of readdirSync(written, { recursive: true, encoding: "utf8" })) {
        if (!compressible.has(extname(name))) continue;
        const path = join(written, name);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 9 } }));
      }
    },
  };
}

export default defineConfig({
  root: new URL("./console/web", import.meta.url).pathname,
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // The server's policy lets in nothing but files of our own, so nothing is inlined as data.
  build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, reportCompressedSize: false, modulePreload: { polyfill: false } },
  plugins: [compressedTwins()],
});
