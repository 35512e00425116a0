import type { IncomingMessage } from "node:http";
import type { Actor } from "../../shared/roles.ts";
import { personName, type Sessions } from "./sessions.ts";

export interface Caller {
  readonly actor: Actor;
  /** A browser's session: only then can another site make the browser speak for it. */
  readonly by: "session" | "token";
}

/** Who sends this request: the bearer of a role's token, or the holder of a session. A token that is wrong is nobody, whatever the cookie says. */
export async function callerOf(request: IncomingMessage, sessions: Sessions): Promise<Caller | undefined> {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const [scheme = "", token = ""] = authorization.split(" ");
    if (scheme.toLowerCase() !== "bearer") return undefined;
    const actor = sessions.actorOfToken(token, headerName(request.headers["x-actor"]));
    return actor && { actor, by: "token" };
  }
  const session = cookieOf(request.headers.cookie, sessions.cookie);
  const actor = session === undefined ? undefined : await sessions.actorOfSession(session);
  return actor && { actor, by: "session" };
}

/** True unless a browser says that the request comes from a page of another origin. */
export function sameOrigin(request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false; // "null": a sandboxed frame or a local file
  }
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const [key = "", ...rest] = pair.split("=");
    if (key.trim() === name) return rest.join("=").trim();
  }
  return undefined;
}

/** Headers carry Latin letters only: a name in Korean comes percent-encoded (RFC 3986). */
function headerName(header: string | string[] | undefined): string | undefined {
  if (typeof header !== "string") return undefined;
  try {
    return personName(decodeURIComponent(header));
  } catch {
    return personName(header);
  }
}
