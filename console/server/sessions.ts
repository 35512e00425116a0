import { createHash, createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { jwtVerify } from "jose";
import { z } from "zod";
import { type Actor, type Role, roles } from "../../shared/roles.ts";

const linkSeconds = 24 * 3600;
/** A wall screen stays signed in for a month. */
export const sessionSeconds = 30 * 24 * 3600;

const claimsSchema = z.object({ role: z.enum(roles), name: z.string().optional(), jti: z.string(), exp: z.number() });

export interface Sessions {
  /** Name of the cookie; differs per secret, because cookies of one host are shared by all its ports. */
  readonly cookie: string;
  /** Token of a sign-in link: works once, within 24 h, as long as this process lives: the next one does not know which were used. */
  link(role: Role): string;
  /** Role of a link that can still be used. */
  roleOfLink(token: string): Promise<Role | undefined>;
  /** Uses the link up and answers the session's token. */
  signIn(token: string, name: string): Promise<{ actor: Actor; session: string } | undefined>;
  actorOfSession(token: string): Promise<Actor | undefined>;
  /** Actor of a program: the role of its token, named by itself or after the role. */
  actorOfToken(token: string, name: string | undefined): Actor | undefined;
}

export function createSessions(secret: string, tokens: Readonly<Record<Role, string>>, now: () => number = Date.now): Sessions {
  const key = new TextEncoder().encode(secret);
  /** jti to the time at which the link would have expired anyway. */
  const used = new Map<string, number>();
  const audiences = { link: `link of ${randomUUID()}`, session: "session" } as const;
  const digests = roles.map((role) => ({ role, digest: sha256(tokens[role]) }));

  function sign(purpose: "link" | "session", claims: { role: Role; name?: string }, seconds: number): string {
    const at = Math.floor(now() / 1000);
    return signToken(secret, { ...claims, aud: audiences[purpose], jti: randomUUID(), iat: at, exp: at + seconds });
  }
  async function read(purpose: "link" | "session", token: string) {
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], audience: audiences[purpose], currentDate: new Date(now()) });
      return claimsSchema.parse(payload);
    } catch {
      return undefined; // forged, expired, cut off or of another secret: all the same to whoever asks
    }
  }
  async function usable(token: string) {
    const claims = await read("link", token);
    return claims === undefined || used.has(claims.jti) ? undefined : claims;
  }

  return {
    cookie: `gwanje_${createHash("sha256").update(`cookie ${secret}`).digest("hex").slice(0, 8)}`,
    link: (role) => sign("link", { role }, linkSeconds),
    roleOfLink: async (token) => (await usable(token))?.role,
    async signIn(token, name) {
      const claims = await usable(token);
      // Asked again: another may have used it while this one was waiting.
      if (claims === undefined || used.has(claims.jti)) return undefined;
      for (const [jti, expires] of used) if (expires * 1000 < now()) used.delete(jti);
      used.set(claims.jti, claims.exp);
      return { actor: { name, role: claims.role }, session: sign("session", { role: claims.role, name }, sessionSeconds) };
    },
    async actorOfSession(token) {
      const claims = await read("session", token);
      return claims?.name === undefined ? undefined : { name: claims.name, role: claims.role };
    },
    actorOfToken(token, name) {
      const asked = sha256(token);
      // Every token is compared, over digests of one length, so that the time taken tells nothing.
      const role = digests.filter((one) => timingSafeEqual(one.digest, asked))[0]?.role;
      return role === undefined ? undefined : { name: name ?? role, role };
    },
  };
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** JWS compact serialisation with HS256 (RFC 7515 section 3.1): made here because links are handed out synchronously; jose verifies. */
function signToken(secret: string, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

/** A name as the journal shows it: one line, no control characters, 1 to 60 characters; undefined when it is not one. */
export function personName(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const name = text.replace(/\s+/g, " ").trim();
  return name.length >= 1 && name.length <= 60 && !/\p{C}/u.test(name) ? name : undefined;
}
