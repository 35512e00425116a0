import type { CityPlan } from "../shared/city-plan.ts";
import type { DeviceAccess, DeviceRequest } from "../shared/city-port.ts";
import type { Meta } from "../shared/reading.ts";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Service } from "../shared/service.ts";
import { channels, deviceTopic, idPattern } from "../shared/topics.ts";
import type { Entry, Registry } from "./devices/registry.ts";

/** User names of the simulator's control connection, the director and the reader: a device of that name could never sign in. */
const reservedIds: ReadonlySet<string> = new Set(["simulator", "director", "reader"]);

export interface DeviceAsk {
  readonly password: (id: string) => string;
  readonly mqtt: { readonly host: string; readonly port: number };
  /** Tells everybody what the device is. */
  readonly birth: (entry: Entry) => void;
}

type Parts = Omit<DeviceAsk, "birth"> & { readonly registry: Registry; readonly services: readonly Service[]; readonly plan: CityPlan };

/** Registers a real device: it is its own gateway and lives on the field timeline. Asking again for the same device answers the same. */
export function registerDevice(parts: Parts, request: DeviceRequest): Result<DeviceAccess> {
  const { registry, services, plan } = parts;
  const contract = services.find(({ id }) => id === request.service);
  if (contract === undefined) return refuse(`there is no service "${request.service}"; known: ${services.map(({ id }) => id).join(", ")}`);
  const kind = request.kind ?? Object.keys(contract.kinds)[0] ?? "";
  const district = request.district ?? plan.districts[0]?.id ?? "field";
  const wrong = wrongWord(plan, contract, { ...request, kind, district }) ?? wrongName(registry, contract, request, kind);
  if (wrong !== undefined) return refuse(wrong);
  const [lon = 0, lat = 0] = plan.districts.find(({ id }) => id === district)?.label ?? [];
  const known = registry.entries.get(request.device);
  const meta: Meta = {
    v: 1,
    d: request.device,
    kind,
    name: request.name ?? { ko: request.device, en: request.device },
    gateway: request.device,
    district,
    lat: request.lat ?? lat,
    lon: request.lon ?? lon,
    ...(request.constants === undefined ? {} : { constants: { ...request.constants } }),
  };
  const put = known ?? registry.put(contract.id, "field", meta);
  if ("ok" in put && !put.ok) return put;
  return ok(accessOf(parts, contract, request.device, known?.kind ?? kind));
}

/** Kind, district and constants must be known ones. */
function wrongWord(plan: CityPlan, contract: Service, { kind, district, constants = {} }: DeviceRequest & { kind: string; district: string }) {
  if (!Object.hasOwn(contract.kinds, kind)) return `${contract.id} has no kind "${kind}"; known: ${Object.keys(contract.kinds).join(", ")}`;
  if (!plan.districts.some(({ id }) => id === district))
    return `there is no district "${district}"; known: ${plan.districts.map(({ id }) => id).join(", ")}`;
  const known = contract.kinds[kind]?.constants ?? [];
  const unknown = Object.keys(constants).filter((name) => !known.includes(name));
  return unknown.length === 0 ? undefined : `a ${kind} has no constant "${unknown.join('", "')}"; known: ${known.join(", ") || "none"}`;
}

/** The id must be nobody else's. */
function wrongName({ entries }: Registry, contract: Service, request: DeviceRequest, kind: string): string | undefined {
  const { device } = request;
  if (!idPattern.test(device)) return `"${device}" is not an id: a-z, 0-9 and -, at most 64 long`;
  if (reservedIds.has(device)) return `"${device}" is a name of the product's own; choose another id`;
  if ([...entries.values()].some(({ id, meta }) => meta.gateway === device && id !== device))
    return `"${device}" is a gateway of this city; choose another id`;
  const known = entries.get(device);
  if (known?.timeline === "city") return `"${device}" is a simulated device of this city; choose another id`;
  if (known !== undefined && (known.service !== contract.id || (known.kind !== kind && request.kind !== undefined)))
    return `"${device}" is a ${known.service} ${known.kind} already; choose another id`;
  return undefined;
}

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
