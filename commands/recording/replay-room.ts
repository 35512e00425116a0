import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { type Occurrence, occurrencesOf } from "../../broker/alarms/score/occurrences.ts";
import { startBroker } from "../../broker/broker.ts";
import type { JournalLine } from "../../shared/alarm.ts";
import type { AlarmClass } from "../../shared/alarm-rule.ts";
import type { Ledger } from "../../shared/city-port.ts";
import { ruleNamed } from "../../shared/rules-of.ts";
import type { Config } from "../../shared/runtime/config.ts";
import { loadCredentials } from "../../shared/runtime/credentials.ts";
import { gatewayPassword } from "../../shared/runtime/gateway-password.ts";
import type { Lifecycle } from "../../shared/runtime/lifecycle.ts";
import { serviceOf, services } from "../../shared/services/index.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { cityNames } from "../../simulator/city/ground.ts";
import { leaveResponsesToPeople } from "../responses-by-hand.ts";
import type { Party } from "./outlet.ts";
import type { Survey } from "./survey.ts";

/** An alarm of the replay's own room, as a line of NDJSON. */
export interface AlarmRow {
  readonly t: number;
  readonly event: "raised" | "cleared";
  readonly rule: string;
  readonly class: AlarmClass | null;
  readonly device: string;
  readonly alarm: string;
}
/** A room without a city of its own, in a folder that goes with it: what a recording is played to. */
export interface ReplayRoom {
  readonly url: string;
  /** Everybody who speaks in the recording, and the clock. */
  readonly parties: readonly Party[];
  readonly clock: string;
  /** Alarms since it was asked last. */
  news(): readonly AlarmRow[];
  occurrences(): readonly Occurrence[];
  ledger(): Ledger;
  /** Refusals by code, with one reason each. */
  refusals(): Readonly<Record<string, { readonly count: number; readonly reason: string }>>;
}

/** Lines of the journal that are read at once. */
const all = 1_000_000;

export async function openReplayRoom(config: Config, { city, devices }: Survey, lifecycle: Lifecycle): Promise<ReplayRoom> {
  const dataDir = await mkdtemp(join(tmpdir(), "gwanje-replay-"));
  lifecycle.add("folder", () => rm(dataDir, { recursive: true, force: true }));
  const credentials = await loadCredentials(dataDir);
  const plans = cityNames.map((name) => buildGround(name, 1).plan);
  const plan = plans.find(({ id }) => id === city) ?? plans[0];
  if (plan === undefined) throw new Error("there is no city definition");
  const broker = await startBroker({
    ...{ dataDir, host: "127.0.0.1", mqttPort: 0, plan: { ...plan, id: city }, services, credentials, store: { kind: "embedded" } },
    retentionDays: config.GWANJE_RETENTION_DAYS,
    log: pino({ level: config.GWANJE_LOG_LEVEL }, pino.destination({ dest: 2, sync: true })),
    fleet: [...devices.values()],
  });
  lifecycle.add("broker", broker.close);
  const { port } = broker;
  // what the recorded room did shows in the recording; what this one did would reach nobody
  await leaveResponsesToPeople(port.room);
  const gateways = new Set([...devices.values()].map(({ meta }) => meta.gateway));
  let told = 0;
  const rowOf = ({ t, what, rule, device, alarm, service }: JournalLine): readonly AlarmRow[] => {
    if ((what !== "raised" && what !== "cleared") || rule === null || device === null || alarm === null) return [];
    const contract = serviceOf(service ?? "");
    const kind = devices.get(device)?.meta.kind ?? "";
    return [{ t, event: what, rule, class: (contract && ruleNamed(contract, kind, rule)?.class) ?? null, device, alarm }];
  };
  return {
    url: `mqtt://127.0.0.1:${broker.mqttPort}`,
    parties: [
      { clientId: "simulator", username: "simulator", password: credentials.control },
      ...[...gateways].map((id) => ({ clientId: id, username: id, password: gatewayPassword(credentials.gatewaySecret, id) })),
    ],
    clock: "simulator",
    news() {
      const lines = port.room.journal({ after: told, limit: all });
      told = lines.at(-1)?.n ?? told;
      return lines.flatMap(rowOf);
    },
    occurrences: () => occurrencesOf(port.room.journal({ limit: all }).filter(({ timeline }) => timeline === "city")),
    ledger: () => port.ledger(),
    refusals() {
      // the quarantine keeps the newest alone, and counts all
      const { items, byCode } = port.quarantine({ limit: all });
      return Object.fromEntries(
        Object.entries(byCode).map(([code, count]) => [code, { count, reason: items.find((one) => one.code === code)?.reason ?? "" }]),
      );
    },
  };
}
