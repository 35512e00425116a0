import { links } from "../../shared/links.ts";
import type { HandoffRecord } from "./handoff-record.ts";

/** Path under the console's address at which the other side says what came of it. */
export const receiptPath = (link: string): string => `/api/v1/links/${link}/receipts`;

/**
 * A hand-over as CloudEvents 1.0 says (github.com/cloudevents/spec, structured mode). Everything of the simulated city has a type of its own, the
 * extension `exercise` and a word before its title: no switch on the other side can take it for a call for help.
 */
export function linkEventOf(record: HandoffRecord, city: string) {
  const { id, to, alarm, occurrence, rule, service, device, district, t, by, timeline, content } = record;
  const exercise = timeline === "city";
  const { title, ...rest } = content;
  return {
    specversion: "1.0",
    id,
    source: `/gwanje/${city}`,
    type: exercise ? "gwanje.alarm.handed-over.exercise" : "gwanje.alarm.handed-over",
    subject: alarm,
    time: new Date(t).toISOString(),
    datacontenttype: "application/json",
    ...(exercise ? { exercise: true } : {}),
    data: {
      link: to,
      linkName: links[to],
      exercise,
      alarm,
      occurrence,
      rule,
      service,
      device,
      district,
      by,
      title: exercise ? { ko: `[훈련] ${title.ko}`, en: `[EXERCISE] ${title.en}` } : title,
      ...rest,
      raisedAt: new Date(rest.raisedAt).toISOString(),
      respondBy: rest.respondBy === null ? null : new Date(rest.respondBy).toISOString(),
      receipts: receiptPath(to),
    },
  } as const;
}
