import { signal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { offerKeys } from "../app/keys/keyboard.ts";
import { act } from "../live/connect.ts";
import { type Arming, armed, type Hand, idle, isOver, mayConfirm, type Order, type Sent } from "./arming.ts";

/** One thing is armed in a browser at a time: another box that arms disarms this one. */
const holder = signal<symbol | undefined>(undefined);

async function ask(order: Order, device: string): Promise<Sent> {
  const { op, args, alarm } = order;
  const result = await act({ do: "command", device, op, args: { ...args }, ...(alarm === undefined ? {} : { alarm }) });
  return result.ok ? { device, command: result.value.command, reason: null } : { device, command: null, reason: result.reason };
}

export interface Arm {
  readonly arming: Arming;
  arm(order: Order, by: Hand): void;
  disarm(): void;
  /** False: this hand may not, because it has armed. */
  confirm(by: Hand): boolean;
  /** Puts away what came of the last one. */
  clear(): void;
}

/** From idle over armed to sent, for one box. Whoever leaves it disarms it. */
export function useArming(): Arm {
  const [arming, setArming] = useState<Arming>(idle);
  const me = useRef(Symbol("box"));
  const newest = useRef(arming);
  newest.current = arming;
  const put = (next: Arming): void => {
    newest.current = next;
    setArming(next);
  };
  const disarm = (): void => {
    if (newest.current.step === "armed") put(idle);
  };
  const send = async (order: Order): Promise<void> => {
    put({ step: "sending", order });
    const sent = await Promise.all(order.devices.map((device) => ask(order, device)));
    put({ step: "sent", order, sent });
  };
  const confirm = (by: Hand): boolean => {
    const now = newest.current;
    if (now.step !== "armed" || !mayConfirm(now, by, Date.now())) return false;
    void send(now.order);
    return true;
  };
  const held = holder.value;
  useLayoutEffect(() => {
    if (held !== me.current) disarm();
  }, [held]);
  useLayoutEffect(() => {
    if (arming.step !== "armed") return;
    const look = setInterval(() => {
      if (isOver(newest.current, Date.now())) disarm();
    }, 250);
    const keys = offerKeys([
      { code: "Escape", sign: "Esc", does: { ko: "준비 해제", en: "Disarm" }, act: disarm },
      { code: "Enter", sign: "Enter", does: { ko: "준비한 명령 보내기", en: "Send what is armed" }, act: () => confirm("Enter") },
    ]);
    return () => {
      clearInterval(look);
      keys();
    };
  }, [arming]);
  return {
    arming,
    arm(order, by) {
      if (order.devices.length === 0 || newest.current.step === "sending") return;
      holder.value = me.current;
      put(armed(order, by, Date.now()));
    },
    disarm,
    confirm,
    clear: () => {
      if (newest.current.step === "sent") put(idle);
    },
  };
}
