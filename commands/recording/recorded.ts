import { z } from "zod";
import { Complaint } from "../talk.ts";

/** What a recording is, as NDJSON: a head, then one MQTT message a line in the order in which they were heard. */
const headSchema = z.strictObject({
  what: z.literal("gwanje-recording"),
  version: z.literal(1),
  /** As the first clock said; null where none was heard. */
  city: z.string().max(64).nullable(),
  run: z.string().max(64).nullable(),
  seed: z.number().int().nullable(),
  /** Wall clock at which it began, epoch ms. */
  from: z.number(),
  /** What whoever recorded could not hear, in words. */
  without: z.array(z.string().max(200)),
  /** Real devices, as far as they are known: they live by the wall clock. */
  field: z.array(z.string().max(64)),
});
export type Head = z.infer<typeof headSchema>;

const messageSchema = z.strictObject({
  /** Wall clock of hearing it, epoch ms. */
  at: z.number(),
  /** City time: the message's own, else that of the newest clock's mark; null where there is neither. */
  t: z.number().nullable(),
  topic: z.string().min(1).max(65_535),
  payload: z.string(),
  /** The payload is no text of UTF-8, and stands as base64. */
  base64: z.literal(true).exactOptional(),
  qos: z.literal([0, 1, 2]),
  /** As it was heard: true only of what stood before the recording began. */
  retain: z.boolean(),
});
type Line = z.infer<typeof messageSchema>;
export interface Recorded extends Omit<Line, "payload" | "base64"> {
  readonly payload: Buffer;
}

export const headLine = (head: Omit<Head, "what" | "version">): string => JSON.stringify({ what: "gwanje-recording", version: 1, ...head });

export function messageLine({ at, t, topic, payload, qos, retain }: Recorded): string {
  const text = payload.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(payload);
  return JSON.stringify({
    ...{ at, t, topic },
    payload: isText ? text : payload.toString("base64"),
    ...(isText ? {} : { base64: true }),
    ...{ qos, retain },
  });
}

const messageOf = ({ payload, base64, ...rest }: Line): Recorded => ({ ...rest, payload: Buffer.from(payload, base64 ? "base64" : "utf8") });

/** Head first, then the messages. A last line that was cut off where the recorder was killed is left out. @throws Complaint naming file and line. */
export async function* readRecording(lines: AsyncIterable<string>, file: string): AsyncGenerator<Head | Recorded> {
  let number = 0;
  let torn: Complaint | undefined;
  for await (const line of whole(lines, file)) {
    number += 1;
    if (torn !== undefined) throw torn;
    if (line.trim() === "") continue;
    const read = number === 1 ? headSchema.safeParse(json(line)) : messageSchema.safeParse(json(line));
    if (read.success) yield "what" in read.data ? read.data : messageOf(read.data);
    else if (number === 1) throw new Complaint(`${file}, line 1: this is no recording of gwanje record (${z.prettifyError(read.error)})`);
    else torn = new Complaint(`${file}, line ${number}: this is no message of a recording (${z.prettifyError(read.error)})`);
  }
  if (number === 0) throw new Complaint(`${file} is empty; make one with npx gwanje record --out ${file}`);
}

async function* whole(lines: AsyncIterable<string>, file: string): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new Complaint(`there is no file ${file}`, 2);
    if (code === "EISDIR") throw new Complaint(`${file} is a folder; give a recording`, 2);
    throw cause;
  }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
