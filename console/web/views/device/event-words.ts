import type { ChronicleLine } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { say } from "../../live/room.ts";

/** An event of the contract in words, or silence and return. */
export function eventWords(line: ChronicleLine, service: Service): string {
  if (line.what === "silent") return say({ ko: "수신 지연", en: "silent" });
  if (line.what === "back") return say({ ko: "다시 받음", en: "back" });
  const event = service.events[line.what];
  return event === undefined ? line.what : say(event.label);
}
