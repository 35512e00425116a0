import { createServer, type Server as HttpServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import compression from "compression";
import express, { type Express } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import type { CityPort } from "../../shared/city-port.ts";
import type { Role } from "../../shared/roles.ts";
import { hostInUrl, reachable } from "../../shared/runtime/reachable.ts";
import type { ScenarioPort } from "../../shared/scenario/scenario-port.ts";
import type { Service } from "../../shared/service.ts";
import { apiRouter, failure } from "./api-router.ts";
import { tellingAway } from "./city-away.ts";
import { createCounters } from "./counters.ts";
import { startLive } from "./live/live-server.ts";
import { openApiOf } from "./openapi.ts";
import { routes, routesWithOpenFeed } from "./routes/table.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { signInRoutes } from "./sign-in.ts";
import { pageOf, staticWeb } from "./static-web.ts";
import { createVisibility } from "./visibility.ts";
import { callerOf } from "./who.ts";

export interface ConsoleOptions {
  readonly port: CityPort;
  /** Absent: no simulator is part of this city, so nothing can be played or injected. */
  readonly scenarios?: ScenarioPort;
  readonly host: string;
  /** 0 = any free one; a busy one is replaced by a free one. */
  readonly httpPort: number;
  /** Where the built web part lies. */
  readonly webDir: string;
  readonly tokens: Readonly<Record<Role, string>>;
  /** Signs sessions and links; at least 32 characters. */
  readonly secret: string;
  readonly catalogue: readonly Service[];
  readonly log: Logger;
  /** Shows the feed of public alarms to everybody, without signing in; default: not. */
  readonly openFeed?: boolean;
  /** Takes upgrades that are not the live feed's, e.g. MQTT over WebSocket; true = taken. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

export interface Console {
  url(): string;
  signInLink(role: Role): string;
  readonly port: number;
  /** Ends every connection at once; browsers come back by themselves. Safe to call twice. */
  close(): Promise<void>;
}

const socketPath = "/socket.io/";

/** Serves the console over a city port: pages, HTTP and the live feed on one port. */
export async function startConsole(options: ConsoleOptions): Promise<Console> {
  const { catalogue, log, host, scenarios } = options;
  const port = tellingAway(options.port);
  const sessions = createSessions(options.secret, options.tokens);
  const see = createVisibility(port, catalogue);
  const app = express();
  const server = createServer(app);
  const connections = trackConnections(server);
  const counters = createCounters(port, () => live.sockets());
  const table = options.openFeed ? routesWithOpenFeed : routes;
  let document: object | undefined;
  const openApi = () => {
    document ??= openApiOf(table, sessions.cookie);
    return document;
  };
  const surface = { port, catalogue, scenarios, link: (role: Role) => sessions.link(role), metrics: () => counters.text(), openApi };

  secure(app);
  app.use(signInRoutes(sessions, log));
  // a city's plan is half a megabyte of JSON, and a seventh of that on the wire
  app.use("/api", compression());
  app.use(apiRouter(table, { surface, sessions, see, log }));
  pages(app, options.webDir, sessions);
  app.use(failure(surface, log));
  const live = startLive({ server, port, scenarios, catalogue, sessions, see, counters, log });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", (error) => log.debug({ err: error }, "an upgraded connection broke"));
    if (request.url?.startsWith(socketPath)) return;
    if (!takenElsewhere(request, socket, head)) socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
  /** Anybody can send any address: what cannot even be read is nobody's. */
  function takenElsewhere(...upgrade: Parameters<NonNullable<ConsoleOptions["onUpgrade"]>>): boolean {
    try {
      return options.onUpgrade?.(...upgrade) ?? false;
    } catch (error) {
      log.warn({ err: error, url: upgrade[0].url }, "an upgrade could not be taken");
      return false;
    }
  }

  const bound = await listen(server, host, options.httpPort);
  if (options.httpPort !== 0 && bound !== options.httpPort) log.warn({ asked: options.httpPort, port: bound }, "the port is busy; another is used");
  const url = `http://${hostInUrl(reachable(host))}:${bound}`;
  let closing: Promise<void> | undefined;
  async function end(): Promise<void> {
    const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
    server.close();
    // The live feed waits for the server, and the server for whoever is still connected: guests of an upgrade, downloads, the silent.
    const left = live.close();
    counters.close();
    setImmediate(() => connections.destroy());
    await Promise.all([left, ended]);
  }
  return {
    url: () => url,
    signInLink: (role) => `${url}/sign-in/${sessions.link(role)}`,
    port: bound,
    close() {
      closing ??= end();
      return closing;
    },
  };
}

/**
 * Without TLS, `upgrade-insecure-requests` kills the page on every host but loopback, and a promise of TLS would be false.
 * Under `no-referrer` a form is sent with `Origin: null` (Fetch, "append a request Origin header"), and signing in would look like another site's doing.
 */
function secure(app: Express): void {
  app.disable("x-powered-by");
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
      strictTransportSecurity: false,
      referrerPolicy: { policy: "same-origin" },
    }),
  );
}

/** Hashed files are for everybody; the page itself only for whoever is signed in. */
function pages(app: Express, webDir: string, sessions: Sessions): void {
  const [twins, files] = staticWeb(webDir);
  app.use(async (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const view = request.path === "/index.html" || !/\.[a-z0-9]+$/i.test(request.path);
    if (!view) return next();
    if ((await callerOf(request, sessions)) === undefined) return response.redirect(303, "/sign-in");
    pageOf(webDir, response, next);
  });
  if (twins && files) app.use(twins, files);
  app.use((request, response) => {
    response.status(404).type("text/plain").send(`There is no ${request.path}\n`);
  });
}

function listen(server: HttpServer, host: string, asked: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code !== "EADDRINUSE" || asked === 0) {
        reject(error);
        return;
      }
      server.once("error", reject);
      server.listen(0, host);
    };
    server.once("error", failed);
    server.once("listening", () => {
      server.removeListener("error", failed);
      server.removeListener("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
    server.listen(asked, host);
  });
}

/** Upgraded connections are no longer HTTP's own: whoever closes at once must know them all. */
function trackConnections(server: HttpServer) {
  const all = new Set<Socket>();
  server.on("connection", (socket) => {
    all.add(socket);
    socket.once("close", () => all.delete(socket));
  });
  return {
    destroy: () => {
      for (const socket of all) socket.destroy();
    },
  };
}
