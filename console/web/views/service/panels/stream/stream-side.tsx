import type { Service } from "../../../../../../shared/service.ts";
import { ResponseList } from "../../../../command/response-list.tsx";
import { deviceRows } from "../../../../live/room.ts";
import { eachSecond } from "../../../device/readings.ts";
import { useDetails } from "../use-details.ts";
import { FirstOut } from "./first-out.tsx";
import { GatesPanel } from "./gates-panel.tsx";
import { gatesOf, gaugesOf } from "./gauges.ts";
import { LimitMatrix } from "./limit-matrix.tsx";
import { useForecasts } from "./use-forecasts.ts";
import "./stream-side.css";

/** Beside the profile: how long there is, what stands, the gates, and what acts by itself. */
export function StreamSide({ service }: { readonly service: Service }) {
  void eachSecond.value;
  const own = deviceRows.value.filter((row) => row.service === service.id);
  const facts = useDetails(own.map((row) => row.id));
  const gauges = gaugesOf(own, service, facts);
  const { forecasts } = useForecasts(gauges);
  const at = new Map(gatesOf(own, service, facts).map((gate) => [gate.id, gate.at]));
  return (
    <>
      <LimitMatrix gauges={gauges} forecasts={forecasts} />
      <FirstOut service={service} />
      <ResponseList service={service} />
      <GatesPanel rows={own.filter((row) => row.kind === "gate")} at={at} service={service} />
    </>
  );
}
