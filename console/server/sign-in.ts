import express, { type Request, type Response, Router } from "express";
import { rateLimit } from "express-rate-limit";
import type { Logger } from "pino";
import { personName, type Sessions, sessionSeconds } from "./sessions.ts";
import { languageOf, noLinkPage, signInPage } from "./sign-in-page.ts";
import { sameOrigin } from "./who.ts";

/** Attempts that fail, per address and minute. */
const failuresPerMinute = 20;

/** The pages of `/sign-in`: a link's page asks a name, which becomes the actor of the session. */
export function signInRoutes(sessions: Sessions, log: Logger): Router {
  const routes = Router();
  const language = (request: Request) => languageOf(request.headers["accept-language"]);
  const html = (response: Response, status: number, body: string) => response.status(status).set("Cache-Control", "no-store").type("html").send(body);

  routes.get("/sign-in", (request, response) => {
    html(response, 200, noLinkPage(language(request), "needed"));
  });
  routes.use(
    "/sign-in/:token",
    rateLimit({
      windowMs: 60_000,
      limit: failuresPerMinute,
      skipSuccessfulRequests: true,
      standardHeaders: "draft-8",
      legacyHeaders: false,
      handler: (request, response) => void html(response, 429, noLinkPage(language(request), "often")),
    }),
  );
  routes.get("/sign-in/:token", async (request, response) => {
    const role = await sessions.roleOfLink(request.params.token);
    if (role === undefined) html(response, 410, noLinkPage(language(request), "spent"));
    else html(response, 200, signInPage(language(request), role));
  });
  routes.post("/sign-in/:token", express.urlencoded({ extended: false, limit: "4kb" }), async (request, response) => {
    const token = request.params.token ?? "";
    const role = await sessions.roleOfLink(token);
    if (role === undefined || !sameOrigin(request)) return void html(response, 410, noLinkPage(language(request), "spent"));
    const name = personName(request.body?.name);
    // A name that is missing does not use the link up.
    if (name === undefined) return void html(response, 400, signInPage(language(request), role, "noName"));
    const signedIn = await sessions.signIn(token, name);
    if (signedIn === undefined) return void html(response, 410, noLinkPage(language(request), "spent"));
    log.info({ actor: signedIn.actor.name, role: signedIn.actor.role }, "signed in");
    response.cookie(sessions.cookie, signedIn.session, { httpOnly: true, sameSite: "strict", path: "/", maxAge: sessionSeconds * 1000 });
    response.redirect(303, "/");
  });
  return routes;
}
