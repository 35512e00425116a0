import type { Actor } from "../../shared/roles.ts";
import { alarmId } from "../alarms/desk/alarm-record.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Binding } from "./binding.ts";
import { type CommandRecord, familyOf } from "./command-record.ts";
import type { Commands } from "./commands.ts";
import { guardOf } from "./guard.ts";
import type { ResponseBook } from "./response-book.ts";
import type { Said } from "./said.ts";
import type { Standing } from "./standing.ts";

export interface ResponseFiringParts {
  readonly book: ResponseBook;
  readonly journal: Journal;
  readonly said: Said;
  readonly commands: Pick<Commands, "send" | "newestOf">;
}
/** What a countdown begins, ends and does; each of it stands in the journal. */
export interface ResponseFiring {
  arm(one: Standing, of: Binding, moment: Moment): void;
  disarm(one: Standing, of: Binding, moment: Moment, reason: string): void;
  abort(one: Standing, of: Binding, moment: Moment, by: Actor, reason: string | null): void;
  /** Its countdown is over: sends the command, unless a guard holds or a person has been faster. */
  fire(one: Standing, of: Binding, moment: Moment): void;
  /** Why this occurrence is a person's affair; undefined = the response's. */
  leftTo(of: Binding, one: Pick<Standing, "device" | "since">): string | undefined;
}

/** What a countdown came to without a command belongs to the alarm's own story; a command stands there by itself. */
const isOfAlarm = (after: string): boolean => after === "aborted" || after === "left" || after === "failed";

const system = { name: "system", role: "system" };

export function createResponseFiring({ book, journal, said, commands }: ResponseFiringParts): ResponseFiring {
  function note(moment: Moment, of: Binding, one: Standing, after: string, reason: string | null = null, by?: Actor): void {
    journal.write(moment, {
      what: "response",
      by: by?.name ?? system.name,
      role: by?.role ?? null,
      alarm: isOfAlarm(after) ? alarmOf(of, one.source) : null,
      rule: `${of.contract.id}/${of.response.rule}`,
      service: of.contract.id,
      device: one.device,
      after,
      reason,
      x: { response: of.id, key: one.key },
    });
  }
  /** The newest command of this sort to the device. */
  function lastCommand({ contract, response }: Binding, device: string): CommandRecord | undefined {
    const type = contract.commands[response.op];
    return type && commands.newestOf(device, familyOf(type));
  }
  function leftTo(of: Binding, { device, since }: Pick<Standing, "device" | "since">): string | undefined {
    const last = lastCommand(of, device);
    if (of.response.when === "cleared")
      return last === undefined || last.response === null ? "the newest command was no response's: there is nothing to take back" : undefined;
    const same = last?.op === of.response.op && last.response === null && last.state !== "failed" && last.t >= since;
    return same ? `${last.by} has commanded it` : undefined;
  }
  /** Of an event there is no alarm to which the command could belong. */
  function alarmOf({ contract, response }: Binding, source: string): string | null {
    const rule = contract.rules.find(({ id }) => id === response.rule);
    return rule?.outcome === "alarm" ? alarmId(contract.id, rule, source) : null;
  }

  return {
    arm(one, of, moment) {
      note(moment, of, book.change(one, { fires: moment.t + of.response.countdown * 1000, waits: null }), "armed");
    },
    disarm(one, of, moment, reason) {
      note(moment, of, book.change(one, { fires: null, waits: null }), "disarmed", reason);
    },
    abort(one, of, moment, by, reason) {
      note(moment, of, book.change(one, { over: "aborted", fires: null, waits: null }), "aborted", reason, by);
    },
    fire(one, of, moment) {
      const guard = guardOf(of.contract, of.response, one, said);
      if (guard !== undefined) {
        if (one.waits?.en !== guard.en) note(moment, of, book.change(one, { waits: guard }), "waits", guard.en);
        return;
      }
      const left = leftTo(of, one);
      if (left !== undefined) return note(moment, of, book.change(one, { over: "left", waits: null }), "left", left);
      const { op, args } = of.response;
      const sent = commands.send({ device: one.device, op, args, by: system, alarm: alarmOf(of, one.source), response: of.id }, moment);
      if (sent.ok) note(moment, of, book.change(one, { over: "fired", waits: null }), "fired");
      else note(moment, of, book.change(one, { over: "failed", waits: null }), "failed", sent.reason);
    },
    leftTo,
  };
}
