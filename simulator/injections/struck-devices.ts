import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { Fleet } from "../devices/fleet.ts";
import type { ActiveInjection } from "./active-injection.ts";

/** Devices of a gateway, or of a district: those without mains where it is about power. */
function devicesOf({ units, unitOf }: Fleet, { kind, targets }: ActiveInjection["injection"], on: InjectionKindRow["on"]): readonly string[] {
  if (on === "city") return [];
  if (on === "device") return targets;
  const struck =
    on === "gateway"
      ? new Set(targets.flatMap((id) => unitOf.get(id)?.[0] ?? []))
      : units.filter(({ gateway, mains }) => targets.includes(gateway.district) && (mains || kind !== "power-cut"));
  return [...struck].flatMap(({ devices }) => devices.map(({ device }) => device.id)).sort();
}

/** What an injection is true of. */
export function struckBy(fleet: Fleet, injection: ActiveInjection["injection"], { on }: InjectionKindRow): Pick<Truth, "service" | "devices"> {
  const devices = [...devicesOf(fleet, injection, on)];
  const services = new Set(on === "city" || on === "district" ? [] : devices.map((id) => fleet.unitOf.get(id)?.[1].device.service));
  const [service] = services;
  return { service: services.size === 1 ? (service ?? null) : null, devices };
}
