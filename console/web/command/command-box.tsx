import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { CommandArgs } from "../../../shared/command.ts";
import type { Service } from "../../../shared/service.ts";
import { offerKeys } from "../app/keys/keyboard.ts";
import { say, t } from "../language.ts";
import { deviceRows } from "../live/state.ts";
import { ArmedBox } from "./armed-box.tsx";
import type { Hand } from "./arming.ts";
import { CommandFamily } from "./command-family.tsx";
import "./command.css";
import { familiesOf, isWhole, usualArgs } from "./fields.ts";
import { absence, commandHindrance } from "./may-command.ts";
import { Steps } from "./steps.tsx";
import { useArming } from "./use-arming.ts";

export interface CommandBoxProps {
  readonly service: Service;
  readonly kind: string;
  /** Devices that get the command; none = somebody has to choose first. */
  readonly rows: readonly DeviceRow[];
  /** A command that stands ready: it has the focus and the key. */
  readonly asked?: string | undefined;
  readonly alarm?: string | undefined;
  /** Arguments that were worked out elsewhere, e.g. by the adviser. */
  readonly given?: Args | undefined;
}

const usualOf = ({ commands }: Service, kind: string): Args =>
  Object.fromEntries(Object.entries(commands).flatMap(([op, type]) => (type.kind === kind ? [[op, usualArgs(type)]] : [])));

type Args = Readonly<Record<string, CommandArgs>>;
const withGiven = (args: Args, given: Args | undefined): Args =>
  Object.fromEntries(Object.entries(args).map(([op, own]) => [op, { ...own, ...given?.[op] }]));

/** Commands of a kind, for one or several devices: choose, arm, confirm with another key, see the device answer. Nothing is sent by one gesture. */
export function CommandBox({ service, kind, rows, asked, alarm, given }: CommandBoxProps) {
  const id = useId();
  const arm = useArming();
  const [args, setArgs] = useState(() => withGiven(usualOf(service, kind), given));
  const place = useRef<HTMLDivElement>(null);
  const families = familiesOf(service, kind);
  const keyed = asked ?? families[0]?.ops[0];
  const reason = commandHindrance(rows);
  const devices = rows.map((row) => row.id);
  const key = devices.join(" ");
  const armNow = (op: string, by: Hand): void => {
    const type = service.commands[op];
    const own = args[op] ?? {};
    if (type !== undefined && reason === undefined && isWhole(type, own))
      arm.arm({ op, args: own, devices, ...(alarm === undefined ? {} : { alarm }) }, by);
  };
  const newest = useRef(armNow);
  newest.current = armNow;
  const { arming } = arm;
  useLayoutEffect(() => {
    if (given !== undefined) setArgs((before) => withGiven(before, given));
  }, [JSON.stringify(given)]);
  // What was armed was armed for other devices, or came of them.
  useLayoutEffect(() => {
    arm.disarm();
  }, [key]);
  const isFree = arming.step === "idle" || arming.step === "sent";
  useLayoutEffect(() => {
    if (keyed === undefined || !isFree || absence() !== undefined) return;
    return offerKeys([
      { code: "KeyC", sign: "C", does: { ko: "첫 명령 준비", en: "Arm the first command" }, act: () => newest.current(keyed, "KeyC") },
    ]);
  }, [keyed, isFree]);
  const step = arming.step;
  const before = useRef(step);
  useLayoutEffect(() => {
    // Disarmed or put away: the focus goes back to the commands.
    if (step === "idle" && before.current !== "idle") place.current?.querySelector("button")?.focus();
    before.current = step;
  }, [step]);
  const ordered = arming.step === "idle" ? [] : arming.order.devices;
  const chosen = deviceRows.value.filter((row) => ordered.includes(row.id));
  if (rows.length === 0 && step === "idle")
    return (
      <div class="k-commands" ref={place}>
        <p class="k-hint">{reason === undefined ? "" : say(reason)}</p>
      </div>
    );
  return (
    <div class="k-commands" ref={place}>
      {arming.step === "idle" ? <Steps step={1} isBad={false} /> : <ArmedBox arming={arming} arm={arm} service={service} rows={chosen} />}
      {reason === undefined ? null : <p class="k-hint">{say(reason)}</p>}
      {arming.step === "armed" || arming.step === "sending"
        ? null
        : families.map((family) => (
            <CommandFamily
              key={family.name}
              id={`${id}-${family.name}`}
              family={family}
              service={service}
              rows={rows}
              args={args}
              asked={asked}
              keyed={keyed}
              hindrance={reason && say(reason)}
              onArgs={(op, next) => setArgs((known) => ({ ...known, [op]: next }))}
              onArm={armNow}
            />
          ))}
      {families.length === 0 ? <p class="k-hint">{t("이 기기는 명령을 받지 않습니다.", "This device takes no commands.")}</p> : null}
    </div>
  );
}
