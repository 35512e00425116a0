import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import { shownAlarms } from "../../app/kiosk.ts";
import { alarms, flood } from "../../live/desk.ts";
import { epoch } from "../../live/state.ts";
import { look } from "./chosen.ts";
import { type Cluster, clustersOf, type ListLine, linesOf, refreshed } from "./clusters.ts";
import { type AlarmTab, filtered, inTab } from "./facets.ts";
import { searchWords } from "./places.ts";

export interface DeskList {
  /** Of the tab, before the filter. */
  readonly all: readonly Alarm[];
  readonly lines: readonly ListLine[];
  /** Alarms that stand behind the bar, because the list is held. */
  readonly fresh: number;
  /** A pointer or the focus came into the list, or left it. */
  hold(): void;
  free(): void;
  showNew(): void;
  fold(id: string, open: boolean): void;
}

/** The lines of one list. While it is held, rows stay where they are and only say what has become of them. */
export function useDeskList(tab: AlarmTab): DeskList {
  const present = shownAlarms.value;
  const { grouped, facets } = look.value;
  const inFlood = flood.value.since !== null;
  const all = useMemo(() => present.filter((alarm) => inTab(alarm, tab)), [present, tab]);
  const clusters = useMemo(() => clustersOf(filtered(all, facets, searchWords), grouped), [all, facets, grouped]);
  const newest = useRef(clusters);
  newest.current = clusters;
  const [held, setHeld] = useState<readonly Cluster[]>();
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const life = epoch.value;
  // Another list, filter or order is what the person asked for: it begins with all that there is. Rows of a run that is gone are nobody's.
  useEffect(() => setHeld((known) => known && newest.current), [tab, facets, grouped, life]);
  const view = held === undefined ? { clusters, fresh: 0 } : refreshed(held, clusters, alarms.value);
  const lines = useMemo(
    () => linesOf(view.clusters, folds, inFlood && tab === "active"),
    [held === undefined ? clusters : alarms.value, held, folds, inFlood, tab],
  );
  return {
    all,
    lines,
    fresh: view.fresh,
    hold: () => setHeld((known) => known ?? newest.current),
    free: () => setHeld(undefined),
    showNew: () => setHeld((known) => known && newest.current),
    fold: (id, open) => setFolds((known) => new Map([...known, [id, open]])),
  };
}
