import { z } from "zod";
import { get } from "./talk.ts";

const pageSchema = z.object({
  devices: z.array(z.object({ id: z.string(), service: z.string(), kind: z.string(), timeline: z.string() })),
  next: z.string().nullable(),
});
type CityDevice = z.infer<typeof pageSchema>["devices"][number];

/** All devices of the running city, page by page: a large one has more than a page takes. @throws Complaint when no city runs. */
export async function cityDevices(dataDir: string): Promise<readonly CityDevice[]> {
  const found: CityDevice[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = pageSchema.parse(await get(dataDir, `/api/v1/devices?limit=1000${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`));
    found.push(...page.devices);
    cursor = page.next;
  }
  return found;
}

/** Ids of its real devices. @throws Complaint when no city runs. */
export const realDevices = async (dataDir: string): Promise<readonly string[]> =>
  (await cityDevices(dataDir)).flatMap(({ id, timeline }) => (timeline === "field" ? [id] : []));
