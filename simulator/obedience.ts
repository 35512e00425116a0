import type { CommandAck } from "../shared/command.ts";
import { serviceOf } from "../shared/services/index.ts";
import type { DeviceUnit, Fleet, GatewayUnit } from "./devices/fleet.ts";
import type { Voice } from "./devices/voice.ts";
import type { Environment } from "./environment/environment.ts";
import type { CommandInput, Inputs } from "./inputs.ts";
import type { Happening, Obeyed, Order } from "./model.ts";
import { checkOrder } from "./order-check.ts";

export interface ObedienceParts {
  readonly fleet: Fleet;
  readonly inputs: Pick<Inputs, "answerTo" | "remember">;
  readonly voice: Voice;
  /** The model's part. */
  obey(device: DeviceUnit, order: Order, t: number): Obeyed;
  /** To be told in their turn. */
  happen(happenings: readonly Happening[]): void;
}
export interface Now {
  readonly t: number;
  readonly weather: Environment;
  /** False while nobody listens: devices obey, and say nothing of it. */
  readonly aloud: boolean;
}

/**
 * What a device does with a command that is due. A command to a gateway whose line is down reaches nobody, as in the field: the room hears no answer.
 * One that was answered before is answered again, and not executed again.
 */
export function createObedience({ fleet, inputs, voice, obey, happen }: ObedienceParts): (input: CommandInput, now: Now) => void {
  const perform = (unit: GatewayUnit, device: DeviceUnit, input: CommandInput, { t, weather }: Now): Obeyed => {
    const service = serviceOf(device.device.service);
    // The modem of a cabinet lives on its own small battery for long enough to say so; what it would have to move or light has none.
    if (voice.dark(unit, weather)) return { ok: false, reason: "there is no mains power" };
    if (service === undefined) return { ok: false, reason: `no service ${device.device.service}` };
    const order = checkOrder(service, device.device.kind, input.op, input.args);
    return order.ok ? obey(device, order.value, t) : { ok: false, reason: order.reason };
  };
  const answer = (unit: GatewayUnit, device: DeviceUnit, input: CommandInput, now: Now): void => {
    const outcome = perform(unit, device, input, now);
    const reason = outcome.ok ? null : outcome.reason;
    inputs.remember(input, reason);
    if (now.aloud) voice.answer(unit, device, now.t, ackOf(input, reason, now.t));
    if (!outcome.ok) return;
    happen(outcome.happenings);
    if (now.aloud && outcome.report !== undefined) voice.report(outcome.report, now.t, now.weather);
  };
  return (input, now) => {
    const [unit, device] = fleet.unitOf.get(input.device) ?? [];
    if (unit === undefined || device === undefined || !voice.hears(unit, now.t)) return;
    const before = inputs.answerTo(input);
    if (before === undefined) answer(unit, device, input, now);
    else if (now.aloud) voice.answer(unit, device, now.t, ackOf(input, before, now.t));
  };
}

const ackOf = ({ id, device }: CommandInput, reason: string | null, t: number): CommandAck => ({
  v: 1,
  id,
  d: device,
  t,
  ok: reason === null,
  ...(reason === null ? {} : { reason }),
});
