import { useEffect, useRef } from "preact/hooks";
import type { DeviceRow } from "../../../shared/city-port.ts";
import type { CommandArgs } from "../../../shared/command.ts";
import type { Service } from "../../../shared/service.ts";
import { say } from "../language.ts";
import type { Hand } from "./arming.ts";
import { CommandFields } from "./command-fields.tsx";
import { type Family, isWhole } from "./fields.ts";
import { Stand } from "./stand.tsx";

interface ArmButtonProps {
  readonly label: string;
  readonly sign: string | undefined;
  readonly isAsked: boolean;
  readonly hindrance: string | undefined;
  readonly isReady: boolean;
  readonly onArm: (by: Hand) => void;
}
function ArmButton({ label, sign, isAsked, hindrance, isReady, onArm }: ArmButtonProps) {
  const last = useRef<Hand>("pointer");
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isAsked) return;
    button.current?.focus();
    button.current?.scrollIntoView({ block: "nearest" });
  }, [isAsked]);
  const isOff = hindrance !== undefined || !isReady;
  return (
    <button
      ref={button}
      type="button"
      class="button"
      aria-disabled={isOff}
      title={hindrance}
      onKeyDown={(press) => {
        last.current = press.code === "Space" ? "Space" : press.code === "Enter" || press.code === "NumpadEnter" ? "Enter" : "pointer";
        if (press.repeat) press.preventDefault();
      }}
      onClick={(click) => {
        if (!isOff && click.detail < 2) onArm(click.detail === 0 ? last.current : "pointer");
      }}
    >
      {label} {sign === undefined ? null : <kbd>{sign}</kbd>}
    </button>
  );
}

export interface CommandFamilyProps {
  readonly id: string;
  readonly family: Family;
  readonly service: Service;
  readonly rows: readonly DeviceRow[];
  readonly args: Readonly<Record<string, CommandArgs>>;
  readonly asked: string | undefined;
  /** The command that the key `C` arms. */
  readonly keyed: string | undefined;
  readonly hindrance: string | undefined;
  readonly onArgs: (op: string, args: CommandArgs) => void;
  readonly onArm: (op: string, by: Hand) => void;
}

/** Commands that undo each other: what was asked last, what the device says, and a button for each. */
export function CommandFamily({ id, family, service, rows, args, asked, keyed, hindrance, onArgs, onArm }: CommandFamilyProps) {
  return (
    <fieldset class="k-family">
      <legend class="unseen">{say(family.label)}</legend>
      <span class="k-name" aria-hidden="true">
        {say(family.label)}
      </span>
      <Stand service={service} rows={rows} op={family.ops[0] ?? ""} />
      <div class="k-ops">
        {family.ops.map((op) => {
          const type = service.commands[op];
          const own = args[op] ?? {};
          if (type === undefined) return null;
          const hasFields = Object.keys(type.fields).length > 0;
          return (
            <div key={op} class={`k-op${hasFields ? " has-fields" : ""}${asked === op ? " is-asked" : ""}`}>
              {hasFields ? <CommandFields id={`${id}-${op}`} type={type} args={own} onArgs={(next) => onArgs(op, next)} /> : null}
              <ArmButton
                label={say(type.label)}
                sign={keyed === op ? "C" : undefined}
                isAsked={asked === op}
                hindrance={hindrance}
                isReady={isWhole(type, own)}
                onArm={(by) => onArm(op, by)}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
