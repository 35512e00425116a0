import type { Service } from "../../../../../../shared/service.ts";
import { ResponseList } from "../../../../command/response-list.tsx";
import { deviceRows, now } from "../../../../live/room.ts";
import { usePace } from "../../../../trend/use-pace.ts";
import { eachSecond } from "../../../device/readings.ts";
import { useDetails } from "../use-details.ts";
import { useSeries } from "../use-series.ts";
import { FirstOut } from "./first-out.tsx";
import { GatesPanel } from "./gates-panel.tsx";
import { gatesOf, gaugesOf } from "./gauges.ts";
import { LimitMatrix } from "./limit-matrix.tsx";
import "./stream-side.css";

const minute = 60_000;
const hand = () => now.peek();

/** Beside the profile: how long there is, what stands, the gates, and what acts by itself. */
export function StreamSide({ service }: { readonly service: Service }) {
  void eachSecond.value;
  const own = deviceRows.value.filter((row) => row.service === service.id);
  const facts = useDetails(own.map((row) => row.id));
  const gauges = gaugesOf(own, service, facts);
  const until = usePace(hand, minute, 5000) + minute;
  const levels = useSeries(
    gauges.map((gauge) => gauge.row.id),
    { metric: "level", from: until - 20 * minute, to: until, points: 20 },
  );
  const at = new Map(gatesOf(own, service, facts).map((gate) => [gate.id, gate.at]));
  return (
    <>
      <LimitMatrix gauges={gauges} series={levels} />
      <FirstOut service={service} />
      <ResponseList service={service} />
      <GatesPanel rows={own.filter((row) => row.kind === "gate")} at={at} service={service} />
    </>
  );
}
