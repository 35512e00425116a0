import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, vi } from "vitest";

/** What the focus is on: a list says its row, everything else its own words. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    const inList = at?.getAttribute("aria-activedescendant");
    return inList ? `row ${inList}` : `${at?.tagName} ${at?.getAttribute("aria-label") ?? at?.textContent ?? ""}`;
  });

/** Walks to what answers the wish, as somebody without a pointer does. */
export async function tabTo(page: Page, wish: RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let n = 0; n < 160; n++) {
    if (wish.test(await focused(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`no focus on ${wish}: ${await focused(page)}`);
}

/** What axe finds on the page as it stands. */
export const faults = async (page: Page): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);

/** The first place of that selector comes to say it. */
export const says = (page: Page, place: string, wish: RegExp, timeout = 20_000): Promise<void> =>
  vi.waitFor(async () => expect(await page.locator(place).first().textContent({ timeout: 2000 })).toMatch(wish), { timeout });
