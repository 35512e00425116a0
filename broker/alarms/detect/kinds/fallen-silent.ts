import type { Watched } from "../../observed.ts";
import type { Ask } from "../evaluator.ts";
import { staysPut } from "../known/places.ts";
import { slackMs } from "../sensor/lines.ts";

/** Gateways that speak for several devices that stay where they are. Kept as long as the list of devices is the same one. */
export interface Area {
  readonly lines: readonly (readonly Watched[])[];
  /** At whose device it is told: the first, by id, whom everybody may see. */
  readonly speaker: string | undefined;
  readonly districts: number;
  /** Longest time that one of them may take to speak again, ms. */
  readonly turn: number;
}
const areas = new WeakMap<readonly Watched[], Area>();

export function areaOf(devices: readonly Watched[]): Area {
  const known = areas.get(devices);
  if (known !== undefined) return known;
  const byGateway = new Map<string, Watched[]>();
  for (const device of devices.filter(staysPut)) {
    const line = byGateway.get(device.meta.gateway);
    if (line === undefined) byGateway.set(device.meta.gateway, [device]);
    else line.push(device);
  }
  const lines = [...byGateway.values()].filter(({ length }) => length > 1);
  const members = devices.filter(({ meta }) => (byGateway.get(meta.gateway)?.length ?? 0) > 1);
  const speaker = members.find(({ contract }) => !contract.sensitive) ?? members[0];
  const area = {
    lines,
    speaker: speaker?.id,
    districts: new Set(members.map(({ district }) => district)).size,
    turn: Math.max(...members.map(({ every }) => every * 1000 + slackMs)),
  };
  areas.set(devices, area);
  return area;
}

/**
 * One of them: heard last, and when its silence began at the latest. `silent`: nobody has spoken for the shortest turn, and two of its devices, or all that
 * were ever heard, have missed theirs. A signal that speaks every ten minutes does not keep its approaches waiting.
 */
interface Line {
  readonly gateway: string;
  readonly heard: number;
  readonly latest: number;
  readonly silent: boolean;
}
function lineAt(devices: readonly Watched[], { world, t }: Pick<Ask, "world" | "t">): Line | undefined {
  let [heard, every, shortest] = [0, 0, Number.POSITIVE_INFINITY];
  const missedAt: number[] = [];
  for (const { id, every: period, stale } of devices) {
    const newest = world.newest(id);
    if (newest === 0) continue;
    if (newest > heard) [heard, every] = [newest, period];
    const turn = Math.min(stale * 1000, period * 1000 + slackMs);
    shortest = Math.min(shortest, turn);
    missedAt.push(newest + turn);
  }
  if (heard === 0) return undefined;
  missedAt.sort((a, b) => a - b);
  const silent = t >= Math.max(heard + shortest, missedAt[1] ?? missedAt[0] ?? 0);
  return { gateway: devices[0]?.meta.gateway ?? "", heard, latest: heard + every * 1000 + slackMs, silent };
}

/** Those that fell silent together. */
export interface Together {
  /** Nobody of them was heard after it. */
  readonly since: number;
  readonly silent: readonly Pick<Line, "gateway" | "heard">[];
  /** Of those that were there at that instant, how many have spoken since; the others had no turn. */
  readonly alive: number;
  readonly of: number;
}

/** Whose silence can have begun at `since`; who had gone before it has nothing to do with it. */
function togetherAt(lines: readonly Line[], since: number): Together {
  const there = lines.filter(({ latest }) => latest >= since);
  return {
    since,
    silent: there.filter(({ heard, silent }) => silent && heard <= since),
    alive: there.filter(({ heard }) => heard > since).length,
    of: there.length,
  };
}

/** As it stands for an instant that is known, or for the one at which most can have fallen silent together. */
export function fallenSilent({ lines }: Area, ask: Pick<Ask, "world" | "t">, since?: number): Together | undefined {
  const known = lines.flatMap((devices) => lineAt(devices, ask) ?? []);
  if (since !== undefined) return togetherAt(known, since);
  const begun = busiest(known.filter((line) => line.silent));
  return begun === undefined ? undefined : togetherAt(known, begun);
}

/**
 * The instant at which most of them can have fallen silent, the last of such. Counted in one pass over both ends of each, in order: in a city without power
 * it is asked at every device that is missed, and everybody beside everybody would be a million looks each time.
 */
function busiest(silent: readonly Line[]): number | undefined {
  const begins = silent.map(({ heard }) => heard).sort((a, b) => a - b);
  const ends = silent.map(({ latest }) => latest).sort((a, b) => a - b);
  let [best, most, over] = [undefined as number | undefined, 0, 0];
  for (const [index, since] of begins.entries()) {
    while ((ends[over] ?? Number.POSITIVE_INFINITY) < since) over += 1;
    const count = index + 1 - over;
    if (count >= most) [best, most] = [since, count];
  }
  return best;
}
