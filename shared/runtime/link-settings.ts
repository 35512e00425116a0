import { z } from "zod";
import { type LinkId, linkIds } from "../links.ts";

/** Where hand-overs of a link go: an address, the built-in receiver of demonstrations, or nowhere. */
export type LinkTarget = "built-in" | "off" | { readonly url: string };
export type LinkTargets = Readonly<Record<LinkId, LinkTarget>>;

const words = `built-in, off, or an address that begins with http:// or https://`;

/**
 * Reads `link=address` pairs, separated by commas or spaces. Nothing given: all go to the built-in receiver. As soon as one link is named, those that
 * are not are off: beside a real 112 nobody shall take a pretended 119 for the real one.
 */
export const linkSettings = z.string().transform((text, context): LinkTargets => {
  const given = new Map<LinkId, LinkTarget>();
  for (const pair of text.split(/[\s,]+/).filter((part) => part !== "")) {
    const [name = "", ...rest] = pair.split("=");
    const link = linkIds.find((id) => id === name);
    const target = targetOf(rest.join("="));
    if (link === undefined) context.addIssue({ code: "custom", message: `"${name}" is not a link; links: ${linkIds.join(", ")}` });
    else if (target === undefined) context.addIssue({ code: "custom", message: `${link} needs one of: ${words}` });
    else if (given.has(link)) context.addIssue({ code: "custom", message: `${link} is named twice` });
    else given.set(link, target);
  }
  return allLinks((link) => given.get(link) ?? (given.size === 0 ? "built-in" : "off"));
});

export const allLinks = <T>(of: (link: LinkId) => T): Readonly<Record<LinkId, T>> =>
  Object.fromEntries(linkIds.map((link) => [link, of(link)])) as Record<LinkId, T>;
export const isOutside = (target: LinkTarget): target is { readonly url: string } => typeof target === "object";

function targetOf(text: string): LinkTarget | undefined {
  if (text === "built-in" || text === "off") return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? { url: url.href } : undefined;
}
