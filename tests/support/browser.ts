import { type Browser, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { programOf } from "./programs.ts";

/** Where Chromium is; GWANJE_CHROMIUM names another one. */
const chromiumPath = (): string | undefined => process.env.GWANJE_CHROMIUM ?? programOf("chromium") ?? programOf("chromium-browser");

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Visit {
  readonly page: Page;
  /** Errors of the page, and answers that were errors. */
  readonly complaints: string[];
}

/** A new browser with a folder of its own, at the desk's width; closed with the test. */
export async function openBrowser(locale: "ko-KR" | "en-US" = "en-US"): Promise<Visit> {
  const path = chromiumPath();
  if (path === undefined) throw new Error("no Chromium: apt-get install chromium, or name one in GWANJE_CHROMIUM");
  const browser: Browser = await chromium.launch({ executablePath: path, args: quiet });
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return { page, complaints };
}

/** Signs in by a one-time link, with a name. */
export async function signIn(page: Page, link: string, name = "한결"): Promise<void> {
  await page.goto(link);
  await page.locator("input[name=name]").fill(name);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
