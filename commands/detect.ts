import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createDetector } from "../broker/alarms/detect/detector.ts";
import { look } from "../broker/alarms/detect/kinds/unusual/look.ts";
import { newPortrait, type Portrait } from "../broker/alarms/detect/kinds/unusual/portrait.ts";
import type { Watched } from "../broker/alarms/observed.ts";
import { unknownName } from "../director/language/nearest.ts";
import type { Rule } from "../shared/alarm-rule.ts";
import { rulesOf } from "../shared/rules-of.ts";
import type { NumberMetric, Service } from "../shared/service.ts";
import { serviceOf, services } from "../shared/services/index.ts";
import { text } from "../shared/text.ts";
import { readSeries } from "./series-rows.ts";
import { Complaint } from "./talk.ts";

export interface DetectRequest {
  readonly file: string;
  /** `service/metric`. */
  readonly as: string;
  /** Seconds between two values, for the contract's own rules. */
  readonly every: number;
  /** The contract's own numbers judge as well: limits, ranges, what physics allows. */
  readonly range: boolean;
}
export interface DetectedRow {
  readonly t: number;
  readonly value: number;
  /** 0 = as usual, or the usual is still being learned; 0.5 = as far from it as an alarm; less, the longer something unusual has been going on. */
  readonly score: number;
  readonly alarms: readonly { readonly rule: string; readonly class: string; readonly event: "raised" | "cleared" }[];
}

/** What goes on for so long is no news. */
const newsMs = 7_200_000;

/** A recorded series, row by row through the detector that judges the city. @throws Complaint when file or metric cannot be meant. */
export async function* detect(request: DetectRequest): AsyncGenerator<DetectedRow> {
  const { service, kind, metric } = metricOf(request.as);
  const device: Watched = {
    ...{ id: "series", service: service.id, kind, district: "none", timeline: "field", contract: service },
    ...{ every: request.every, stale: 3 * request.every },
    meta: { v: 1, d: "series", kind, name: text("기록", "recording"), gateway: "series", district: "none", lat: 0, lon: 0 },
  };
  const rules = [...(request.range ? rulesOf(service, kind) : []), unusual(service, kind, metric)];
  const detector = createDetector({ devices: () => [device], device: (id) => (id === device.id ? device : undefined), rulesOf: () => rules });
  const portrait = newPortrait();
  let before = Number.NEGATIVE_INFINITY;
  const lines = createInterface({ input: createReadStream(request.file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const { t, value, line } of readSeries(lines, request.file)) {
    if (t <= before) throw new Complaint(`${request.file}, line ${line}: its time is not after the one before; sort the rows by time`);
    before = t;
    detector.take({ t, device: device.id, m: { [metric]: value } });
    const alarms = detector
      .advance(t)
      .flatMap(({ what, rule }) => (what === "priority" ? [] : [{ rule: `${service.id}/${rule.id}`, class: rule.class, event: what }]));
    yield { t, value, score: scoreOf(portrait, t, value), alarms };
  }
}

/** The same judgement as the rule's, as a number. */
function scoreOf(portrait: Portrait, t: number, value: number): number {
  const { by } = look(portrait, t, value);
  const since = portrait.odd === 0 ? 0 : t - portrait.odd;
  const news = Math.exp(-since / newsMs);
  return Math.round(1000 * news * (by ** 2 / (1 + by ** 2))) / 1000;
}

/** The rule of any number of whatever unit: the contract's own numbers are those of its own city. */
function unusual(service: Service, kind: string, metric: string): Rule {
  const label = service.metrics[metric]?.label ?? text(metric, metric);
  return {
    ...{ id: "unusual", version: 2, kind, outcome: "alarm", class: "operations", priority: 3, minutes: 0 },
    title: text(`평소와 다른 ${label.ko}`, `Unusual ${label.en.toLowerCase()}`),
    cause: text("평소와 다른 일이 있습니다", "Something is not as usual"),
    consequence: text("알 수 없음", "Not known"),
    response: [text("현장을 확인합니다", "Look at the place")],
    when: { kind: "unusual", metric },
  };
}

function metricOf(as: string): { service: Service; kind: string; metric: string } {
  const [id = "", metric = ""] = as.split("/");
  const service = serviceOf(id);
  if (service === undefined)
    throw new Complaint(
      `--as: ${unknownName(
        "service",
        id,
        services.map((one) => one.id),
      )}`,
      2,
    );
  const numbers = Object.entries(service.metrics).filter((entry): entry is [string, NumberMetric] => entry[1].kind === "number");
  if (!numbers.some(([name]) => name === metric))
    throw new Complaint(
      `--as: ${unknownName(
        `number of ${id}`,
        metric,
        numbers.map(([name]) => name),
      )}`,
      2,
    );
  const kind = Object.entries(service.kinds).find(([, { metrics }]) => metrics.includes(metric))?.[0];
  if (kind === undefined) throw new Complaint(`--as: no kind of device of ${id} measures "${metric}"`, 2);
  return { service, kind, metric };
}
