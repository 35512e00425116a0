import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Truth } from "../shared/scenario/truth.ts";
import type { Service } from "../shared/service.ts";
import { services } from "../shared/services/index.ts";
import type { CityName } from "../simulator/city/ground.ts";
import type { Profile } from "../simulator/devices/outage.ts";
import { type Generated, generate } from "../simulator/generate.ts";
import { instantOf } from "./instant.ts";
import { createRowWriter, type Format, type RowWriter } from "./reading-rows.ts";
import { Complaint } from "./talk.ts";

export interface GenerateRequest {
  readonly hours: number;
  readonly service?: string;
  readonly city: CityName;
  readonly scale: number;
  readonly seed: number;
  /** ISO 8601 with an offset. */
  readonly from: string;
  readonly profile: Profile;
  readonly format: Format;
  /** A file when it has an ending, else a folder with one file a service; absent = standard output. */
  readonly out?: string;
  /** A file for what was true meanwhile, an object a line. */
  readonly truth?: string;
}

/** Writes the readings of a city that nobody watches. @throws Complaint when the request cannot be meant. */
export async function writeGenerated(request: GenerateRequest): Promise<void> {
  const wanted = request.service === undefined ? services : services.filter(({ id }) => id === request.service);
  if (wanted.length === 0) throw new Complaint(`there is no service "${request.service}"; known: ${services.map(({ id }) => id).join(", ")}`, 2);
  const from = instantOf(request.from);
  const sheets = await openSheets(request, wanted);
  let gone = false;
  for (const { out } of sheets) out.once("close", () => (gone = true));
  const progress = createProgress(request);
  const truths = new Map<string, Truth>();
  const hear = request.truth === undefined ? {} : { onTruth: (truth: Truth) => void truths.set(truth.id, truth) };
  for (const batch of generate({ ...request, from, ...hear })) {
    if (gone) break;
    await Promise.all(sheets.map((sheet) => write(sheet, batch)));
    progress.minute();
  }
  for (const { out } of sheets) if (out !== process.stdout) await finished(out.end());
  if (request.truth !== undefined) await writeTruths(request.truth, request.service, [...truths.values()]);
  progress.done();
}

/** As they stood at the end; with one service asked for, its own and the whole city's. */
async function writeTruths(file: string, service: string | undefined, truths: readonly Truth[]): Promise<void> {
  const told = truths.filter((truth) => service === undefined || truth.service === null || truth.service === service);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, told.map((truth) => `${JSON.stringify(truth)}\n`).join(""));
}

/** One file, or the standard output: which services it holds and how a row of it is written. */
interface Sheet {
  readonly out: Writable;
  readonly rows: RowWriter;
}

async function openSheets({ out, format }: GenerateRequest, wanted: readonly Service[]): Promise<readonly Sheet[]> {
  const sheet = (stream: Writable, held: readonly Service[]): Sheet => {
    const rows = createRowWriter(held, format);
    stream.write(rows.head);
    return { out: stream, rows };
  };
  // who reads the standard output may stop when it has seen enough (head): that is no error
  if (out === undefined)
    return [
      sheet(
        process.stdout.on("error", () => process.stdout.destroy()),
        wanted,
      ),
    ];
  const whole = extname(out) !== "";
  await mkdir(whole ? dirname(out) : out, { recursive: true });
  return whole ? [sheet(fileAt(out), wanted)] : wanted.map((service) => sheet(fileAt(join(out, `${service.id}.${format}`)), [service]));
}

/** What goes wrong with it is told when it is ended. */
const fileAt = (path: string): Writable => createWriteStream(path).on("error", () => undefined);

async function write({ out, rows }: Sheet, batch: readonly Generated[]): Promise<void> {
  const text = rows.rows(batch);
  if (text === "" || out.write(text) || out.destroyed) return;
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      out.off("drain", goOn).off("close", goOn);
      resolve();
    };
    out.on("drain", goOn).on("close", goOn);
  });
}

/** Tells a person at a terminal how far it is, every two seconds. */
function createProgress({ hours }: GenerateRequest) {
  const began = Date.now();
  let told = began;
  let minutes = 0;
  const tell = (): void => {
    const speed = Math.round((minutes * 60) / ((Date.now() - began) / 1000));
    process.stderr.write(`${(minutes / 60).toFixed(1)} of ${hours} h, ${speed} city seconds per second\n`);
  };
  return {
    minute(): void {
      minutes += 1;
      if (Date.now() - told < 2000) return;
      told = Date.now();
      tell();
    },
    done: (): void => (told > began ? tell() : undefined),
  };
}
