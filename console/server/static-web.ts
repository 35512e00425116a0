import { existsSync } from "node:fs";
import { extname, join, resolve, sep } from "node:path";
import express, { type RequestHandler, type Response } from "express";

const twins = [
  { encoding: "br", ending: ".br" },
  { encoding: "gzip", ending: ".gz" },
] as const;

/** Files of the built web part. Their names carry a hash of their content, `index.html` alone does not. */
export function staticWeb(webDir: string): RequestHandler[] {
  // Without a separator at its end, which it may be given with.
  const root = resolve(webDir);
  const files = express.static(root, {
    index: false,
    redirect: false,
    setHeaders(response: Response, path: string) {
      const hashed = path.startsWith(join(root, "assets") + sep);
      response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  return [(request, response, next) => twinOf(root)(request, response, next), files];
}

/** Sends the compressed twin that the build laid beside a file, when the browser takes it. */
function twinOf(root: string): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const path = insideOf(root, request.path);
    if (path === undefined) return next();
    for (const { encoding, ending } of twins) {
      if (!existsSync(path + ending)) continue;
      response.vary("Accept-Encoding");
      if (!request.acceptsEncodings(encoding)) continue;
      response.type(extname(path));
      response.setHeader("Content-Encoding", encoding);
      request.url = `${request.path}${ending}`;
      break;
    }
    next();
  };
}

function insideOf(root: string, urlPath: string): string | undefined {
  try {
    const path = resolve(join(root, decodeURIComponent(urlPath)));
    return path.startsWith(root + sep) && !path.includes("\0") ? path : undefined;
  } catch {
    return undefined; // malformed escape: express.static answers it
  }
}

/** Views have addresses of their own; all of them are the one page. */
export function pageOf(webDir: string, response: Response, next: (error?: unknown) => void): void {
  response.setHeader("Cache-Control", "no-cache");
  response.sendFile("index.html", { root: resolve(webDir) }, (error: NodeJS.ErrnoException | undefined) => {
    if (!error || response.headersSent) return;
    if (error.code !== "ENOENT") return next(error);
    response.status(503).type("text/plain").send("The pages are not built yet: npm start builds them.\n");
  });
}
