import { durationOf } from "../../shared/scenario/duration.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";
import { type Text, text } from "../../shared/text.ts";
import type { Stage } from "../stage.ts";
import type { Coming } from "./unfold.ts";

type Language = keyof Text;
const inBoth = (of: (language: Language) => string): Text => ({ ko: of("ko"), en: of("en") });
const listed = 3;

/** Which devices, as a person would say it. */
function whereOf(devices: readonly Selectable[], kind: Pick<InjectionKindRow, "on">, { plan, services }: Stage): Text {
  if (kind.on === "city") return plan.name;
  const districts = [...new Set(devices.map(({ district }) => district))];
  const named = (ids: readonly string[]): Text =>
    inBoth((language) => ids.map((id) => plan.districts.find((one) => one.id === id)?.name[language] ?? id).join(", "));
  if (kind.on === "district") return named(districts);
  const what = kind.on === "gateway" ? [...new Set(devices.map(({ gateway }) => gateway))] : devices.map(({ id }) => id);
  if (what.length <= listed) return text(what.join(", "), what.join(", "));
  const own = [...new Set(devices.map(({ service }) => service))].map((id) => services.find((one) => one.id === id)?.title);
  const at = named(districts);
  const noun = kind.on === "gateway" ? text("게이트웨이", "gateways") : text("장치", "devices");
  return inBoth((language) => {
    const titles = own.map((title) => title?.[language] ?? "").join(", ");
    return language === "ko" ? `${at.ko} ${titles} ${noun.ko} ${what.length}대` : `${what.length} ${noun.en} of ${titles} in ${at.en}`;
  });
}

/** What an injection will do: the kind's own words, with its arguments and where. */
export function effectOf(
  kind: InjectionKindRow,
  devices: readonly Selectable[],
  args: Readonly<Record<string, number | string>>,
  stage: Stage,
): Text {
  const where = whereOf(devices, kind, stage);
  return inBoth((language) =>
    filled(kind.effect[language], (name) => (name === "where" ? where[language] : argWords(kind, name, devices, args, stage)[language])),
  );
}
const filled = (pattern: string, wordOf: (name: string) => string): string => pattern.replace(/\{(\w+)\}/g, (_, name: string) => wordOf(name));

function argWords(
  kind: InjectionKindRow,
  name: string,
  devices: readonly Selectable[],
  args: Readonly<Record<string, number | string>>,
  { services }: Stage,
): Text {
  const field = kind.fields[name];
  const value = args[name];
  if (field?.kind === "metric") {
    const [device] = devices;
    const service = services.find(({ id }) => id === device?.service);
    const metric = value === undefined ? service?.panel.main[device?.kind ?? ""] : String(value);
    return service?.metrics[metric ?? ""]?.label ?? text(metric ?? "", metric ?? "");
  }
  if (field?.kind === "word") return field.words[String(value ?? field.usual)] ?? text(String(value), String(value));
  const number = String(value ?? (field === undefined || field.kind === "file" ? "" : field.usual));
  return text(number, number);
}

const lasting = (seconds: number | null): Text =>
  seconds === null ? text("", "") : text(` (${durationOf(seconds)} 동안)`, ` (for ${durationOf(seconds)})`);

/** One step in plain words. */
export function stepWords(
  { step, what }: Coming,
  devices: readonly Selectable[],
  lasts: number | null,
  args: Readonly<Record<string, number | string>>,
  stage: Stage,
): Text {
  const kind = step.inject === undefined ? undefined : stage.kinds.find(({ id }) => id === step.inject);
  if (kind !== undefined) {
    const effect = effectOf(kind, devices, args, stage);
    const long = lasting(lasts);
    return inBoth((language) => `${kind.title[language]}: ${effect[language]}${long[language]}`);
  }
  const where = whereOf(devices, { on: "device" }, stage);
  if (what === "clear") return text(`단계 "${step.clear}"의 주입을 끝냅니다`, `Ends what step "${step.clear}" has injected`);
  if (what === "cue") return step.cue ?? text("", "");
  if (what === "command") {
    const op = step.command ?? "";
    const label = stage.services.find(({ commands }) => Object.hasOwn(commands, op))?.commands[op]?.label ?? text(op, op);
    return inBoth((language) => `${label[language]}: ${where[language]}`);
  }
  const act = step.act;
  const rule = act?.rule ?? "";
  return text(`사람의 조치 "${act?.do}" ${rule}`.trim(), `A person does "${act?.do}" ${rule === "" ? "" : `on ${rule}`}`.trim());
}
