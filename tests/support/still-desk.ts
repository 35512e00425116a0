import type { Alarm } from "../../shared/alarm.ts";
import { ok } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { RoomNews, RoomPort } from "../../shared/room-port.ts";

const noNews: Omit<RoomNews, "n"> = {
  alarms: [],
  lines: [],
  items: [],
  commands: [],
  responses: [],
  handoffs: [],
  advice: [],
  flood: { since: null, lastTenMinutes: 0 },
};

/** A desk that stands still: it shows what it is given and writes down what is done. */
export function stillDesk(alarms: readonly Alarm[] = []) {
  const listeners = new Set<(news: RoomNews) => void>();
  const done: { action: RoomAction; by: Actor }[] = [];
  let n = 0;
  const port: RoomPort = {
    alarms: () => alarms,
    alarm: () => undefined,
    journal: () => [],
    score: () => ({
      ...{ from: 0, to: 0, hours: 0, rate: 1, judged: false, chattering: [], fleeting: [], stale: [] },
      ...{ standing: 0, shelved: 0, suppressed: 0, outOfService: 0, byService: {} },
      perTenMinutes: { now: 0, mean: 0, peak: 0, peakAt: null },
      flood: { share: 0, times: [] },
      top: { share: 0, list: [] },
      split: { 1: 0, 2: 0, 3: 0, 4: 0 },
      toAcknowledge: { city: null, wall: null, count: 0 },
      maintenance: { raised: 0, standing: 0 },
    }),
    flood: () => noNews.flood,
    items: () => [],
    commands: () => [],
    command: () => undefined,
    responses: () => [],
    handoffs: () => [],
    advice: () => [],
    cap: () => undefined,
    async act(action, by) {
      done.push({ action, by });
      return ok({ n: ++n, alarms: [], command: null, left: [] });
    },
    onNews(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    port,
    done,
    tell(news: Partial<RoomNews>) {
      for (const listener of listeners) listener({ ...noNews, n: ++n, ...news });
    },
  };
}
