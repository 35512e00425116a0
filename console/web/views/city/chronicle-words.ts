import type { ChronicleLine } from "../../../../shared/city-port.ts";
import type { EventField, Service, Text } from "../../../../shared/service.ts";
import { say, t } from "../../language.ts";
import { durationText, figureText, shownAs, unitText } from "../../trend/words.ts";

/** The room's own lines beside the events of the contract. */
const own: Readonly<Record<string, Text>> = { silent: { ko: "수신 끊김", en: "Fell silent" }, back: { ko: "다시 수신", en: "Heard again" } };

/** An event of the contract, what a rule has found, or silence. */
export const nameOfEvent = (service: Service | undefined, what: string): string =>
  say(service?.events[what]?.label ?? service?.rules.find(({ id }) => id === what)?.title ?? own[what] ?? { ko: what, en: what });

/** Words of an event are written as the same words of a state are, where any service has such a state. */
function wordText(services: readonly Service[], word: string): string {
  for (const service of services)
    for (const metric of Object.values(service.metrics)) if (metric.kind === "state" && metric.texts[word]) return say(metric.texts[word]);
  return word;
}

function fieldText(field: EventField, value: number | string, services: readonly Service[]): string | undefined {
  // A token names nobody, and says nothing to anybody.
  if (field.kind === "token") return undefined;
  if (field.kind === "word") return wordText(services, String(value));
  const number = Number(value);
  if (!Number.isFinite(number)) return undefined;
  if (field.unit === "s") return say(durationText(number * 1000));
  if (field.unit === "1") return t(`${number}차`, `no. ${number}`);
  const { factor } = shownAs({ unit: field.unit, precision: 0 });
  const precision = Number.isInteger(number) ? 0 : Math.abs(number) < 10 ? 2 : 1;
  return `${figureText(number * factor, precision)} ${say(unitText(field.unit))}`;
}

/** What the event says of itself. */
export function detailOf(line: ChronicleLine, services: readonly Service[]): string {
  const service = services.find(({ id }) => id === line.service);
  const own = services.filter((other) => other !== service);
  const order = service ? [service, ...own] : own;
  return Object.entries(service?.events[line.what]?.fields ?? {})
    .map(([name, field]) => {
      const value = line.x[name];
      return value === undefined ? undefined : fieldText(field, value, order);
    })
    .filter((text) => text !== undefined)
    .join(" · ");
}
