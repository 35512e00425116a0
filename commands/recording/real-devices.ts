import { z } from "zod";
import { get } from "../talk.ts";

const pageSchema = z.object({ devices: z.array(z.object({ id: z.string(), timeline: z.string() })), next: z.string().nullable() });

/** Ids of the running city's real devices. @throws Complaint when no city runs. */
export async function realDevices(dataDir: string): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = pageSchema.parse(await get(dataDir, `/api/v1/devices?limit=1000${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`));
    found.push(...page.devices.flatMap(({ id, timeline }) => (timeline === "field" ? [id] : [])));
    cursor = page.next;
  }
  return found;
}
