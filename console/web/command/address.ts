import type { CommandArgs, CommandType } from "../../../shared/command.ts";

/**
 * A command that an address asks for, behind a device's page: `#/device/gate-1?op=show&alarm=…&a.text=closed`. It stands ready there with its
 * arguments; armed it is by a person.
 */
export interface Asked {
  readonly op: string | undefined;
  readonly alarm: string | undefined;
  readonly args: Readonly<Record<string, string>>;
}
const argMark = "a.";

export function askedIn(address: string): Asked {
  const query = new URLSearchParams(address.split("?")[1] ?? "");
  const args = [...query].flatMap(([name, value]) => (name.startsWith(argMark) ? [[name.slice(argMark.length), value] as const] : []));
  return { op: query.get("op") ?? undefined, alarm: query.get("alarm") ?? undefined, args: Object.fromEntries(args) };
}
export interface ToCommand {
  readonly op?: string | undefined;
  readonly alarm?: string | undefined;
  readonly args?: CommandArgs | undefined;
}
export function addressOfCommand(device: string, { op, alarm, args = {} }: ToCommand): string {
  const query = new URLSearchParams({
    ...(op === undefined ? {} : { op }),
    ...(alarm === undefined ? {} : { alarm }),
    ...Object.fromEntries(Object.entries(args).map(([name, value]) => [`${argMark}${name}`, String(value)])),
  }).toString();
  return `#/device/${encodeURIComponent(device)}${query === "" ? "" : `?${query}`}`;
}

/** Arguments of an address as the contract has them; what is no argument of the command, or no number, is left out. */
export const argsFor = ({ fields }: CommandType, args: Asked["args"]): CommandArgs =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { kind }]): (readonly [string, number | string])[] => {
      const value = args[name];
      if (value === undefined) return [];
      if (kind === "word") return [[name, value]];
      return value.trim() !== "" && Number.isFinite(Number(value)) ? [[name, Number(value)]] : [];
    }),
  );
