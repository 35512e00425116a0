import { create } from "xmlbuilder2";
import type { CapMessage } from "./cap-message.ts";
import { type CapPlan, capTime, capXml } from "./cap-xml.ts";

/** Atom (RFC 4287) of the public messages, newest first; each entry links to its message beside the feed, `{id}.xml`. */
function capFeed(messages: readonly CapMessage[], plan: CapPlan): string {
  const newest = [...messages].reverse();
  const feed = {
    feed: {
      "@xmlns": "http://www.w3.org/2005/Atom",
      id: `urn:gwanje:${plan.id}:cap`,
      title: `${plan.name.ko} 공개 경보 (훈련·시험) · ${plan.name.en} public alerts (exercise, test)`,
      updated: capTime(newest[0]?.t ?? 0),
      author: { name: `${plan.name.en} control room demonstration` },
      link: { "@rel": "self", "@type": "application/atom+xml", "@href": "feed.atom" },
      entry: newest.map((message) => entryOf(message, plan)),
    },
  };
  return create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: " " }, feed).end({ prettyPrint: true });
}

function entryOf(message: CapMessage, { id: city }: CapPlan) {
  const { id, t, raisedAt, type, over, timeline, text, place, category } = message;
  const mark = timeline === "city" ? "[훈련·EXERCISE]" : "[시험·TEST]";
  const word = over ? "AllClear" : type;
  return {
    id: `urn:gwanje:${city}:cap:${id}`,
    title: `${mark} ${word}: ${text.ko} · ${text.en}`,
    updated: capTime(t),
    published: capTime(raisedAt),
    category: { "@term": category },
    link: { "@rel": "alternate", "@type": "application/cap+xml", "@href": `${id}.xml` },
    summary: `${place.name.ko} · ${place.name.en}`,
  };
}

/** The feed, or one message of it by its id (with or without `.xml`); undefined = there is none. */
export function capDocument(messages: readonly CapMessage[], plan: CapPlan, id?: string): string | undefined {
  if (id === undefined) return capFeed(messages, plan);
  const wanted = id.replace(/\.xml$/, "");
  const message = messages.find((one) => one.id === wanted);
  return message === undefined ? undefined : capXml(message, plan);
}
