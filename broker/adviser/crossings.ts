import type { Timeline } from "../../shared/timeline.ts";
import type { Watched } from "../alarms/observed.ts";

interface ApproachPlace {
  readonly device: string;
  readonly main: boolean;
  readonly lanes: number;
  /** Length of the link that ends here, m; undefined when its birth document does not say. */
  readonly metres: number | undefined;
  /** Degrees clockwise from north in which its vehicles drive. */
  readonly heading: number;
}
/** A signal controller and the approaches at its place (`site` of their birth documents) on its own timeline. */
export interface Crossing {
  readonly signal: string;
  readonly site: string;
  readonly district: string;
  readonly timeline: Timeline;
  readonly lat: number;
  readonly lon: number;
  readonly approaches: readonly ApproachPlace[];
}

export function crossingsOf(devices: Iterable<Watched>): readonly Crossing[] {
  const approaches = new Map<string, ApproachPlace[]>();
  const signals: Watched[] = [];
  for (const one of devices) {
    if (one.service !== "traffic" || one.meta.site === undefined) continue;
    if (one.kind === "signal") signals.push(one);
    else {
      const key = `${one.timeline} ${one.meta.site}`;
      approaches.set(key, [...(approaches.get(key) ?? []), placeOf(one)]);
    }
  }
  return signals
    .flatMap(({ id, district, timeline, meta }) => {
      const own = (approaches.get(`${timeline} ${meta.site}`) ?? []).sort(byDevice);
      return own.length === 0 ? [] : [{ signal: id, site: meta.site ?? "", district, timeline, lat: meta.lat, lon: meta.lon, approaches: own }];
    })
    .sort((a, b) => (a.signal < b.signal ? -1 : 1));
}

/** Sums go in one order, whatever order devices came in. */
const byDevice = (a: ApproachPlace, b: ApproachPlace): number => (a.device < b.device ? -1 : 1);

function placeOf({ id, meta }: Watched): ApproachPlace {
  const { lanes = 1, main = 0, metres, heading = 0 } = meta.constants ?? {};
  return { device: id, main: main === 1, lanes, metres, heading };
}
