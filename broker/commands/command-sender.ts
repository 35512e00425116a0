import type { Command, CommandMessage } from "../../shared/command.ts";
import { deviceTopic } from "../../shared/topics.ts";

export interface CommandSenderParts {
  readonly city: string;
  /** Commands that wait for their device's answer. */
  unheard(): readonly Command[];
  /** Event time has gone beyond where it had to come true. */
  late(command: Command): boolean;
  publish(topic: string, payload: string, options: { retain: boolean }): void;
  /** Nobody can be reached: somebody else's broker is down. */
  away(): boolean;
}
/**
 * Puts on the wire what the room wants devices to do. It remembers nothing that matters: what is unheard is said when it is new, after a restart, when
 * the gateway comes back, and again every ten seconds; not when it is too late, however little wall time that took. The id tells devices what they have heard before.
 */
export interface CommandSender {
  /** @param now any clock of the process in ms that only goes forward. */
  look(now: number): void;
  /** These devices may hear again: they are told at the next look. */
  again(devices: Iterable<string>): void;
}

/** Gateways that are away keep nothing (clean sessions), so somebody has to repeat. */
const repeatMs = 10_000;

export function createCommandSender({ city, unheard, late, publish, away }: CommandSenderParts): CommandSender {
  const saidAt = new Map<string, { readonly at: number; readonly device: string }>();

  function say({ id, service, device: d, t, op, args }: Command): void {
    const message: CommandMessage = { v: 1, id, d, t, op, ...(Object.keys(args).length > 0 ? { args } : {}) };
    publish(deviceTopic(city, service, d, "cmd"), JSON.stringify(message), { retain: false });
  }

  return {
    look(now) {
      const waiting = unheard();
      if (waiting.length < saidAt.size) {
        const ids = new Set(waiting.map(({ id }) => id));
        for (const id of saidAt.keys()) if (!ids.has(id)) saidAt.delete(id);
      }
      if (waiting.length === 0 || away()) return;
      for (const command of waiting) {
        const before = saidAt.get(command.id);
        if (before !== undefined && (now - before.at < repeatMs || late(command))) continue;
        say(command);
        saidAt.set(command.id, { at: now, device: command.device });
      }
    },
    again(devices) {
      const back = new Set(devices);
      for (const [id, { device }] of saidAt) if (back.has(device)) saidAt.set(id, { at: Number.NEGATIVE_INFINITY, device });
    },
  };
}
