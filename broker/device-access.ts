import type { CityPlan } from "../shared/city-plan.ts";
import type { DeviceAccess, DeviceRequest } from "../shared/city-port.ts";
import type { Meta } from "../shared/reading.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Service } from "../shared/service.ts";
import { channels, deviceTopic, idPattern } from "../shared/topics.ts";
import type { Entry, Registry } from "./devices/registry.ts";

/** User names of the simulator's control connection and of the reader: a device of that name could never sign in. */
const reservedIds: ReadonlySet<string> = new Set(["simulator", "reader"]);

export interface DeviceAsk {
  readonly password: (id: string) => string;
  readonly mqtt: { readonly host: string; readonly port: number };
  /** Tells everybody what the device is. */
  readonly birth: (entry: Entry) => void;
}

/** Registers a real device: it is its own gateway and lives on the field timeline. Asking again for the same device answers the same. */
export function registerDevice(
  parts: Omit<DeviceAsk, "birth"> & { readonly registry: Registry; readonly services: readonly Service[]; readonly plan: CityPlan },
  request: DeviceRequest,
): Result<DeviceAccess> {
  const { registry, services, plan } = parts;
  const contract = services.find(({ id }) => id === request.service);
  if (contract === undefined) return refuse(`there is no service "${request.service}"; known: ${services.map(({ id }) => id).join(", ")}`);
  if (!idPattern.test(request.device)) return refuse(`"${request.device}" is not an id: a-z, 0-9 and -, at most 64 long`);
  if (reservedIds.has(request.device)) return refuse(`"${request.device}" is a name of the product's own; choose another id`);
  const kinds = Object.keys(contract.kinds);
  const kind = request.kind ?? kinds[0] ?? "";
  if (!kinds.includes(kind)) return refuse(`${contract.id} has no kind "${kind}"; known: ${kinds.join(", ")}`);
  const district = request.district ?? plan.districts[0]?.id ?? "field";
  if (!plan.districts.some(({ id }) => id === district))
    return refuse(`there is no district "${district}"; known: ${plan.districts.map(({ id }) => id).join(", ")}`);
  if ([...registry.entries.values()].some(({ id, meta }) => meta.gateway === request.device && id !== request.device))
    return refuse(`"${request.device}" is a gateway of this city; choose another id`);
  const known = registry.entries.get(request.device);
  if (known?.timeline === "city") return refuse(`"${request.device}" is a simulated device of this city; choose another id`);
  if (known !== undefined && (known.service !== contract.id || (known.kind !== kind && request.kind !== undefined)))
    return refuse(`"${request.device}" is a ${known.service} ${known.kind} already; choose another id`);
  const [west, south, east, north] = plan.bounds;
  const meta: Meta = {
    v: 1,
    d: request.device,
    kind,
    name: request.name ?? { ko: request.device, en: request.device },
    gateway: request.device,
    district,
    lat: request.lat ?? middle(south, north),
    lon: request.lon ?? middle(west, east),
  };
  const put = known ?? registry.put(contract.id, "field", meta);
  if ("ok" in put && !put.ok) return put;
  return ok(accessOf(parts, contract, request.device, known?.kind ?? kind));
}

/** To some 10 cm. */
const middle = (a: number, b: number): number => Math.round(((a + b) / 2) * 1e6) / 1e6;

function accessOf(
  { plan, password, mqtt }: Omit<DeviceAsk, "birth"> & { readonly plan: CityPlan },
  contract: Service,
  device: string,
  kind: string,
): DeviceAccess {
  const topics = Object.fromEntries(channels.map((channel) => [channel, deviceTopic(plan.id, contract.id, device, channel)]));
  const secret = password(device);
  const payload = JSON.stringify({ v: 1, d: device, m: sample(contract, kind) });
  const example = `mosquitto_pub -h ${mqtt.host} -p ${mqtt.port} -i ${device} -u ${device} -P ${secret} -q 1 -t ${topics.obs} -m '${payload}'`;
  return { username: device, password: secret, clientId: device, topics, example };
}

/** A reading that its contract accepts: the first metric that the wire carries, in the lower part of its range. */
function sample(contract: Service, kind: string): Record<string, unknown> {
  const derived = new Set(contract.derived.map(({ metric }) => metric));
  const name = contract.kinds[kind]?.metrics.find((metric) => !derived.has(metric)) ?? "";
  const metric = contract.metrics[name];
  if (metric?.kind === "number") return { [name]: Math.max(metric.min, Math.min(metric.max, metric.max > 1 ? 1 : metric.max / 2)) };
  if (metric?.kind === "flag") return { [name]: true };
  if (metric?.kind === "state") return { [name]: metric.words[0] };
  return { [name]: [37.5, 127] };
}
