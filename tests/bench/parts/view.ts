import { chromium } from "playwright-core";
import { z } from "zod";
import { programOf } from "../../support/programs.ts";
import { startChild } from "../child.ts";
import type { Addresses, ChainProcess } from "../children/chain.ts";
import { type Figure, figure, median } from "../figures.ts";
import type { Part } from "./part.ts";

const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"];
const linkOf = z.object({ link: z.string() });

async function signInLink({ http, token }: Addresses): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${http}/api/v1/screens`, { method: "POST", headers, body: JSON.stringify({ role: "operator" }) });
  return linkOf.parse(await answer.json()).link;
}

/** What a person waits for who opens the room for the first time: a browser that has nothing, until the live numbers of the city are painted. */
export const viewPart: Part = async (setting) => {
  const executablePath = process.env.GWANJE_CHROMIUM ?? programOf("chromium");
  if (executablePath === undefined) throw new Error("part view needs Chromium: apt-get install chromium, or name one in GWANJE_CHROMIUM");
  const chain = await startChild<ChainProcess>("chain");
  const addresses = await chain.ask("city", { dataDir: await setting.folder(), hours: 1, withConsole: true });
  await chain.ask("backfill");
  const times: number[] = [];
  const kilobytes: number[] = [];
  for (let round = 1; round <= (setting.quick ? 1 : 5); round++) {
    const browser = await chromium.launch({ executablePath, args: quiet });
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: "ko-KR" });
    const signing = await context.newPage();
    await signing.goto(await signInLink(addresses));
    // the name is asked for on a page of its own, which is no part of the room
    await signing.locator("input[name=name]").fill("한결");
    await signing.route("**/assets/**", (route) => route.abort());
    await signing.keyboard.press("Enter");
    await signing.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await signing.close();
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    let bytes = 0;
    await network.send("Network.enable");
    network.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const began = performance.now();
    await page.goto(addresses.http, { waitUntil: "commit" });
    // every service has its numbers, and the map its city
    await page.waitForFunction(() => {
      const tiles = [...document.querySelectorAll(".city-tiles > *")];
      return (
        tiles.length > 0 &&
        tiles.every((tile) => /\d/.test(tile.textContent ?? "")) &&
        document.querySelector(".city-map .leaflet-container") !== null
      );
    });
    times.push(performance.now() - began);
    kilobytes.push(bytes / 1000);
    setting.say(`view ${round}: ${times.at(-1)?.toFixed(0)} ms, ${kilobytes.at(-1)?.toFixed(0)} kB`);
    await browser.close();
  }
  await chain.end();
  const figures: Figure[] = [
    figure("view: from opening the room to the city's live numbers", median(times), "ms", { id: "G15", atMost: 1000 }),
    figure("view: sent for it, compressed", median(kilobytes), "kB", { id: "G15", atMost: 150 }),
  ];
  return figures;
};
