import { connect } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { openBrowser } from "../support/live-browser.ts";
import { openRoom, type StillRoom, tokenOf } from "../support/still-room.ts";

/** Sends bytes as they are; answers everything that came back until the server ended the connection. */
function speak(room: StillRoom, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(room.console.port, "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.on("data", (part) => {
      heard += part.toString();
    });
    socket.on("close", () => resolve(heard));
    socket.on("error", reject);
    onTestFinished(() => void socket.destroy());
  });
}
const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: city\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${"A".repeat(22)}==\r\n\r\n`;

/** Takes upgrades of /guest, as the broker does of /mqtt, in the way that the command line hands them over. */
function guests(): {
  take: (...parts: Parameters<NonNullable<Parameters<typeof openRoom>[0] & object>["onUpgrade"] & object>) => boolean;
  server: WebSocketServer;
} {
  const server = new WebSocketServer({ noServer: true });
  return {
    server,
    take(request, socket, head) {
      if (new URL(request.url ?? "/", "http://city").pathname !== "/guest") return false;
      server.handleUpgrade(request, socket, head, (ws) => server.emit("connection", ws));
      return true;
    },
  };
}

describe("the console", () => {
  it("takes another port when its own is busy, and says so", async () => {
    const first = await openRoom();
    const second = await openRoom({ httpPort: first.console.port });
    expect(second.console.port).not.toBe(first.console.port);
    expect(second.logged.join()).toContain("the port is busy");
    expect((await second.ask("/healthz")).status).toBe(200);
  });

  it("ends at once although browsers, guests, downloads and silent connections are open", async () => {
    const { take } = guests();
    const room = await openRoom({ onUpgrade: take });
    const browser = await openBrowser(room.url, { over: { reconnection: false } });
    const guest = new WebSocket(`${room.url.replace("http", "ws")}/guest`);
    await new Promise((resolve) => guest.once("open", resolve));
    const ended = new Promise((resolve) => guest.once("close", resolve));
    browser.freeze();
    room.city.holdHistory();
    const series = vi.spyOn(room.city.port, "series");
    const download = room.ask("/api/v1/devices/stream-gauge-001/series?metric=level").catch(() => "cut");
    const silent = speak(room, "GET /healthz HTTP/1.1\r\nHost: ");
    await vi.waitFor(() => expect(series).toHaveBeenCalled());
    await room.console.close();
    expect(await download).toBe("cut");
    await Promise.all([ended, silent]);
    expect(room.city.listeners()).toBe(0);
    await expect(fetch(room.url)).rejects.toThrow();
  });

  it("can be closed twice", async () => {
    const room = await openRoom();
    await Promise.all([room.console.close(), room.console.close()]);
  });

  it.each(["//", "/\\", "http://"])("survives an upgrade to %j", async (path) => {
    const { take } = guests();
    const room = await openRoom({ onUpgrade: take });
    expect(await speak(room, upgrade(path))).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await room.ask("/healthz")).status).toBe(200);
  });

  it("refuses upgrades that nobody takes", async () => {
    const room = await openRoom();
    for (const path of ["/", "/mqtt", "/api/v1/city", "/socket.i"]) expect(await speak(room, upgrade(path))).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each(["GARBAGE\r\n\r\n", "GET /healthz HTTP/1.1\r\nBad Header\r\n\r\n", `GET /${"x".repeat(20_000)} HTTP/1.1\r\n\r\n`])(
    "answers %.12j with a 4xx and goes on",
    async (text) => {
      const room = await openRoom();
      expect(await speak(room, text)).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect((await room.ask("/healthz")).status).toBe(200);
    },
  );

  it("does not hand out the live feed without a WebSocket", async () => {
    const { ask } = await openRoom();
    const polled = await ask("/socket.io/?EIO=4&transport=polling");
    expect(polled.status).toBe(400);
    expect(await polled.text()).not.toContain(tokenOf("viewer"));
  });
});
