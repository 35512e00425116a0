import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

interface Heard {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}
export type Answer = (heard: Heard, response: ServerResponse, request: IncomingMessage) => void;

/** A real HTTP server that a test answers for; keeps what it heard. Closed with the test. */
export async function otherSide(answer: Answer, port = 0) {
  const heard: Heard[] = [];
  const waiting: (() => void)[] = [];
  let now = answer;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const one = { path: request.url ?? "", headers, body: Buffer.concat(parts).toString() };
      heard.push(one);
      now(one, response, request);
      for (const wake of waiting.splice(0)) wake();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    /** Ids of the events, in the order of arrival. */
    ids: () => heard.map(({ body }) => String((JSON.parse(body) as { id: unknown }).id)),
    answerWith(other: Answer): void {
      now = other;
    },
    /** Resolves when so many requests have come. */
    async came(count: number): Promise<void> {
      while (heard.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close,
  };
}
export const status =
  (code: number, text = "", headers: Record<string, string> = {}): Answer =>
  (_heard, response) =>
    void response.writeHead(code, headers).end(text);
