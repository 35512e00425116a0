import type { FigureSeries } from "../../../shared/city-port.ts";
import { type FigureHour, hourOf, newestMinute, withPresent } from "./figure-hour.ts";
import { fetchJson } from "./http.ts";
import * as room from "./state.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** At high rates more than one minute of the city passes between two beats: then the server, who saw them all, is asked again. */
const askMs = 1000;

let last = Number.NaN;
let missed = false;
let askedAt = 0;
let asking = false;

/** The present values enter their minute. */
export function takePresentFigures(): void {
  const minute = room.minute.peek();
  if (minute - last > minuteMs) missed = true;
  last = minute;
  const hours = room.figureHours.peek();
  if (missed && !asking && Date.now() - askedAt > askMs) void fillMinutes();
  if (missed || asking) return;
  let next: Record<string, FigureHour> | undefined;
  for (const [key, at] of room.figureCells.peek()) {
    const hour = hours[key] ?? { t: [], v: [] };
    const later = withPresent(hour, room.now.peek(), room.cell(at));
    if (later === hour) continue;
    next ??= { ...hours };
    next[key] = later;
  }
  if (next) room.figureHours.value = next;
}

/** After a snapshot the minutes are complete, up to the newest that it tells of: the city may be far on before the first beat. */
export function beginFigures(figures: Readonly<Record<string, readonly FigureSeries[]>>): void {
  missed = false;
  const hours = Object.entries(figures).flatMap(([service, list]) =>
    list.map((series) => [room.figureKey(service, series.id), hourOf(series)] as const),
  );
  last = newestMinute(hours.map(([, hour]) => hour));
  room.figureHours.value = Object.fromEntries(hours);
}

async function fillMinutes(): Promise<void> {
  asking = true;
  askedAt = Date.now();
  missed = false;
  const epoch = room.epoch.peek();
  const to = Math.ceil(room.now.peek());
  const answers = await Promise.all(
    room.catalogue.peek().map(async ({ id }) => {
      const answer = await fetchJson<{ figures: readonly FigureSeries[] }>(`/api/v1/figures?service=${id}&from=${to - hourMs}&to=${to}`);
      return answer.ok ? answer.value.figures.map((series) => [room.figureKey(id, series.id), hourOf(series)] as const) : [];
    }),
  );
  asking = false;
  // Whatever could not be read is asked for again.
  if (answers.some((answer) => answer.length === 0)) missed = true;
  if (room.epoch.peek() === epoch) room.figureHours.value = { ...room.figureHours.peek(), ...Object.fromEntries(answers.flat()) };
}
