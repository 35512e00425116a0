import { computed } from "@preact/signals";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Command } from "../../../shared/command.ts";
import type { Service } from "../../../shared/service.ts";
import type { Text } from "../../../shared/text.ts";
import { commands } from "../live/desk.ts";
import { numberOf } from "../views/device/readings.ts";
import { familyName } from "./fields.ts";

/** Commands by device, newest first. */
export const commandsByDevice = computed<ReadonlyMap<string, readonly Command[]>>(() => {
  const sorted = new Map<string, Command[]>();
  for (const command of commands.value.values()) {
    const own = sorted.get(command.device);
    if (own) own.push(command);
    else sorted.set(command.device, [command]);
  }
  for (const own of sorted.values()) own.sort((a, b) => b.at - a.at);
  return sorted;
});

/** The newest command of those that undo each other: what the device should be like. */
export function newestOf(service: Service, device: string, family: string): Command | undefined {
  return commandsByDevice.value.get(device)?.find(({ op }) => {
    const type = service.commands[op];
    return type !== undefined && familyName(type) === family;
  });
}

/** The word in which a device with states says how it stands, by the metric that reads a family back. */
export function standingWord(service: Service, row: DeviceRow, op: string): string | undefined {
  const back = service.commands[op]?.readBack;
  const metric = back === undefined || "event" in back ? undefined : service.metrics[back.metric];
  return metric?.kind === "state" && back !== undefined && "metric" in back ? metric.words[numberOf(row, service, back.metric)] : undefined;
}

/** What the device says of itself now, by the metric that reads a family back; undefined = it says nothing, or is told by an event. */
export function standing(service: Service, row: DeviceRow, op: string): Text | undefined {
  const back = service.commands[op]?.readBack;
  if (back === undefined || "event" in back) return undefined;
  const metric = service.metrics[back.metric];
  const value = numberOf(row, service, back.metric);
  if (metric === undefined || !Number.isFinite(value)) return undefined;
  if (metric.kind === "flag") return value === 1 ? metric.on : metric.off;
  if (metric.kind === "state") return metric.texts[metric.words[value] ?? ""];
  const figure = metric.kind === "number" ? value.toFixed(metric.precision) : String(value);
  return { ko: figure, en: figure };
}
