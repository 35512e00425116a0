import type { ComponentType } from "preact";
import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { SignalPanel } from "../service/panels/traffic/signal-panel.tsx";

/** Kinds of devices, as `service/kind`, whose page has more to show than readings. */
export const specialDevices: Readonly<Record<string, ComponentType<{ readonly row: DeviceRow; readonly service: Service }>>> = {
  "traffic/signal": SignalPanel,
};
