import { nearest, unknownName } from "../director/language/nearest.ts";
import { rulesOf } from "../shared/rules-of.ts";
import { serviceOf, services } from "../shared/services/index.ts";

interface Named {
  readonly id: string;
  readonly service: string;
  readonly kind: string;
}
/** What the alarms of a device can be called: `service-rule-device`. */
function alarmsOf({ id, service, kind }: Named): readonly string[] {
  const contract = serviceOf(service);
  return contract === undefined ? [] : rulesOf(contract, kind).map((rule) => `${service}-${rule.id}-${id}`);
}

/** What is wrong with the name of an alarm that is not there: its device, or its rule. undefined: it can be one, and was never raised. */
export function alarmNameFault(name: string, devices: readonly Named[]): string | undefined {
  const asDevice = devices.find(({ id }) => id === name);
  if (asDevice !== undefined) return `"${name}" is a device; its alarms are called ${alarmsOf(asDevice).join(", ")}`;
  const owner = services.find(({ id }) => name.startsWith(`${id}-`));
  if (owner === undefined) return unknownDevice(name, devices);
  // of two rules of which one begins like the other, the longer was meant
  const rule = Object.keys(owner.kinds)
    .flatMap((kind) => rulesOf(owner, kind))
    .filter(({ id }) => name.startsWith(`${owner.id}-${id}-`))
    .sort((a, b) => b.id.length - a.id.length)[0];
  const own = devices.filter(({ service }) => service === owner.id);
  if (rule !== undefined) {
    const device = name.slice(`${owner.id}-${rule.id}-`.length);
    return own.some(({ id }) => id === device) ? undefined : unknownDevice(device, own);
  }
  const device = own.find(({ id }) => name.endsWith(`-${id}`));
  return device === undefined ? unknownDevice(name, devices) : unknownName("alarm", name, alarmsOf(device));
}

/** Words that are like no device are not taken for one. */
const unknownDevice = (name: string, devices: readonly Named[]): string | undefined => {
  const known = devices.map(({ id }) => id);
  return nearest(name, known) === undefined ? undefined : unknownName("device", name, known);
};
