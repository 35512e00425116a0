import { create } from "xmlbuilder2";
import type { CityPlan } from "../../shared/city-plan.ts";
import type { Value } from "../../shared/reading.ts";
import type { Text } from "../../shared/text.ts";
import { zoneOffsetMs } from "../../shared/zone.ts";
import type { CapMessage } from "./cap-message.ts";

export type CapPlan = Pick<CityPlan, "id" | "name" | "districts"> & { readonly layers: Pick<CityPlan["layers"], "district"> };

/** `.invalid` (RFC 2606) belongs to nobody: whoever resolves the sender finds that it is not an authority. No comma, space, `<` or `&` (CAP 1.2, 3.2.1). */
export const senderOf = ({ id }: Pick<CityPlan, "id">): string => `${id}.gwanje.invalid`;

/** `yyyy-mm-ddThh:mm:ss+hh:mm`: the schema takes neither a fraction nor `Z`. */
export function capTime(t: number): string {
  const offset = Math.abs(zoneOffsetMs) / 60_000;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${new Date(t + zoneOffsetMs).toISOString().slice(0, 19)}${zoneOffsetMs < 0 ? "-" : "+"}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
}

/**
 * The message as CAP 1.2 says; elements stand in the schema's order. Status: `Exercise` for everything simulated; real field devices give `Test`, because
 * nobody has made this room an alerting authority. `Actual` is never written.
 */
export function capXml(message: CapMessage, plan: CapPlan): string {
  const { id, t, type, timeline, references } = message;
  const simulated = timeline === "city";
  const note = simulated
    ? "시뮬레이션 도시의 훈련 메시지입니다. Exercise: this city is simulated."
    : "시험 메시지입니다. Test: not an official warning.";
  const chain = references.map((earlier) => `${senderOf(plan)},${earlier.id},${capTime(earlier.t)}`).join(" ");
  const alert = {
    alert: {
      "@xmlns": "urn:oasis:names:tc:emergency:cap:1.2",
      identifier: id,
      sender: senderOf(plan),
      sent: capTime(t),
      status: simulated ? "Exercise" : "Test",
      msgType: type,
      scope: "Public",
      note,
      ...(chain === "" ? {} : { references: chain }),
      info: [infoOf(message, plan, "ko", "ko-KR"), infoOf(message, plan, "en", "en-US")],
    },
  };
  return create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: " " }, alert).end({ prettyPrint: true });
}

const severities = { 1: "Extreme", 2: "Severe", 3: "Moderate", 4: "Minor" } as const;
const minuteMs = 60_000;

/** CAP 1.2, 3.2.2: Immediate = now; Expected = within the hour; Future = later. By the time that is left to respond. */
function urgencyOf({ over, respondBy, t }: CapMessage): string {
  if (over) return "Past";
  if (respondBy === null) return "Unknown";
  const left = respondBy - t;
  return left <= 15 * minuteMs ? "Immediate" : left <= 60 * minuteMs ? "Expected" : "Future";
}

function infoOf(message: CapMessage, plan: CapPlan, language: keyof Text, tag: string) {
  const { over, type, priority, timeline, raisedAt, measured } = message;
  const withdrawn = type === "Cancel";
  const say = (ko: string, en: string): string => (language === "ko" ? ko : en);
  const mark = timeline === "city" ? say("[훈련] ", "[EXERCISE] ") : say("[시험] ", "[TEST] ");
  const end = over ? say(" 해제", ": all clear") : withdrawn ? say(" 취소", ": withdrawn") : "";
  const { cause, consequence, text, place, event, instruction } = message;
  const ended = over
    ? say("정상으로 돌아왔습니다.", "It is back to normal.")
    : say("감지 결과를 철회합니다. 앞서 알린 내용은 무효입니다.", "What was said before is withdrawn.");
  const described = over || withdrawn ? ended : `${cause[language]}. ${consequence[language]}.`;
  return {
    language: tag,
    category: message.category,
    event: event[language],
    responseType: over || withdrawn ? "AllClear" : priority <= 2 ? "Execute" : "Monitor",
    urgency: urgencyOf(message),
    severity: severities[priority],
    certainty: message.certainty,
    effective: capTime(message.t),
    onset: capTime(raisedAt),
    senderName: `${plan.name[language]} ${say("관제 시연", "control room demonstration")}`,
    headline: `${mark}${text[language]}${end} (${place.name[language]})`.slice(0, 160),
    description: described,
    ...(over || withdrawn ? {} : { instruction: instruction[language] }),
    parameter: parametersOf(message, measured, language),
    area: areaOf(message, plan, language),
  };
}

function parametersOf({ alarm, occurrence, rule }: CapMessage, measured: CapMessage["measured"], language: keyof Text) {
  const facts: [string, string][] = [
    ["alarm", `${alarm}/${occurrence}`],
    ["rule", rule],
  ];
  if (measured !== null) {
    facts.push([measured.label[language], withUnit(measured.value, measured.unit)]);
    if (measured.limit !== null) facts.push([language === "ko" ? "기준" : "limit", withUnit(measured.limit, measured.unit)]);
  }
  return facts.map(([valueName, value]) => ({ valueName, value }));
}
const withUnit = (value: Value, unit: string): string => (unit === "1" || typeof value !== "number" ? String(value) : `${value} ${unit}`);

const deviceRadiusKm = 0.5;

/** People are warned by district; a device outside the plan's districts stands for its surroundings. */
function areaOf({ district, place }: CapMessage, { districts, layers }: CapPlan, language: keyof Text) {
  const known = districts.find(({ id }) => id === district);
  const ring = layers.district.features.find(({ properties }) => properties.id === district)?.geometry.coordinates[0];
  const areaDesc = [known?.name[language] ?? district, place.name[language]].join(", ");
  if (ring === undefined) return { areaDesc, circle: `${place.lat},${place.lon} ${deviceRadiusKm}` };
  const closed = String(ring[0]) === String(ring.at(-1)) ? ring : [...ring, ...ring.slice(0, 1)];
  // CAP counts latitude first, GeoJSON longitude
  return { areaDesc, polygon: closed.map(([lon, lat]) => `${lat.toFixed(5)},${lon.toFixed(5)}`).join(" ") };
}
