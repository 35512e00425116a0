import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Complaint } from "../talk.ts";

/** A file that lines are written to. */
export interface Sink {
  /** False: more is on its way than the disk has taken; wait until it is `drained`. */
  write(line: string): boolean;
  /** Also when the file has failed: then nobody waits for it. */
  drained(): Promise<void>;
  /** Aborted when the file has failed, e.g. on a full disk: there is no use in going on. */
  readonly failed: AbortSignal;
  /** Resolves when all lines are in the file. @throws Complaint when they are not. */
  close(): Promise<void>;
}

const complaint = (file: string, cause: unknown, code?: 2): Complaint =>
  new Complaint(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, code);

/** @throws Complaint when there can be no such file. */
export async function openSink(file: string): Promise<Sink> {
  const stream = createWriteStream(file);
  const failure = new AbortController();
  stream.on("error", (cause) => failure.abort(complaint(file, cause)));
  await once(stream, "open").catch((cause: unknown) => {
    throw complaint(file, cause, 2);
  });
  return {
    write: (line) => stream.write(`${line}\n`),
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, "drain", { signal: failure.signal }).catch(() => undefined);
    },
    failed: failure.signal,
    async close() {
      if (!stream.closed) {
        stream.end();
        await once(stream, "close");
      }
      failure.signal.throwIfAborted();
    },
  };
}
