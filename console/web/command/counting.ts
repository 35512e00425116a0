import type { ResponseState } from "../../../shared/alarm.ts";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Text } from "../../../shared/text.ts";

/** A command that will be given by itself unless somebody stops it. */
export interface Counting {
  readonly response: string;
  readonly service: string;
  readonly key: string;
  readonly title: Text;
  readonly row: DeviceRow;
  /** By its device's own clock, ms. */
  readonly left: number;
  /** As long as it takes where people stand, at the present rate. */
  readonly wall: number;
  /** What it waits for although its time has come. */
  readonly waits: Text | null;
}
export interface Hands {
  readonly city: number;
  readonly field: number;
  /** Of the city. */
  readonly rate: number;
}

/** All of them, the one that fires first at the head; those that wait for something after them. Of devices that are not shown here nothing is told. */
export function countingOf(states: Iterable<ResponseState>, rows: readonly DeviceRow[], { city, field, rate }: Hands): readonly Counting[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const all = [...states].flatMap(({ id, service, title, armed }) =>
    armed.flatMap(({ key, device, fires, waits }): readonly Counting[] => {
      const row = known.get(device);
      if (row === undefined) return [];
      const isField = row.timeline === "field";
      const left = fires - (isField ? field : city);
      return [{ response: id, service, key, title, row, left, wall: isField || rate <= 0 ? left : left / rate, waits }];
    }),
  );
  return all.sort((a, b) => Number(a.waits !== null) - Number(b.waits !== null) || a.wall - b.wall);
}

/** Which responses have begun to count since this was last asked: each is told once, however many devices it has and however long it counts. */
export function createCountingVoice() {
  let known: ReadonlySet<string> = new Set();
  return {
    hear(counting: readonly Counting[]): readonly Counting[] {
      const heads = new Map<string, Counting>();
      for (const one of counting) if (one.waits === null && !heads.has(one.response)) heads.set(one.response, one);
      const fresh = [...heads.values()].filter(({ response }) => !known.has(response));
      known = new Set(heads.keys());
      return fresh;
    },
  };
}
