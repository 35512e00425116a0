import { Counter, Gauge, Registry } from "prom-client";
import type { CityPort, Ledger } from "../../shared/city-port.ts";
import { addRoomMetrics } from "./room-metrics.ts";

export interface ConsoleCounters {
  readonly tickBytes: Counter;
  readonly sentBytes: Counter;
  readonly cut: Counter;
  readonly skipped: Counter;
  text(): Promise<{ type: string; text: string }>;
  /** Listens to the city no longer. */
  close(): void;
}

const ledgerHelp: Readonly<Record<Exclude<keyof Ledger, "pending" | "since" | "messages">, string>> = {
  received: "Readings and events that arrived",
  accepted: "Readings and events that were taken in",
  duplicate: "Readings and events that had been taken in before",
  refused: "Readings and events in quarantine",
  lost: "Holes in the devices' sequences",
  late: "Accepted readings older than their device's newest",
  stored: "Readings and events in the store",
};

/** Names follow the Prometheus practices: base units, `_total` for counters. A registry of its own: two consoles may live in one process. */
export function createCounters(port: CityPort, sockets: () => number): ConsoleCounters {
  const registry = new Registry();
  const registers = [registry];
  /** A counter that is kept elsewhere and only read here. */
  const read = (name: string, help: string, value: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });

  for (const key of Object.keys(ledgerHelp) as (keyof typeof ledgerHelp)[])
    read(`gwanje_readings_${key}_total`, ledgerHelp[key], () => port.ledger()[key]);
  read("gwanje_messages_received_total", "Messages that arrived (a pack is one)", () => port.ledger().messages);
  gauge("gwanje_readings_pending", "Accepted but not stored yet", () => port.ledger().pending);
  gauge("gwanje_gateways_connected", "Gateways with a connection", () => port.hops().gateways.connected);
  gauge("gwanje_gateways", "Gateways that are known", () => port.hops().gateways.total);
  gauge("gwanje_store_lag_seconds", "Age of the oldest accepted reading that is not in the store", () => port.hops().store.lag / 1000);
  gauge("gwanje_console_sockets", "Browsers on the live feed", sockets);
  new Counter({
    name: "gwanje_quarantine_total",
    help: "Refused readings and events by reason",
    labelNames: ["code"],
    registers,
    collect() {
      this.reset();
      for (const [code, count] of Object.entries(port.quarantine({ limit: 1 }).byCode)) this.inc({ code }, count);
    },
  });
  const close = addRoomMetrics(port.room, registry);
  return {
    close,
    tickBytes: new Counter({ name: "gwanje_console_tick_bytes_total", help: "Bytes of ticks handed to sockets", registers }),
    sentBytes: new Counter({ name: "gwanje_console_sent_bytes_total", help: "Bytes of all events handed to sockets", registers }),
    cut: new Counter({ name: "gwanje_console_cut_total", help: "Sockets cut because they did not read", registers }),
    skipped: new Counter({ name: "gwanje_console_points_skipped_total", help: "Points left out of watches above their limit", registers }),
    text: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
