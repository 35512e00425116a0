import type { Logger } from "pino";
import type { Socket } from "socket.io";
import { z } from "zod";
import type { CityPort } from "../../../shared/city-port.ts";
import { refuse } from "../../../shared/result.ts";
import { type Actor, may, type Right } from "../../../shared/roles.ts";
import type { ClientToServer, ServerToClient } from "../../../shared/socket-events.ts";
import { awayReason, CityAway } from "../city-away.ts";
import { lacking } from "../rights.ts";

export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, { actor: Actor }>;

interface EventSpec<T> {
  readonly schema: z.ZodType<T>;
  readonly right: Right;
  /** What a caller hears who asks wrongly; events without an answer are only logged. */
  readonly refusal: (reason: string) => unknown;
  handle(request: T, answer: (answer: unknown) => void): Promise<void> | void;
}

/** Names that nobody knows are answered too, or whoever waits for an answer would wait for ever. */
export function refuseOthers(socket: LiveSocket, known: readonly (keyof ClientToServer)[]): void {
  socket.onAny((event: string, ...parts: unknown[]) => {
    const last = parts.at(-1);
    if (typeof last === "function" && !known.some((name) => name === event)) last(refuse(`"${event}" is not known; known are ${known.join(", ")}`));
  });
}

/** Every event of a browser comes in through here: schema, right, try, acknowledge. A bad one never ends the socket, let alone the server. */
export function onEvent<T>(
  socket: LiveSocket,
  event: keyof ClientToServer,
  spec: EventSpec<T>,
  { log, port }: { log: Logger; port: CityPort },
): void {
  const reasonOf = (error: unknown): string => (error instanceof CityAway ? awayReason(port) : "the server could not answer; its log says why");
  const listener = async (...parts: unknown[]): Promise<void> => {
    const last = parts.at(-1);
    let answered = false;
    const answer = (value: unknown): void => {
      if (answered || typeof last !== "function") return;
      answered = true;
      last(value);
    };
    const { actor } = socket.data;
    const turnAway = (reason: string): void => {
      log.debug({ event, actor: actor.name, reason }, "an event of a browser was refused");
      answer(spec.refusal(reason));
    };
    try {
      if (!may(actor.role, spec.right)) return turnAway(lacking(actor.role, spec.right));
      const request = spec.schema.safeParse(parts[0]);
      if (!request.success) return turnAway(z.prettifyError(request.error));
      await spec.handle(request.data, answer);
    } catch (error) {
      if (error instanceof CityAway) log.warn({ reason: error.reason, event }, "an event of a browser could not be answered: the city is away");
      else log.error({ err: error, event }, "an event of a browser failed");
      answer(spec.refusal(reasonOf(error)));
    }
  };
  // The typed map knows the good shapes only; what really arrives is unknown until the schema has seen it.
  (socket as unknown as { on(event: string, listener: (...parts: unknown[]) => void): void }).on(event, (...parts) => void listener(...parts));
}
