import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service, Text } from "../../../../../../shared/service.ts";
import { type Limit, limitsOf } from "../../../../trend/limits.ts";
import type { DeviceFacts } from "../../../device/device-facts.ts";
import { type Freshness, freshness, numberOf } from "../../../device/readings.ts";

export interface Gauge {
  readonly row: DeviceRow;
  /** Kilometres from the upstream end. */
  readonly at: number;
  readonly datum: number;
  readonly bank: number | undefined;
  readonly level: number;
  readonly flow: number;
  readonly rain: number;
  readonly limits: readonly Limit[];
  readonly fresh: Freshness;
}
export interface Gate {
  readonly id: string;
  readonly name: Text;
  readonly at: number;
  readonly side: number;
  /** Word of the contract, or `silent`. */
  readonly word: string;
  readonly text: Text;
}

/** Chainage comes in kilometres or, from some makers, in metres. */
const kilometres = (chainage: number): number => (chainage > 100 ? chainage / 1000 : chainage);

/** Gauges in downstream order, as far as their birth documents are known. */
export function gaugesOf(rows: readonly DeviceRow[], service: Service, facts: ReadonlyMap<string, DeviceFacts>): readonly Gauge[] {
  return rows
    .flatMap((row): Gauge[] => {
      const constants = facts.get(row.id)?.constants;
      if (row.kind !== "gauge" || constants?.chainage === undefined || constants.datum === undefined) return [];
      const of = (metric: string) => numberOf(row, service, metric);
      return [
        {
          row,
          at: kilometres(constants.chainage),
          datum: constants.datum,
          bank: constants.bankfull,
          level: of("level"),
          flow: of("flow"),
          rain: of("rain"),
          limits: limitsOf(constants),
          fresh: freshness(row),
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
}

const silent: Text = { ko: "수신 지연", en: "not fresh" };

export function gatesOf(rows: readonly DeviceRow[], service: Service, facts: ReadonlyMap<string, DeviceFacts>): readonly Gate[] {
  const contract = service.metrics.gate;
  return rows.flatMap((row): Gate[] => {
    const constants = facts.get(row.id)?.constants;
    if (row.kind !== "gate" || constants?.chainage === undefined) return [];
    const told = contract?.kind === "state" ? contract.words[numberOf(row, service, "gate")] : undefined;
    const word = freshness(row) === "fresh" && told !== undefined ? told : "silent";
    const text = word === "silent" || contract?.kind !== "state" ? silent : (contract.texts[word] ?? silent);
    return [{ id: row.id, name: row.name, at: kilometres(constants.chainage), side: constants.side ?? 0, word, text }];
  });
}
