import type { Alarm } from "../../../shared/alarm.ts";
import { say, t } from "../language.ts";
import { catalogue } from "../live/state.ts";
import { addressOfCommand } from "./address.ts";
import { familiesOf } from "./fields.ts";
import "./command.css";
import { absence } from "./may-command.ts";

/** From an alarm to the commands that may answer it: never armed here, but on the page of the device, or of the service when the device itself takes none. */
export function CommandLinks({ alarm }: { readonly alarm: Alarm }) {
  const service = catalogue.value.find(({ id }) => id === alarm.service);
  if (service === undefined || absence() !== undefined) return null;
  const ops = familiesOf(service, alarm.kind).flatMap((family) => family.ops);
  const isBeside = ops.length === 0 && Object.keys(service.commands).length > 0;
  if (ops.length === 0 && !isBeside) return null;
  return (
    <p class="k-links">
      {ops.map((op) => (
        <a key={op} class="button" href={addressOfCommand(alarm.device, { op, alarm: alarm.id })}>
          {say(service.commands[op]?.label ?? { ko: op, en: op })} →
        </a>
      ))}
      {isBeside ? (
        <a class="button" href={`#/service/${service.id}`}>
          {t(`${service.title.ko} 화면에서 명령`, `Commands on the page ${service.title.en}`)} →
        </a>
      ) : null}
    </p>
  );
}
