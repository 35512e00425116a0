import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createDetector } from "../broker/alarms/detect/detector.ts";
import { baselineAt, learn, newUsual, type Usual } from "../broker/alarms/detect/kinds/seasonal/usual.ts";
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
  /** Seconds between two values of the series. */
  readonly every: number;
  /** The contract's own numbers judge as well: limits, ranges, what physics allows. */
  readonly range: boolean;
}
export interface DetectedRow {
  readonly t: number;
  readonly value: number;
  /** 0 = as usual, 1 = as far from it as an alarm; 0 while the usual is being learned. */
  readonly score: number;
  readonly alarms: readonly { readonly rule: string; readonly class: string; readonly event: "raised" | "cleared" }[];
}

const hourMs = 3_600_000;
/** A value so many robust spreads from the middle of its hour is as far away as the seasonal rule needs it. */
const spreads = 6;

/** A recorded series, row by row through the detector that judges the city. @throws Complaint when file or metric cannot be meant. */
export async function* detect(request: DetectRequest): AsyncGenerator<DetectedRow> {
  const { service, kind, metric } = metricOf(request.as);
  const device: Watched = {
    ...{ id: "series", service: service.id, kind, district: "none", timeline: "field", contract: service },
    ...{ every: request.every, stale: 3 * request.every },
    meta: { v: 1, d: "series", kind, name: text("기록", "recording"), gateway: "series", district: "none", lat: 0, lon: 0 },
  };
  const rules = [...rulesOf(service, kind).filter((rule) => request.range || isForeign(rule, metric)), unusual(service, kind, metric)];
  const detector = createDetector({ devices: () => [device], device: (id) => (id === device.id ? device : undefined), rulesOf: () => rules });
  const usual = newUsual();
  let before = Number.NEGATIVE_INFINITY;
  const lines = createInterface({ input: createReadStream(request.file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const { t, value, line } of readSeries(lines, request.file)) {
    if (t <= before) throw new Complaint(`${request.file}, line ${line}: its time is not after the one before; sort the rows by time`);
    before = t;
    detector.take({ t, device: device.id, m: { [metric]: value } });
    const alarms = detector
      .advance(t)
      .flatMap(({ what, rule }) => (what === "priority" ? [] : [{ rule: `${service.id}/${rule.id}`, class: rule.class, event: what }]));
    yield { t, value, score: scoreOf(usual, Math.floor(t / hourMs), value), alarms };
  }
}

/** How far the value is from what was usual before it; then it is learned, the less the odder it is. */
function scoreOf(usual: Usual, hour: number, value: number): number {
  const base = baselineAt(usual, hour);
  const away = base === undefined ? 0 : Math.abs(value - base.middle) / Math.max(1e-9, spreads * base.spread);
  learn(usual, hour, value, away >= 1 ? 0.1 : 1);
  return Math.round(Math.min(1, away) * 1000) / 1000;
}

/** What judges a series of whatever unit: its own silence and its own usual. The contract's numbers are those of its own city. */
const isForeign = ({ when }: Rule, metric: string): boolean =>
  (when.kind === "sensor" && when.trouble === "silent") || (when.kind === "seasonal" && when.metric === metric && when.least === 0);

/** The seasonal rule of any number, without a bound of its own. */
function unusual(service: Service, kind: string, metric: string): Rule {
  const label = service.metrics[metric]?.label ?? text(metric, metric);
  return {
    ...{ id: "unusual", version: 1, kind, outcome: "alarm", class: "operations", priority: 3, minutes: 0 },
    title: text(`평소와 다른 ${label.ko}`, `Unusual ${label.en.toLowerCase()}`),
    cause: text("평소와 다른 일이 있습니다", "Something is not as usual"),
    consequence: text("알 수 없음", "Not known"),
    response: [text("현장을 확인합니다", "Look at the place")],
    when: { kind: "seasonal", metric, side: "both", spreads, least: 0, on: 300, off: 900 },
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
