import type { DeviceRow } from "../../../../../shared/city-port.ts";
import { durationOf } from "../../../../../shared/scenario/duration.ts";
import type { InjectionKind } from "../../../../../shared/scenario/injection.ts";
import { longestInjection } from "../../../../../shared/scenario/lasting.ts";
import type { InjectionKindRow, InjectRequest } from "../../../../../shared/scenario/scenario-port.ts";
import type { Selector } from "../../../../../shared/scenario/selector.ts";
import { type Text, text } from "../../../../../shared/text.ts";
import { fieldProblem } from "../../../command/fields.ts";

/** What a tester has filled in; empty words = not narrowed, no time = as the kind says. */
export interface InjectForm {
  readonly kind: string;
  /** `service` or `service/kind of device`. */
  readonly trade: string;
  readonly district: string;
  readonly tag: string;
  readonly device: string;
  /** One of `shares`. */
  readonly share: string;
  readonly minutes: number | undefined;
  readonly args: Readonly<Record<string, number | string>>;
}
const emptyForm = { trade: "", district: "", tag: "", device: "", share: "" } as const;

/** How many of those that are meant: all, so many, or a share. */
export const shares = ["", "1", "3", "10 %", "25 %", "50 %", "10 % of gateways", "50 % of gateways"] as const;

/** Arguments at their usual values; a metric that nobody names is the kind's main one. */
const usualArgsOf = ({ fields }: Pick<InjectionKind, "fields">): InjectForm["args"] =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (field.kind === "metric" || field.kind === "file" ? [] : [[name, field.usual]])),
  );

export const formOf = (kind: Pick<InjectionKindRow, "id" | "fields" | "lasts" | "service">): InjectForm => ({
  ...emptyForm,
  kind: kind.id,
  trade: kind.service ?? "",
  minutes: kind.lasts === null ? undefined : kind.lasts / 60,
  args: usualArgsOf(kind),
});

/** Whether this kind can strike that device at all. */
export const fitsDevice = (kind: InjectionKindRow, row: Pick<DeviceRow, "service" | "kind">): boolean =>
  (kind.on === "device" || kind.on === "gateway") &&
  (kind.service === null || kind.service === row.service) &&
  (kind.kinds?.includes(row.kind) ?? true);

function selectorOf(form: InjectForm, on: InjectionKind["on"]): Selector {
  const { trade, district, tag, device, share } = form;
  if (on === "city") return {};
  const [service, kind] = trade.split("/");
  const place = { ...(district === "" ? {} : { district }), ...(tag === "" ? {} : { tag }) };
  if (on === "district") return place;
  if (device !== "") return { device };
  return {
    ...(service ? { service } : {}),
    ...(kind ? { kind } : {}),
    ...place,
    ...(share === "" ? {} : /^\d+$/.test(share) ? { count: Number(share) } : { share }),
  };
}

const isOwnTime = ({ minutes }: InjectForm, { lasts }: Pick<InjectionKind, "lasts">): boolean =>
  minutes === undefined || (lasts !== null && minutes * 60 === lasts);
const mostMinutes = longestInjection / 60;

export function requestOf(form: InjectForm, kind: InjectionKindRow): InjectRequest {
  const given = Object.entries(form.args).filter(([name, value]) => name in kind.fields && value !== "");
  return {
    kind: kind.id,
    on: selectorOf(form, kind.on),
    // As the kind says needs not be said.
    ...(isOwnTime(form, kind) ? {} : { lasts: Math.round((form.minutes ?? 0) * 60) }),
    ...(given.length === 0 ? {} : { with: Object.fromEntries(given) }),
  };
}

/** Why it cannot be asked for as it is filled in; undefined = it can. The server decides again. */
export function formProblem(form: InjectForm, kind: InjectionKindRow): Text | undefined {
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.kind === "metric" || field.kind === "file") continue;
    const problem = fieldProblem(field, form.args[name]);
    if (problem !== undefined) return text(`${field.label.ko}: ${problem.ko}`, `${field.label.en}: ${problem.en}`);
  }
  if (!isOwnTime(form, kind) && !((form.minutes ?? 0) > 0 && (form.minutes ?? 0) <= mostMinutes))
    return text(
      `얼마 동안인지 분으로 적으십시오, ${mostMinutes.toLocaleString("en-US")}분까지.`,
      `Say for how many minutes, ${mostMinutes.toLocaleString("en-US")} at most.`,
    );
  if (kind.on === "district" && form.district === "" && form.tag === "") return text("동을 고르십시오.", "Choose a district.");
  return undefined;
}

const written = (value: unknown): string => {
  if (typeof value !== "string") return String(value);
  return /^[a-z][a-z0-9-]*$/i.test(value) ? value : JSON.stringify(value);
};
const flow = (entries: Readonly<Record<string, unknown>>): string =>
  `{ ${Object.entries(entries)
    .map(([name, value]) => `${name}: ${written(value)}`)
    .join(", ")} }`;

/** The step of a scenario file that asks for the same. */
export function stepLines({ kind, on, lasts, with: args }: InjectRequest, at: number): readonly string[] {
  return [
    `- at: ${durationOf(at)}`,
    `  inject: ${kind}`,
    ...(Object.keys(on).length === 0 ? [] : [`  on: ${flow(on)}`]),
    ...(lasts === undefined ? [] : [`  for: ${durationOf(lasts)}`]),
    ...(args === undefined ? [] : [`  with: ${flow(args)}`]),
  ];
}

/** Puts a step at the end of a file's timeline, indented as the steps that are there. */
export function withStep(file: string, step: readonly string[]): string {
  const rows = file.split("\n");
  const timeline = rows.findIndex((row) => /^timeline:/.test(row));
  if (timeline < 0) return `${file.trimEnd()}\ntimeline:\n${step.map((row) => `  ${row}`).join("\n")}\n`;
  const indent = /^(\s*)- /.exec(rows.slice(timeline + 1).find((row) => /^\s*- /.test(row)) ?? "")?.[1] ?? "  ";
  const next = rows.findIndex((row, n) => n > timeline && /^[a-z]/i.test(row));
  let end = next < 0 ? rows.length : next;
  while (end > timeline + 1 && (rows[end - 1] ?? "").trim() === "") end--;
  return [...rows.slice(0, end), ...step.map((row) => `${indent}${row}`), ...rows.slice(end)].join("\n");
}
