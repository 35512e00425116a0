import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import type { SignalTiming } from "../../../../../../shared/signal-advice.ts";
import type { DeviceFacts } from "../../../device/device-facts.ts";
import { type Freshness, freshness, numberOf } from "../../../device/readings.ts";
import type { ArmFacts } from "./crossing-shape.ts";
import { headings } from "./crossing-shape.ts";
import type { Side } from "./crossings.ts";
import { approachDelay } from "./level-of-service.ts";

/** One approach: where it comes from by its birth document, what its detector says, what follows from counts. */
export interface ApproachFigures extends ArmFacts {
  readonly row: DeviceRow;
  /** Its birth document has been read. */
  readonly isKnown: boolean;
  readonly fresh: Freshness;
  /** NaN = never seen. */
  readonly queue: number;
  readonly speed: number;
  /** veh/h of the last quarter of an hour. */
  readonly flow: number | undefined;
  /** s/veh, an estimate. */
  readonly delay: number | undefined;
}
export interface FiguresAsk {
  readonly facts: ReadonlyMap<string, DeviceFacts>;
  readonly flows: Readonly<Record<string, number>> | undefined;
  readonly present: SignalTiming | undefined;
  readonly service: Service;
}

export function approachFigures([side, row]: readonly [Side, DeviceRow], { facts, flows, present, service }: FiguresAsk): ApproachFigures {
  const constants = facts.get(row.id)?.constants;
  const [lanes, isMain, flow] = [constants?.lanes ?? 1, constants?.main === 1, flows?.[row.id]];
  return {
    side,
    row,
    isKnown: constants !== undefined,
    lanes,
    isMain,
    heading: constants?.heading ?? headings[side],
    fresh: freshness(row),
    queue: numberOf(row, service, "queue"),
    speed: numberOf(row, service, "speed"),
    flow,
    delay: flow === undefined || present === undefined || constants === undefined ? undefined : approachDelay({ flow, lanes, isMain }, present),
  };
}
